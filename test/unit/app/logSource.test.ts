import { describe, expect, it } from 'vitest';
import { isFirstWindow, isWindowSource, logSource } from '../../../src/app/logSource.ts';
import type { HostRecord } from '../../../src/core/tasks/hostRegistry.ts';

function host(id: string, started: number, surface = 'VS Code window'): HostRecord {
  return { id, started, surface, process: { pid: 1, started: '1' }, machine: 'here', takesQueued: true, seen: started };
}

describe('logSource', () => {
  it('tells windows from terminals', () => {
    expect(isWindowSource(logSource('VS Code window', 7))).toBe(true);
    expect(isWindowSource(logSource('command line', 7))).toBe(false);
  });
});

describe('isFirstWindow', () => {
  it('names the window that was there first, whatever else runs', () => {
    const hosts = [host('b', 2), host('a', 1), host('terminal', 0, 'command line')];
    expect(isFirstWindow(hosts, 'a')).toBe(true);
    expect(isFirstWindow(hosts, 'b')).toBe(false);
    expect(isFirstWindow([], 'a')).toBe(true);
  });
});
