import { describe, expect, it } from 'vitest';
import {
  capabilitiesOf,
  compareVersions,
  formatVersion,
  missingIn,
  parseVersion,
} from '../../../../src/core/claude/claudeVersion.ts';

const version = (text: string) => parseVersion(text) ?? { major: 0, minor: 0, patch: 0 };

describe('parseVersion', () => {
  it('reads what --version prints', () => {
    expect(parseVersion('2.1.329 (Claude Code)\n')).toEqual({ major: 2, minor: 1, patch: 329 });
    expect(parseVersion('v2.0.0')).toEqual({ major: 2, minor: 0, patch: 0 });
    expect(formatVersion(version('10.20.30'))).toBe('10.20.30');
  });

  it('is undefined for a text without a version', () => {
    expect(parseVersion('command not found')).toBeUndefined();
    expect(parseVersion('2.1')).toBeUndefined();
  });
});

describe('compareVersions', () => {
  it('orders by number, not by letter', () => {
    const sorted = ['2.1.10', '1.9.9', '2.1.9', '2.0.100', '10.0.0'].map(version).sort(compareVersions);
    expect(sorted.map(formatVersion)).toEqual(['1.9.9', '2.0.100', '2.1.9', '2.1.10', '10.0.0']);
  });
});

describe('capabilitiesOf', () => {
  it('has everything for the version of today, and says that nothing is missing', () => {
    expect(Object.values(capabilitiesOf(version('2.1.329'))).every(Boolean)).toBe(true);
    expect(missingIn(version('2.1.329'))).toEqual([]);
  });

  it('has nothing extra for the oldest one, and says each thing that is missing', () => {
    const { messageState, carriesCost, ...missed } = capabilitiesOf(version('2.0.0'));
    // These two are made up for.
    expect([messageState, carriesCost]).toEqual([false, false]);
    expect(Object.values(missed).some(Boolean)).toBe(false);
    expect(missingIn(version('2.0.0'))).toHaveLength(Object.keys(missed).length);
  });

  it('begins with the version that has it', () => {
    expect(capabilitiesOf(version('2.0.27')).maxBudget).toBe(false);
    expect(capabilitiesOf(version('2.0.28')).maxBudget).toBe(true);
  });
});
