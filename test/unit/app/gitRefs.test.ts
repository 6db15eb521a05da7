import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gitRefs, readRefs } from '../../../src/app/gitRefs.ts';

const signal = new AbortController().signal;

describe('gitRefs', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'git-refs-'));
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=Kim', '-c', 'user.email=kim@example.com', ...args], { cwd: folder });
    };
    git('init', '-q', '-b', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'The "first" $(one)');
    git('branch', 'feature/login');
    git('tag', 'v1.0.0');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('lists branches and tags with their commits, and no pointer to another one', async () => {
    const refs = await gitRefs(folder, process.env, signal);
    expect(refs.map(({ name, kind, isCurrent }) => [name, kind, isCurrent])).toEqual(
      expect.arrayContaining([
        ['main', 'branch', true],
        ['feature/login', 'branch', false],
        ['origin/main', 'remote', false],
        ['v1.0.0', 'tag', false],
      ]),
    );
    expect(refs).toHaveLength(4);
    expect(refs[0]?.subject).toBe('The "first" $(one)');
  });

  it('finds none outside of a repository, and none without git', async () => {
    const bare = mkdtempSync(path.join(tmpdir(), 'no-repository-'));
    try {
      expect(await gitRefs(bare, process.env, signal)).toEqual([]);
      expect(await gitRefs(folder, { PATH: '' }, signal)).toEqual([]);
    } finally {
      rmSync(bare, { recursive: true, force: true });
    }
  });

  it('reads nothing but refs', () => {
    expect(readRefs('fatal: something else\n\n')).toEqual([]);
  });
});
