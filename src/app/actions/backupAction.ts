import * as z from 'zod';
import type { BackupService } from '../backup/backupService.ts';
import { type PanelAction, panelAction } from './panelAction.ts';

/** Puts the workspace's own data into one archive that was unpacked and compared. */
export function backupAction({ backups }: { readonly backups: Pick<BackupService, 'make'> }): PanelAction {
  return panelAction({
    name: 'backup',
    summary: 'Packs the data of the panel and .claude into an archive in ~/.claude-panel/backups, and verifies it.',
    input: z.strictObject({ keep: z.coerce.number().int().min(1).max(1000).default(10) }),
    run: async ({ keep }, { signal, report }) => {
      const { archive, bytes, files, leftOut, removed } = await backups.make({ keep, signal, report });
      const size = bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
      return {
        archive,
        summary: `${files} files in ${size}, unpacked again and found equal: ${archive}${without(leftOut)}`,
        bytes,
        files,
        leftOut: [...leftOut],
        removed: [...removed],
      };
    },
  });
}

/** A backup that is not whole says so where it is called good. */
function without([first, ...others]: readonly string[]): string {
  if (first === undefined) {
    return '';
  }
  return `\nLeft out: ${first}${others.length === 0 ? '' : `, and ${others.length} more; "claude-panel restore" lists them`}.`;
}
