import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const KINDS = ['plain', 'repository', 'detached', 'rebase', 'submodule', 'nested'] as const;
export type FolderKind = (typeof KINDS)[number];

const environment = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_EDITOR: 'true',
};

/** Makes a folder of a kind; a copy of it begins each sequence. */
export function makeFolder(folder: string, kind: FolderKind): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'a.txt'), 'base\n');
  mkdirSync(path.join(folder, 'src'));
  writeFileSync(path.join(folder, 'src/a.ts'), 'export const one = 1;\n');
  writeFileSync(path.join(folder, '.gitignore'), 'build/\nnode_modules/\n*.log\n');
  if (kind === 'plain') {
    return;
  }
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: folder,
      env: environment,
      stdio: 'ignore',
    });
  };
  git('init', '-q', '--template=', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'first');
  writeFileSync(path.join(folder, 'a.txt'), 'stashed\n');
  git('stash');
  switch (kind) {
    case 'detached':
      git('checkout', '-q', '--detach');
      break;
    case 'rebase':
      git('checkout', '-qb', 'other');
      writeFileSync(path.join(folder, 'a.txt'), 'other\n');
      git('commit', '-qam', 'other');
      git('checkout', '-q', 'main');
      writeFileSync(path.join(folder, 'a.txt'), 'main\n');
      git('commit', '-qam', 'main');
      try {
        git('rebase', 'other');
      } catch {
        // It stops at the conflict, as it should.
      }
      break;
    case 'submodule':
      repositoryIn(`${folder}.module`);
      git('submodule', 'add', '-q', `${folder}.module`, 'module');
      break;
    case 'nested':
      repositoryIn(path.join(folder, 'nested'));
      break;
    case 'repository':
      break;
  }
  // Something staged, so that a lost index is seen.
  writeFileSync(path.join(folder, 'b.md'), 'staged\n');
  if (kind !== 'rebase') {
    git('add', 'b.md');
  }
}

function repositoryIn(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'inside.txt'), 'nested\n');
  for (const args of [
    ['init', '-q', '--template=', '-b', 'main'],
    ['add', '-A'],
    ['commit', '-qm', 'nested'],
  ]) {
    execFileSync('git', args, { cwd: folder, env: environment, stdio: 'ignore' });
  }
}
