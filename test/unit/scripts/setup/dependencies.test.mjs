import { describe, expect, it } from 'vitest';
import { agrees } from '../../../../scripts/setup/dependencies.mjs';

const machine = { platform: 'linux', arch: 'x64', libc: 'glibc' };
const wanted = {
  '': {},
  'node_modules/a': { version: '1.0.0', integrity: 'x' },
  'node_modules/native-here': { version: '2.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['glibc'] },
  'node_modules/native-there': { version: '2.0.0', optional: true, os: ['darwin'], cpu: ['x64'] },
};
const { 'node_modules/native-there': _, ...installed } = wanted;

describe('agrees', () => {
  it('is content without the parts for other platforms', () => {
    expect(agrees(wanted, installed, machine)).toBe(true);
  });

  it('misses the part for this platform', () => {
    const { 'node_modules/native-here': _missing, ...rest } = installed;
    expect(agrees(wanted, rest, machine)).toBe(false);
  });

  it('misses a package', () => {
    const { 'node_modules/a': _missing, ...rest } = installed;
    expect(agrees(wanted, rest, machine)).toBe(false);
  });

  it('notices another version and other content', () => {
    for (const other of [
      { version: '1.0.1', integrity: 'x' },
      { version: '1.0.0', integrity: 'y' },
    ]) {
      expect(agrees(wanted, { ...installed, 'node_modules/a': other }, machine)).toBe(false);
    }
  });
});
