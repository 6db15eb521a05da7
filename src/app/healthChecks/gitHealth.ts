import { findProgram } from '../../core/process/programsOnPath.ts';
import { runTool } from '../../core/process/toolRun.ts';
import type { HealthCheck } from '../health.ts';

const TIMEOUT_MS = 10_000;

/** Whether there is a git for snapshots and undo. */
export async function gitHealth(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<HealthCheck[]> {
  const program = await findProgram('git', environment);
  if (program === undefined) {
    return [
      {
        id: 'git',
        level: 'warning',
        text: 'git was not found, so no snapshots are taken and nothing can be undone.',
        remedy: 'Install git, and start VS Code anew so that it sees it on the PATH.',
      },
    ];
  }
  const signal = AbortSignal.timeout(2 * TIMEOUT_MS);
  const run = await runTool(program, ['--version'], { cwd: folder, environment, timeoutMs: TIMEOUT_MS, signal });
  const version = run.state === 'ended' ? /\d+(?:\.\d+)+/.exec(run.stdout)?.[0] : undefined;
  return version === undefined
    ? [
        {
          id: 'git',
          level: 'warning',
          text: `git (${program}) does not say its version, so snapshots may not work.`,
          remedy: `Run "${program} --version" in a terminal to see why.`,
        },
      ]
    : [{ id: 'git', level: 'ok', text: `git ${version} for snapshots` }];
}
