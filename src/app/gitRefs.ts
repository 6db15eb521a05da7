import { findProgram } from '../core/process/programsOnPath.ts';
import { runTool } from '../core/process/toolRun.ts';

export interface GitRef {
  readonly name: string;
  readonly kind: 'branch' | 'remote' | 'tag';
  /** Such as `3 days ago`. */
  readonly age: string;
  /** The first line of its commit. Untrusted. */
  readonly subject: string;
  readonly isCurrent: boolean;
}

const MOST_REFS = 500;
const TIMEOUT_MS = 10_000;
const KINDS: readonly (readonly [string, GitRef['kind']])[] = [
  ['refs/heads/', 'branch'],
  ['refs/remotes/', 'remote'],
  ['refs/tags/', 'tag'],
];

/** The branches and tags of the repository that a folder is in, newest first; none where git finds no repository. */
export async function gitRefs(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<readonly GitRef[]> {
  const git = await findProgram('git', environment);
  if (git === undefined) {
    return [];
  }
  const run = await runTool(
    git,
    [
      ...['-c', 'core.fsmonitor=false', 'for-each-ref', '--sort=-committerdate', `--count=${MOST_REFS}`],
      '--format=%(refname)%00%(HEAD)%00%(committerdate:relative)%00%(subject)',
      ...KINDS.map(([prefix]) => prefix),
    ],
    {
      cwd: folder,
      environment: { ...environment, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      timeoutMs: TIMEOUT_MS,
      signal,
    },
  );
  return run.state === 'ended' && run.code === 0 ? readRefs(run.stdout) : [];
}

/** Reads what git prints: a ref a line, its parts apart by NUL. */
export function readRefs(output: string): readonly GitRef[] {
  return output.split('\n').flatMap(line => {
    const [ref = '', head = '', age = '', subject = ''] = line.split('\0');
    const [prefix, kind] = KINDS.find(([start]) => ref.startsWith(start)) ?? [];
    // `origin/HEAD` only points to another one.
    return prefix === undefined || kind === undefined || ref.endsWith('/HEAD')
      ? []
      : [{ name: ref.slice(prefix.length), kind, age, subject, isCurrent: head === '*' }];
  });
}
