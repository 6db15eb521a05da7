import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CommandFailed } from '../setup/failure.mjs';
import { CACHE, ROOT } from '../setup/paths.mjs';
import { say } from '../setup/progress.mjs';
import { run } from '../setup/run.mjs';

const SOURCE = path.join(ROOT, 'test', 'fixtures', 'sample-workspace');
export const SAMPLE_WORKSPACE = path.join(CACHE, 'sample-workspace');

/** The copy that tasks may change, kept from start to start. @param {boolean} fresh throw the old copy away */
export async function makeSampleWorkspace(fresh) {
  if (fresh) rmSync(SAMPLE_WORKSPACE, { recursive: true, force: true });
  if (existsSync(SAMPLE_WORKSPACE)) return;
  cpSync(SOURCE, SAMPLE_WORKSPACE, { recursive: true });
  const identity = ['-c', 'user.name=Sample', '-c', 'user.email=sample@localhost', '-c', 'commit.gpgsign=false'];
  try {
    for (const args of [
      ['-c', 'init.defaultBranch=main', 'init', '--quiet'],
      ['add', '--all'],
      [...identity, 'commit', '--quiet', '--no-verify', '--message', 'Begin the lending library'],
    ]) {
      await run('git', args, { title: 'git', cwd: SAMPLE_WORKSPACE });
    }
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    say(`The sample workspace is not a git repository: ${error.message}`);
  }
}
