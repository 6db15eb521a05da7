import path from 'node:path';
import { toFailure } from '../../base/panelError.ts';
import { CheckpointError } from '../../core/checkpoints/checkpointsErrors.ts';
import { fromFailure, type HealthCheck } from '../health.ts';
import type { SnapshotLimits } from '../undo/snapshotLimits.ts';
import type { FolderUsage, SnapshotUpkeep } from '../undo/snapshotUpkeep.ts';

const MEGABYTE = 1024 * 1024;

/** Looks at what the snapshots take. That there is no git for them is told by a check of its own. */
export async function lookAtSnapshots(
  upkeep: Pick<SnapshotUpkeep, 'usage' | 'limits'>,
): Promise<readonly HealthCheck[]> {
  try {
    return snapshotHealth(await upkeep.usage(), await upkeep.limits());
  } catch (error) {
    const isTold = error instanceof CheckpointError && error.reason === 'gitMissing';
    return isTold ? [] : [{ ...fromFailure('snapshots', toFailure(error)), level: 'warning' }];
  }
}

/** What the snapshots of undo take of the disk, beside what they may take. Pure. */
export function snapshotHealth(uses: readonly FolderUsage[], limits: SnapshotLimits): readonly HealthCheck[] {
  const { undoDiskMegabytes, undoKeepDays } = limits;
  const command = { id: 'claudePanel.freeSnapshotSpace', title: 'Free Space…' };
  const full = uses.filter(({ bytes }) => bytes > undoDiskMegabytes * MEGABYTE);
  if (full.length > 0) {
    return full.map(({ root, bytes }) => ({
      id: 'snapshots',
      level: 'warning',
      text: `The snapshots for undo of ${path.basename(root)} take ${megabytes(bytes)} MB, more than the ${undoDiskMegabytes} MB that are set: those of the last day and of unfinished tasks stay.`,
      remedy:
        'Run "Claude: Free Snapshot Space…" or claude-panel undo --free 0m, raise claudePanel.undoDiskMegabytes, or let git ignore large files that change often.',
      command,
    }));
  }
  const sum = uses.reduce((all, { bytes }) => all + bytes, 0);
  const count = uses.reduce((all, { taken }) => all + taken.length, 0);
  const each = uses.length > 1 ? ' for each folder' : '';
  return [
    {
      id: 'snapshots',
      level: 'ok',
      text: `${count === 1 ? '1 snapshot' : `${count} snapshots`} for undo, ${megabytes(sum)} MB of ${undoDiskMegabytes} MB${each}, kept for ${undoKeepDays === 1 ? 'a day' : `${undoKeepDays} days`}`,
    },
  ];
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}
