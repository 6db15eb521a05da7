import path from 'node:path';
import { EXIT } from '../../app/following/exitCode.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import type { Undoable } from '../../app/undo/undoView.ts';
import { pointBeforeLastRun } from '../../core/tasks/forkPoint.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import type { GivenArguments } from '../givenArguments.ts';
import { withPanel } from '../panelSession.ts';
import { queueOrRun } from '../running/queueOrRun.ts';
import { alignColumns } from '../terminal/columns.ts';
import { formatAge } from '../terminal/quantities.ts';
import { carryOut } from '../undoing/carryOut.ts';
import { timeOf, undoTarget } from '../undoing/undoTarget.ts';
import { optionDoesNotFit } from '../usageError.ts';

const STATES: Readonly<Record<Undoable['state'], string>> = {
  undoable: '',
  running: 'still running',
  undone: 'undone',
};

const OF_UNDO = ['dry-run', 'conflicts', 'path', 'since', 'last-run', 'fork', 'list'] as const;

/** `claude-panel undo [TASK]`: puts back what a task changed, where nothing has changed since. */
export const undo: CommandAction = (context, given) =>
  withPanel(context, given, { runsTasks: given.text('fork') !== undefined }, async panel => {
    await panel.start();
    const age = given.text('free');
    if (age !== undefined) {
      return free(context, panel, given, age);
    }
    if (given.flag('list')) {
      return list(context, panel, given.flag('json'));
    }
    const paths = given.texts('path').map(one => path.resolve(context.directory, one));
    const target = undoTarget(panel, given, context.clock.now());
    const prompt = given.text('fork');
    if (prompt !== undefined && target.kind === 'task') {
      // Before anything is changed.
      pointBeforeLastRun(panel.tasks.get(target.id));
    }
    const plan = await panel.undo.plan(target, paths.length === 0 ? {} : { paths });
    const code = await carryOut(context, panel, given, plan);
    if (prompt === undefined || given.flag('dry-run') || code !== EXIT.succeeded || target.kind !== 'task') {
      return code;
    }
    const { id } = target;
    return queueOrRun(
      context,
      panel,
      given.flag('json'),
      reservedFor => panel.tasks.forkBeforeLastRun(id, prompt, panel.actor('commandLine'), reservedFor).id,
    );
  });

async function free(
  { terminal, clock }: CommandContext,
  panel: PanelServices,
  given: GivenArguments,
  age: string,
): Promise<number> {
  refuseWhatIsOfUndo(given);
  const { removed, bytes } = await panel.upkeep.free(timeOf('--free', age, clock.now()));
  if (given.flag('json')) {
    terminal.line(JSON.stringify({ removed, bytes }, undefined, 2));
    return EXIT.succeeded;
  }
  terminal.say(
    `${removed === 1 ? '1 snapshot was' : `${removed} snapshots were`} removed; ${megabytes(bytes)} MB are left.`,
  );
  return EXIT.succeeded;
}

/** A snapshot that is removed does not come back: nobody who says `--dry-run` means that. */
function refuseWhatIsOfUndo(given: GivenArguments): void {
  const id = given.operand(0);
  if (id !== undefined) {
    throw optionDoesNotFit('--free', `One task or chain was named: ${id}.`, 'Give an ID, or --free.');
  }
  const option = OF_UNDO.find(name => given.flag(name));
  if (option !== undefined) {
    throw optionDoesNotFit(`--${option}`, 'With --free nothing is undone or shown.', 'Leave out one of the two.');
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

async function list({ terminal, clock }: CommandContext, panel: PanelServices, json: boolean): Promise<number> {
  const all = panel.undo.list();
  if (json) {
    const rows = all.map(({ target, title, from, to, state, roots, notCovered }) => ({
      ...target,
      title,
      state,
      from,
      to: to ?? null,
      roots: [...roots],
      not_covered: notCovered,
    }));
    terminal.line(JSON.stringify(rows, undefined, 2));
    return EXIT.succeeded;
  }
  if (all.length === 0) {
    terminal.say('Nothing can be undone in this workspace: no task has run yet.');
    return EXIT.succeeded;
  }
  const lines = alignColumns<Undoable>(
    all,
    [
      {
        title: 'ID',
        cell: ({ target }) => ('id' in target ? target.id : ''),
        paint: text => terminal.paint('bold', text),
      },
      { title: 'WHAT', cell: ({ target }) => target.kind },
      { title: 'WHEN', cell: ({ from, to }) => formatAge(clock.now() - (to ?? from)) },
      { title: 'STATE', cell: ({ state }) => STATES[state] },
      { title: 'TITLE', cell: ({ title }) => title, isElastic: true },
    ],
    terminal.width,
  );
  for (const line of lines) {
    terminal.line(line);
  }
  const uses = await panel.upkeep.usage();
  const bytes = uses.reduce((sum, use) => sum + use.bytes, 0);
  const count = uses.reduce((sum, { taken }) => sum + taken.length, 0);
  const what = count === 1 ? '1 snapshot takes' : `${count} snapshots take`;
  terminal.say(`${what} ${megabytes(bytes)} MB of the disk.`);
  return EXIT.succeeded;
}
