import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { isFinal, type Task } from '../../core/tasks/task.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandAction } from '../commandSpec.ts';
import { EXIT } from '../exitCode.ts';
import { lookIntoPanel } from '../panelSession.ts';
import { colourOf, stateWords } from '../progress/stateWords.ts';
import { taskRow } from '../progress/taskRow.ts';
import { alignColumns } from '../terminal/columns.ts';
import { formatAge, formatDollars } from '../terminal/quantities.ts';

const MOST_SHOWN = 50;

/** The tasks of the workspace, newest first. */
export const list: CommandAction = (context, given) => {
  const json = given.flag('json');
  const nothing = (): number => print(context, [], 0, json);
  return lookIntoPanel(context, given, nothing, async panel => {
    await panel.start();
    const all = tasksOf(panel.log, given.flag('all'), given.text('state'));
    const shown = given.flag('all') || json ? all : all.slice(0, MOST_SHOWN);
    return print(context, shown, all.length - shown.length, json);
  });
};

function tasksOf(log: PanelLog, withArchived: boolean, state: string | undefined): readonly Task[] {
  return log.tasks
    .list(withArchived ? {} : { archived: false })
    .filter(task => state === undefined || task.status.state === state);
}

function print({ terminal, clock }: CommandContext, tasks: readonly Task[], hidden: number, json: boolean): number {
  if (json) {
    terminal.line(JSON.stringify(tasks.map(taskRow), undefined, 2));
    return EXIT.succeeded;
  }
  if (tasks.length === 0) {
    terminal.say('There is no such task in this workspace.');
    return EXIT.succeeded;
  }
  const { paint } = terminal;
  const lines = alignColumns<Task>(
    tasks,
    [
      { title: 'ID', cell: task => task.id, paint: text => paint('bold', text) },
      {
        title: 'STATE',
        cell: task => stateWords(task.status),
        paint: (text, task) => paint(colourOf(task.status.state), text),
      },
      { title: 'PROFILE', cell: task => task.profile.name },
      { title: 'COST', cell: task => (task.costUsd > 0 ? formatDollars(task.costUsd) : ''), align: 'right' },
      { title: 'WHEN', cell: task => formatAge(clock.now() - whenOf(task)) },
      { title: 'TITLE', cell: task => task.title, isElastic: true },
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

function whenOf(task: Task): number {
  return isFinal(task.status) ? task.status.ended : task.created;
}
