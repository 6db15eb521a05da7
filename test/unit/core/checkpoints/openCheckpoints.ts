import { systemClock } from '../../../../src/base/clock.ts';
import { newShortId } from '../../../../src/base/ids.ts';
import type { CoverageLimits } from '../../../../src/core/checkpoints/checkpoint.ts';
import { Checkpoints } from '../../../../src/core/checkpoints/checkpoints.ts';
import { findProgram } from '../../../../src/core/process/programsOnPath.ts';
import type { UserKey } from '../../../../src/core/security/userKey.ts';
import { TEST_KEY } from '../../../fixtures/userKey.ts';

export const gitProgram = findProgram('git', process.env);

export function checkpointsOf(
  root: string,
  { workspace = root, limits, environment = process.env, userKey = TEST_KEY }: Partial<Stage> = {},
): Checkpoints {
  return new Checkpoints({
    workspace,
    root,
    git: () => gitProgram,
    environment,
    userKey,
    clock: systemClock,
    newId: newShortId,
    ...(limits === undefined ? {} : { limits: () => limits }),
  });
}

interface Stage {
  readonly workspace: string;
  readonly limits: CoverageLimits;
  readonly environment: NodeJS.ProcessEnv;
  readonly userKey: UserKey;
}
