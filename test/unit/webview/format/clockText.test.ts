import { describe, expect, it } from 'vitest';
import {
  clockText,
  durationText,
  momentText,
  spokenDuration,
  startOfDay,
} from '../../../../src/webview/format/clockText.ts';

describe('clockText', () => {
  it.each([
    [0, '0:00'],
    [999, '0:00'],
    [42_000, '0:42'],
    [61_000, '1:01'],
    [725_000, '12:05'],
    [3_600_000, '1:00:00'],
    [3_725_000, '1:02:05'],
    [360_000_000, '100:00:00'],
  ])('shows %d ms as %s', (ms, text) => {
    expect(clockText(ms)).toBe(text);
  });

  it('shows zero for what is no duration', () => {
    expect([clockText(-5000), clockText(Number.NaN), clockText(Number.POSITIVE_INFINITY)]).toEqual([
      '0:00',
      '0:00',
      '0:00',
    ]);
  });
});

describe('durationText', () => {
  it.each([
    [0, '0 s'],
    [-1, '0 s'],
    [0.2, '1 ms'],
    [41, '41 ms'],
    [100, '0.1 s'],
    [4000, '4 s'],
    [6200, '6.2 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [42_000, '42 s'],
    [59_499, '59 s'],
    [59_500, '1:00'],
    [125_000, '2:05'],
  ])('shows %d ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe('spokenDuration', () => {
  it('says the units in words and leaves out empty ones', () => {
    expect(spokenDuration(0)).toBe('0 seconds');
    expect(spokenDuration(1000)).toBe('1 second');
    expect(spokenDuration(102_000)).toBe('1 minute 42 seconds');
    expect(spokenDuration(7_200_000)).toBe('2 hours');
  });
});

describe('momentText', () => {
  const noon = new Date(2026, 10, 20, 12, 0).getTime();

  it('names the day only when it is another one', () => {
    const thisMorning = new Date(2026, 10, 20, 9, 5).getTime();
    const yesterday = new Date(2026, 10, 19, 9, 5).getTime();
    expect(momentText(thisMorning, noon)).not.toContain('20');
    expect(momentText(yesterday, noon)).toContain('19');
  });

  it('says nothing of a moment that is none', () => {
    expect(momentText(Number.NaN, noon)).toBe('');
  });

  it('begins the day at midnight of the place', () => {
    expect(new Date(startOfDay(noon)).getHours()).toBe(0);
    expect(noon - startOfDay(noon)).toBe(12 * 3_600_000);
  });
});
