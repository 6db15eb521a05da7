import { describe, expect, it } from 'vitest';
import { countText, percentText, plural } from '../../../../src/webview/format/countText.ts';
import { moneyText } from '../../../../src/webview/format/moneyText.ts';
import { splitPath } from '../../../../src/webview/format/pathText.ts';

describe('moneyText', () => {
  it.each([
    [0, '$0.00'],
    [-3, '$0.00'],
    [Number.NaN, '$0.00'],
    [0.0001, '<$0.01'],
    [0.005, '$0.01'],
    [0.12, '$0.12'],
    [999.994, '$999.99'],
    [1240.4, '$1,240'],
  ])('shows %d as %s', (usd, text) => {
    expect(moneyText(usd)).toBe(text);
  });
});

describe('countText', () => {
  it.each([
    [0, '0'],
    [950, '950'],
    [1000, '1k'],
    [12_345, '12.3k'],
    [84_000, '84k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [1_234_567, '1.2M'],
  ])('shows %d as %s', (count, text) => {
    expect(countText(count)).toBe(text);
  });

  it('counts one thing and several', () => {
    expect([plural(1, 'file'), plural(3, 'file'), plural(0, 'try', 'tries')]).toEqual(['1 file', '3 files', '0 tries']);
  });

  it('never shows more than the whole, nor a share of nothing', () => {
    expect([percentText(12_400, 200_000), percentText(5, 0), percentText(9, 3)]).toEqual(['6 %', '0 %', '100 %']);
  });
});

describe('paths', () => {
  it('tells the name from the way to it, on every platform', () => {
    expect(splitPath('src/auth/login.ts')).toEqual({ folder: 'src/auth', name: 'login.ts' });
    expect(splitPath('C:\\work\\shop\\')).toEqual({ folder: 'C:\\work', name: 'shop' });
    expect(splitPath('README.md')).toEqual({ folder: '', name: 'README.md' });
  });
});
