import { archivePath } from '../../app/backup/archive.ts';
import { archivesIn, backupFolder } from '../../app/backup/backupPlaces.ts';
import { type RestorePlan, withArchive } from '../../app/backup/restore.ts';
import { EXIT } from '../../app/following/exitCode.ts';
import { panelHome } from '../../app/panelHome.ts';
import { readUserKey } from '../../app/userKeyFile.ts';
import { systemProcesses } from '../../core/process/processTree.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import { chosenWorkspace } from '../panelSession.ts';
import { oneLine } from '../terminal/plainText.ts';

const WORDS = { new: 'new      ', same: 'unchanged', replaces: 'replaces ' } as const;

/** Shows what an archive would change; with `--yes` it is done. The workspace file need not be usable for it. */
export const restore: CommandAction = async (context, given) => {
  const folder = chosenWorkspace(context, given);
  const home = panelHome(context.environment);
  const backups = await backupFolder(home, folder);
  const archive = archivePath(given.operand(0) ?? '', context.directory, backups, await archivesIn(backups));
  const isMeant = given.flag('yes');
  const json = given.flag('json');
  const options = {
    archive,
    folder,
    home,
    userKey: readUserKey(home),
    now: context.clock.now(),
    processes: systemProcesses(),
  };
  return withArchive(options, async ({ plan, apply }) => {
    const kept = isMeant ? await apply() : undefined;
    if (json) {
      const done = { archive, folder, restored: isMeant, ...plan, ...(kept === undefined ? {} : { kept }) };
      context.terminal.line(JSON.stringify(done, undefined, 2));
    } else {
      tell(context, plan, kept);
    }
    return EXIT.succeeded;
  });
};

function tell({ terminal }: CommandContext, plan: RestorePlan, kept: string | undefined): void {
  terminal.say(`The backup is of ${plan.created}.`);
  for (const { place, change } of plan.steps) {
    terminal.line(`${WORDS[change]}  ${oneLine(place)}`);
  }
  for (const text of plan.leftOut) {
    terminal.say(`Not in the backup: ${oneLine(text)}`);
  }
  const replaced = plan.steps.filter(({ change }) => change === 'replaces').length;
  if (kept === undefined) {
    const files = replaced === 1 ? '1 file is' : `${replaced} files are`;
    terminal.say(`Nothing was changed. With --yes, ${files} replaced; what is there now is kept.`);
  } else {
    terminal.say(replaced === 0 ? 'Restored.' : `Restored. What was there before is in ${kept}.`);
  }
}
