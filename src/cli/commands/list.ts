import { EXIT } from '../../app/following/exitCode.ts';
import { type ChainRun, isChainOver } from '../../core/chains/chainRun.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { isFinal, type Task } from '../../core/tasks/task.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import { lookIntoPanel } from '../panelSession.ts';
import { chainRow } from '../progress/chainRow.ts';
import { chainColour, chainWords } from '../progress/chainSummary.ts';
import { colourOf, stateWords } from '../progress/stateWords.ts';
import { taskRow } from '../progress/taskRow.ts';
import { alignColumns } from '../terminal/columns.ts';
import { formatAge, formatDollars } from '../terminal/quantities.ts';

const MOST_SHOWN = 50;

interface Printed {
  readonly hidden: number;
  readonly json: boolean;
  readonly isFiltered: boolean;
  /** Ids of the programs that work on the workspace. */
  readonly living: ReadonlySet<string>;
}

type Listed = { readonly kind: 'task'; readonly task: Task } | { readonly kind: 'chain'; readonly chain: ChainRun };

/** The tasks and chains of the workspace, newest first. */
export const list: CommandAction = (context, given) => {
  const json = given.flag('json');
  const state = given.text('state');
  const nothing = (): number => print(context, [], { hidden: 0, json, isFiltered: false, living: new Set() });
  return lookIntoPanel(context, given, nothing, async panel => {
    await panel.start();
    const all = workOf(panel.log, given.flag('all'), state);
    const shown = given.flag('all') || json ? all : all.slice(0, MOST_SHOWN);
    return print(context, shown, {
      hidden: all.length - shown.length,
      json,
      isFiltered: state !== undefined,
      living: new Set(panel.hosts().map(({ id }) => id)),
    });
  });
};

function workOf(log: PanelLog, withArchived: boolean, state: string | undefined): readonly Listed[] {
  const tasks = log.tasks.list(withArchived ? {} : { archived: false });
  const all: Listed[] = [
    ...tasks.map(task => ({ kind: 'task' as const, task })),
    ...log.chains.list().map(chain => ({ kind: 'chain' as const, chain })),
  ];
  return all
    .filter(item => state === undefined || coreOf(item).status.state === state)
    .sort((one, other) => coreOf(other).created - coreOf(one).created);
}

function coreOf(item: Listed): Task | ChainRun {
  return item.kind === 'task' ? item.task : item.chain;
}

function print(
  { terminal, clock }: CommandContext,
  items: readonly Listed[],
  { hidden, json, isFiltered, living }: Printed,
): number {
  if (json) {
    terminal.line(JSON.stringify(items.map(rowOf), undefined, 2));
    return EXIT.succeeded;
  }
  if (items.length === 0) {
    terminal.say(`This workspace has no task and no chain${isFiltered ? ' like that' : ' yet'}.`);
    return EXIT.succeeded;
  }
  const { paint } = terminal;
  const lines = alignColumns<Listed>(
    items,
    [
      { title: 'ID', cell: item => coreOf(item).id, paint: text => paint('bold', text) },
      {
        title: 'STATE',
        cell: item => (item.kind === 'task' ? stateWords(item.task.status) : chainWords(item.chain, living)),
        paint: (text, item) =>
          paint(item.kind === 'task' ? colourOf(item.task.status.state) : chainColour(item.chain), text),
      },
      { title: 'PROFILE', cell: item => (item.kind === 'task' ? item.task.profile.name : 'chain') },
      {
        title: 'COST',
        cell: item => (coreOf(item).costUsd > 0 ? formatDollars(coreOf(item).costUsd) : ''),
        align: 'right',
      },
      { title: 'WHEN', cell: item => formatAge(clock.now() - whenOf(item)) },
      {
        title: 'TITLE',
        cell: item => (item.kind === 'task' ? item.task.title : item.chain.command.title),
        isElastic: true,
      },
    ],
    terminal.width,
  );
  for (const line of lines) {
    terminal.line(line);
  }
  if (hidden > 0) {
    terminal.say(`${hidden} more: claude-panel list --all`);
  }
  return EXIT.succeeded;
}

function rowOf(item: Listed): unknown {
  return item.kind === 'task' ? { kind: 'task', ...taskRow(item.task) } : chainRow(item.chain);
}

function whenOf(item: Listed): number {
  if (item.kind === 'chain') {
    return isChainOver(item.chain.status) ? item.chain.status.endedAt : item.chain.created;
  }
  return isFinal(item.task.status) ? item.task.status.ended : item.task.created;
}
