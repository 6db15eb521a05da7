import { describe, expect, it } from 'vitest';
import { parseStat } from '../../../../src/core/process/linuxProcesses.ts';
import { macProcesses, markedPids, parsePs } from '../../../../src/core/process/macProcesses.ts';
import { parseCim, windowsProcesses } from '../../../../src/core/process/windowsProcesses.ts';

const stat = (name: string, state = 'S'): string =>
  `42 (${name}) ${state} 7 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 200`;

describe('parseStat', () => {
  it('reads number, parent and start', () => {
    expect(parseStat(stat('node'), 'b00t')).toEqual({
      pid: 42,
      parentPid: 7,
      started: 'b00t.98765',
      order: 98765,
      name: 'node',
    });
  });

  it('is not misled by a program that is named after the format', () => {
    expect(parseStat(stat('a) Z 1 (b'), 'b')).toMatchObject({ pid: 42, parentPid: 7, name: 'a) Z 1 (b' });
  });

  it('leaves out zombies and nonsense', () => {
    expect(parseStat(stat('node', 'Z'), 'b')).toBeUndefined();
    expect(parseStat('', 'b')).toBeUndefined();
    expect(parseStat('42 (node', 'b')).toBeUndefined();
  });
});

const PS = [
  '    1     0 Sat Nov 21 09:50:00 2026     /sbin/launchd',
  '  501     1 Sat Nov 21 09:51:07 2026     /Applications/Visual Studio Code.app/Contents/MacOS/Electron',
  '  777   501 Sun Nov  1 10:00:00 2026     <defunct>',
  '  778   501 Sun Nov  1 10:00:00 2026     (zsh)',
  '',
].join('\n');

describe('parsePs', () => {
  it('reads number, parent and start, and leaves out zombies', () => {
    expect(parsePs(PS)).toEqual([
      {
        pid: 1,
        parentPid: 0,
        started: 'Sat Nov 21 09:50:00 2026',
        order: Date.UTC(2026, 10, 21, 9, 50),
        name: '/sbin/launchd',
      },
      {
        pid: 501,
        parentPid: 1,
        started: 'Sat Nov 21 09:51:07 2026',
        order: Date.UTC(2026, 10, 21, 9, 51, 7),
        name: '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
      },
    ]);
  });
});

describe('markedPids', () => {
  const plain = '  10 /usr/local/bin/node a.js\n  11 grep MARK=1\n  12 /bin/zsh\n';

  it('looks for the marker behind the command line only', () => {
    const full = [
      '  10 /usr/local/bin/node a.js HOME=/Users/a MARK=1 TERM=dumb',
      '  11 grep MARK=1 HOME=/Users/a',
      '  12 /bin/zsh',
    ].join('\n');
    expect([...markedPids(plain, full, 'MARK=1')]).toEqual([10]);
  });

  it('takes the last variable too, and no longer value for a shorter one', () => {
    const full = '  10 /usr/local/bin/node a.js HOME=/Users/a MARK=1\n  12 /bin/zsh MARK=12\n';
    expect([...markedPids(plain, full, 'MARK=1')]).toEqual([10]);
  });
});

describe('macProcesses', () => {
  it('joins the marker with who carries it', async () => {
    const table = macProcesses(async args => {
      if (args.includes('-axwwE')) {
        return '  501 /Applications/Visual Studio Code.app/Contents/MacOS/Electron A=b MARK=1\n';
      }
      if (args.includes('-axww')) {
        return '  501 /Applications/Visual Studio Code.app/Contents/MacOS/Electron\n';
      }
      return PS;
    });
    expect(await table.findByMarker({ name: 'MARK', value: '1' })).toEqual([
      { pid: 501, started: 'Sat Nov 21 09:51:07 2026' },
    ]);
  });

  it('finds nobody when ps ends with a failure', async () => {
    const table = macProcesses(() => Promise.reject(new Error('exit code 1')));
    expect(await table.identify(5)).toBeUndefined();
  });

  it('kills nobody who is not in the listing as he was', async () => {
    const table = macProcesses(async () => PS);
    expect(await table.kill([{ pid: 501, started: 'Sat Nov 21 09:51:08 2026' }])).toBe(0);
  });
});

describe('windowsProcesses', () => {
  const CIM = '0 0 0 System Idle Process\r\n4716 512 133769000000000000 Code - Insiders.exe\r\nnonsense\r\n';

  it('reads number, parent, start and a name with spaces', () => {
    expect(parseCim(CIM)[1]).toEqual({
      pid: 4716,
      parentPid: 512,
      started: '133769000000000000',
      order: 133769000000000000,
      name: 'Code - Insiders.exe',
    });
    expect(parseCim(CIM)).toHaveLength(2);
  });

  it('asks for one process alone when only that one is wanted', async () => {
    const scripts: string[] = [];
    const table = windowsProcesses(async script => {
      scripts.push(script);
      return '4716 512 133769000000000000 Code.exe\r\n';
    });
    expect(await table.identify(4716)).toEqual({ pid: 4716, started: '133769000000000000' });
    expect(scripts[0]).toContain('-Filter "ProcessId=4716"');
  });

  it('kills nobody who is not in the listing as he was', async () => {
    const table = windowsProcesses(async () => CIM);
    expect(await table.kill([{ pid: 4716, started: '1' }])).toBe(0);
  });
});
