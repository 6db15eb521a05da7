import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../src/base/clock.ts';
import { newShortId } from '../src/base/ids.ts';
import { Checkpoints } from '../src/core/checkpoints/checkpoints.ts';
import { findProgram } from '../src/core/process/programsOnPath.ts';
import { userKeyFrom } from '../src/core/security/userKey.ts';
import { type Figure, median, milliseconds } from './report.ts';
import { scratchFolder } from './scratchFolder.ts';

const FOLDERS = 1000;
const FILES_A_FOLDER = 20;
const CHANGED = 10;
const ROUNDS = 7;
const FIRST_LIMIT_MS = 3000;
const LATER_LIMIT_MS = 300;

/** 20,000 files: the first snapshot, and later ones after 10 of them changed, beside `git add -A && git write-tree`. */
export async function snapshots(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  try {
    const root = path.join(scratch.folder, 'workspace');
    fill(root);
    const git = await findProgram('git', process.env);
    const parts = {
      environment: process.env,
      userKey: userKeyFrom(randomBytes(32)),
      clock: systemClock,
      newId: newShortId,
      git: () => Promise.resolve(git),
    };
    const checkpoints = new Checkpoints({ workspace: root, root, ...parts });
    const plain = plainGit(root, path.join(scratch.folder, 'plain.git'), git ?? 'git');
    const label = { subject: 'bench', moment: 'manual' } as const;

    const first = await timed(() => checkpoints.take(label));
    const firstGit = await timed(plain);
    const later: number[] = [];
    const laterGit: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      change(root, round);
      later.push(await timed(() => checkpoints.take(label)));
      laterGit.push(await timed(plain));
    }
    const files = `${(FOLDERS * FILES_A_FOLDER).toLocaleString('en')} files`;
    return [
      ...rows(`first snapshot of ${files}`, first, firstGit, FIRST_LIMIT_MS),
      ...rows(`snapshot after ${CHANGED} of ${files} changed`, median(later), median(laterGit), LATER_LIMIT_MS),
    ];
  } finally {
    scratch.remove();
  }
}

function rows(name: string, ours: number, git: number, limit: number): readonly Figure[] {
  return [
    {
      name,
      measured: milliseconds(ours),
      reference: `git add -A, write-tree ${milliseconds(git)}`,
      ratio: `${(ours / git).toFixed(2)}x`,
    },
    { name, measured: milliseconds(ours), reference: `under ${limit} ms`, ratio: `${(ours / limit).toFixed(2)}x` },
  ];
}

function fill(root: string): void {
  for (let folder = 0; folder < FOLDERS; folder++) {
    const place = path.join(root, `part${folder % 40}`, `module${folder}`);
    mkdirSync(place, { recursive: true });
    for (let file = 0; file < FILES_A_FOLDER; file++) {
      const line = `export const value${file} = ${folder * file};\n`;
      writeFileSync(path.join(place, `file${file}.ts`), line.repeat(20 + ((folder * file) % 200)));
    }
  }
}

function change(root: string, round: number): void {
  for (let file = 0; file < CHANGED; file++) {
    const folder = (round * CHANGED + file) * 7;
    appendFileSync(path.join(root, `part${folder % 40}`, `module${folder}`, 'file1.ts'), `// round ${round}\n`);
  }
}

/** The same by git alone, in a directory of its own. */
function plainGit(root: string, directory: string, git: string): () => void {
  const env = { ...process.env, GIT_DIR: directory, GIT_WORK_TREE: root };
  const run = (...args: readonly string[]): void => {
    execFileSync(git, ['-c', 'core.bare=false', ...args], { cwd: root, env, stdio: 'ignore' });
  };
  run('init', '--quiet', '--template=');
  return () => {
    run('add', '-A', '--', '.', ':(exclude).claude-panel');
    run('write-tree');
  };
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
