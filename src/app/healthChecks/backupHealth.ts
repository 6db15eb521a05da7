import type { HealthCheck } from '../health.ts';

const DAY_MS = 24 * 60 * 60_000;
const OLD_DAYS = 30;

/** How old the newest backup is. Nobody has to make backups; who has begun to is told when they grow old. Pure. */
export function backupHealth(newest: number | undefined, now: number): HealthCheck[] {
  if (newest === undefined) {
    return [{ id: 'archive', level: 'ok', text: 'No backup of this workspace yet; the command backup-now makes one' }];
  }
  const days = Math.floor((now - newest) / DAY_MS);
  const age = days < 1 ? 'less than a day' : days === 1 ? 'a day' : `${days} days`;
  return days > OLD_DAYS
    ? [
        {
          id: 'archive',
          level: 'warning',
          text: `The newest backup of this workspace is ${age} old.`,
          remedy: 'Run the command backup-now.',
        },
      ]
    : [{ id: 'archive', level: 'ok', text: `The newest backup of this workspace is ${age} old` }];
}
