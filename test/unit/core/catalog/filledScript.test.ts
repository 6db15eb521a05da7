import { describe, expect, it } from 'vitest';
import { filledScript } from '../../../../src/core/catalog/filledScript.ts';

const VALUE = '${{ inputs.x }}';

describe('a value in a list of words', () => {
  it.each([
    [['sh', '-c', `cat ${VALUE}`], 'sh', 2],
    [['/bin/bash', '-euc', VALUE, 'name'], 'bash', 2],
    [['node', '-pe', VALUE], 'node', 2],
    [['node', '--no-warnings', `--eval=f("${VALUE}")`], 'node', 2],
    [['deno', 'eval', VALUE], 'deno', 2],
    [['/usr/bin/python3.11', '-Ic', `print(${VALUE})`], 'python3.11', 2],
    [['perl', '-0pe', VALUE, 'a.txt'], 'perl', 2],
    [['ruby', '-rjson', '-ne', VALUE], 'ruby', 3],
    [['php', '-r', VALUE], 'php', 2],
    [['C:\\Tools\\PWSH.EXE', '-NoProfile', '-Command', VALUE], 'pwsh', 3],
    [['cmd', '/C', VALUE], 'cmd', 2],
  ] as const)('is in a script: %j', (words, program, index) => {
    expect(filledScript(words)).toEqual({ program, index });
  });

  it.each([
    [['sh', '-c', 'cat "$1"', 'sh', VALUE]],
    [['bash', '-e', VALUE]],
    [['bash', '-C', VALUE]],
    [['node', '-c', VALUE]],
    [['node', '-r', VALUE, 'a.js']],
    [['python3', '-E', VALUE]],
    [['perl', '-c', VALUE]],
    [['perl', '-Mre', VALUE]],
    [['ruby', '-c', VALUE]],
    [['ruby', '-rtime', VALUE]],
    [['php', '-c', VALUE]],
    [['grep', '-c', VALUE]],
    [['git', 'commit', `--message=${VALUE}`]],
  ])('is an argument: %j', words => {
    expect(filledScript(words)).toBeUndefined();
  });
});
