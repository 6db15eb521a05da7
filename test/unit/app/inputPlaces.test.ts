import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { checkInputPlaces } from '../../../src/app/inputPlaces.ts';
import type { CommandInput } from '../../../src/core/catalog/commandSchema.ts';
import { temporaryFolder } from '../core/profiles/temporaryFolder.ts';

const INPUTS: readonly CommandInput[] = [
  { name: 'file', type: 'file' },
  { name: 'folder', type: 'folder' },
  { name: 'ref', type: 'gitRef' },
  { name: 'text', type: 'text' },
];

function check(folder: string, values: Record<string, string | null>, inputsFrom: 'person' | 'elsewhere' = 'person') {
  return checkInputPlaces({ fullName: 'user:x', inputs: INPUTS }, values, {
    folder,
    environment: process.env,
    inputsFrom,
  });
}

describe('files, folders and git refs of inputs', { timeout: 30_000 }, () => {
  it('have to be there, and be what they are called', async () => {
    const folder = temporaryFolder({ 'src/a.ts': 'x' });
    await check(folder, { file: 'src/a.ts', folder: 'src', ref: null, text: 'nothing' });
    for (const [values, text] of [
      [{ file: 'src/b.ts' }, '"file" names no file'],
      [{ file: 'src' }, '"file" names no file'],
      [{ folder: 'src/a.ts' }, '"folder" names no folder'],
      [{ folder: 'nothing' }, '"folder" names no folder'],
    ] as const) {
      await expect(check(folder, values)).rejects.toMatchObject({
        reason: 'badInputs',
        message: expect.stringContaining(text),
      });
    }
  });

  it('stay in the folder when no person typed them', async () => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder({ 'a.ts': 'x' });
    await check(folder, { file: `${elsewhere}/a.ts`, folder: elsewhere });
    await expect(check(folder, { folder: elsewhere }, 'elsewhere')).rejects.toThrowError(/must lie in the folder/);
    await expect(check(folder, { folder: '..' }, 'elsewhere')).rejects.toThrowError(/must lie in the folder/);
    await check(folder, { folder: '.' }, 'elsewhere');
  });

  it('are looked for in the repository', async () => {
    const folder = temporaryFolder({ 'a.ts': 'x' });
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: folder, stdio: 'ignore' });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    git('tag', 'v1');
    for (const ref of ['HEAD', 'v1']) {
      await check(folder, { ref });
    }
    for (const ref of ['HEAD~1', 'nothing', 'HEAD:a.ts']) {
      await expect(check(folder, { ref })).rejects.toThrowError(/names no branch, tag or commit/);
    }
  });
});
