import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../../src/base/clock.ts';
import { newShortId } from '../../../../src/base/ids.ts';
import type { CoverageLimits } from '../../../../src/core/checkpoints/checkpoint.ts';
import { Checkpoints } from '../../../../src/core/checkpoints/checkpoints.ts';
import { findProgram } from '../../../../src/core/process/programsOnPath.ts';

export const gitProgram = findProgram('git', process.env);

export function scratchFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'panel-snapshots-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export function checkpointsOf(
  root: string,
  { workspace = root, limits, environment = process.env }: Partial<Stage> = {},
): Checkpoints {
  return new Checkpoints({
    workspace,
    root,
    git: () => gitProgram,
    environment,
    clock: systemClock,
    newId: newShortId,
    ...(limits === undefined ? {} : { limits: () => limits }),
  });
}

interface Stage {
  readonly workspace: string;
  readonly limits: CoverageLimits;
  readonly environment: NodeJS.ProcessEnv;
}

/** Writes files, with the folders that they need. */
export function write(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
}

export const before = { subject: 'a task', moment: 'before' } as const;
export const after = { subject: 'a task', moment: 'after' } as const;
