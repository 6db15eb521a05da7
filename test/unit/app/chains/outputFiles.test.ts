import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputFiles } from '../../../../src/app/chains/outputFiles.ts';
import { temporaryFolder } from '../../core/profiles/temporaryFolder.ts';

interface Place {
  readonly folder: string;
  readonly outside: string;
}

/** A folder with two files, beside one that it must not reach. */
function place(): Place {
  const base = temporaryFolder();
  const [folder, outside] = [path.join(base, 'folder'), path.join(base, 'outside')];
  mkdirSync(path.join(folder, 'deep', 'er'), { recursive: true });
  mkdirSync(outside);
  writeFileSync(path.join(folder, 'a.md'), 'a');
  writeFileSync(path.join(folder, 'deep', 'er', 'b.md'), 'b');
  writeFileSync(path.join(outside, 'secret.md'), 's');
  return { folder, outside };
}

function reasonOf(detail: string): object {
  return expect.objectContaining({ reason: 'badOutput', detail: expect.stringContaining(detail) });
}

describe('the files that a step gives', () => {
  it('are those that its paths and globs find, each once and in order', async () => {
    const { folder } = place();
    expect(await outputFiles(folder, ['deep/er/b.md', '**/*.md', 'a.md'])).toEqual(['a.md', 'deep/er/b.md']);
    expect(await outputFiles(folder, ['*.none'])).toEqual([]);
  });

  it('have to be there when they are named', async () => {
    const { folder } = place();
    await expect(outputFiles(folder, ['a.md', 'none.md'])).rejects.toThrow(reasonOf('"none.md" was not made'));
    await expect(outputFiles(folder, ['a.md\0b'])).rejects.toThrow(reasonOf('was not made'));
  });

  it.each([
    '../outside/secret.md',
    'deep/../../outside/secret.md',
    '../**',
    '{..,deep}/**',
    '{deep,..}/outside/*',
    '@(..|deep)/*',
    '/etc/hostname',
    '/**',
    'C:\\windows\\win.ini',
    '..\\outside\\secret.md',
    '..',
  ])('are never looked for outside of the folder: %s', async pattern => {
    const { folder } = place();
    await expect(outputFiles(folder, [pattern])).rejects.toThrow(reasonOf('leads out of the folder'));
  });

  it('are not taken from outside by a pattern that hides where it goes', async () => {
    const { folder } = place();
    for (const pattern of ['[.][.]/outside/*', '{.,x}{.,y}/outside/*', '.[.]/outside/secret.md']) {
      expect(await outputFiles(folder, [pattern]), pattern).toEqual([]);
    }
  });

  it('are looked for in so many places, and in none of those outside', async () => {
    const { folder, outside } = place();
    for (let number = 0; number < 30; number++) {
      writeFileSync(path.join(outside, `${number}.txt`), '');
    }
    for (const pattern of [
      '[.][.]/**/none',
      '{.,x}{.,y}/**/none',
      'deep/[.][.]/[.][.]/**/none',
      '*/[.][.]/[.][.]/**/none',
    ]) {
      expect(await outputFiles(folder, [pattern], 25), pattern).toEqual([]);
    }
    symlinkSync(outside, path.join(folder, 'link'));
    await expect(outputFiles(folder, ['link/**/none'], 25)).rejects.toThrow(reasonOf('more than 25 files and folders'));
  });

  it('may have two dots in their names', async () => {
    const { folder } = place();
    writeFileSync(path.join(folder, '..notes.md'), '');
    writeFileSync(path.join(folder, 'v1..v2.md'), '');
    expect(await outputFiles(folder, ['..notes.md', 'v1..v2.md'])).toEqual(['..notes.md', 'v1..v2.md']);
  });

  it('are not what links lead to elsewhere', async () => {
    const { folder, outside } = place();
    symlinkSync(path.join(outside, 'secret.md'), path.join(folder, 'file.md'));
    symlinkSync(outside, path.join(folder, 'link'));
    symlinkSync('../..', path.join(folder, 'deep', 'up'));
    symlinkSync(path.join(outside, 'not-yet.md'), path.join(folder, 'later.md'));
    expect(await outputFiles(folder, ['**/*.md', '*/*.md', 'link/*', 'deep/up/*/*'])).toEqual([
      'a.md',
      'deep/er/b.md',
      // The same file by a way through a link that comes back.
      'deep/up/folder/a.md',
    ]);
    for (const name of ['file.md', 'link/secret.md', 'later.md', 'deep/up/outside/secret.md']) {
      await expect(outputFiles(folder, [name]), name).rejects.toThrow(reasonOf('leads out of the folder'));
    }
  });

  it('may be reached through links that stay inside, also when the folder itself is one', async () => {
    const { folder } = place();
    symlinkSync('deep/er', path.join(folder, 'short'));
    symlinkSync(folder, `${folder}-link`);
    expect(await outputFiles(`${folder}-link`, ['short/b.md', 'a.md'])).toEqual(['a.md', 'short/b.md']);
  });

  it.skipIf(process.platform === 'win32')(
    'are plain files: a pipe that nobody writes to holds nothing up',
    async () => {
      const { folder } = place();
      execFileSync('mkfifo', [path.join(folder, 'pipe.md')]);
      symlinkSync('pipe.md', path.join(folder, 'alias.md'));
      symlinkSync('loop.md', path.join(folder, 'loop.md'));
      expect(await outputFiles(folder, ['*.md'])).toEqual(['a.md']);
      for (const name of ['pipe.md', 'alias.md', 'deep']) {
        await expect(outputFiles(folder, [name]), name).rejects.toThrow(reasonOf('no plain file'));
      }
    },
  );

  it('are limited in number and size', async () => {
    const { folder } = place();
    truncateSync(path.join(folder, 'a.md'), 256 * 1024 * 1024);
    expect(await outputFiles(folder, ['a.md'])).toEqual(['a.md']);
    truncateSync(path.join(folder, 'a.md'), 256 * 1024 * 1024 + 1);
    await expect(outputFiles(folder, ['a.md'])).rejects.toThrow(reasonOf('"a.md" has more than 256 MB'));
    await expect(outputFiles(folder, ['*.md'])).rejects.toThrow(reasonOf('"a.md" has more than 256 MB'));
    for (let number = 0; number <= 1000; number++) {
      writeFileSync(path.join(folder, `${number}.txt`), '');
    }
    await expect(outputFiles(folder, ['*.txt'])).rejects.toThrow(reasonOf('more than 1000 files'));
  });

  it('lie inside, whatever pattern is asked for', async () => {
    const { folder, outside } = place();
    symlinkSync(outside, path.join(folder, 'link'));
    const part = fc.constantFrom(
      '..',
      '.',
      '*',
      '**',
      'link',
      'deep',
      'outside',
      'secret.md',
      'a.md',
      '[.][.]',
      '{..,*}',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async parts => {
        const files = await outputFiles(folder, [parts.join('/')]).catch((error: { readonly reason?: string }) => {
          expect(error.reason).toBe('badOutput');
          return [];
        });
        expect(files.filter(file => file.includes('secret'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
