import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import type { Task } from '../../core/tasks/task.ts';
import { oneLine } from '../presenters/shownText.ts';
import { presentTask } from '../presenters/taskSummary.ts';
import { pickOne } from './guardedPick.ts';

/** As many as a person looks through; older ones are found in the panel. */
const MOST_TASKS = 500;
const LONGEST_PROMPT = 160;

/** The task that a command is about: the one that was given with it, or the one that is picked. */
export async function pickTask(
  { log, actor }: PanelServices,
  given: unknown,
  options: { readonly title: string; readonly fits: (task: Task) => boolean; readonly nothing: string },
): Promise<Task | undefined> {
  if (typeof given === 'string') {
    return log.tasks.get(given);
  }
  const tasks = log.tasks.list({ limit: MOST_TASKS }).filter(options.fits);
  if (tasks.length === 0) {
    vscode.window.showInformationMessage(options.nothing);
    return undefined;
  }
  const hostId = actor('palette').hostId;
  return pickOne(
    tasks.map(task => {
      const { title, activity, profile, archived } = presentTask(task, hostId);
      const age = new Date(task.created).toLocaleString();
      return {
        label: `$(${ICONS[task.status.state]}) ${escapeIcons(title)}`,
        description: `${escapeIcons(activity)}${archived ? ` · ${vscode.l10n.t('archived')}` : ''}`,
        detail: `${escapeIcons(oneLine(task.prompt, LONGEST_PROMPT))} · ${profile} · ${age}`,
        value: task,
      };
    }),
    { title: options.title },
  );
}

/** Text of others must not bring icons of its own. */
export function escapeIcons(text: string): string {
  return text.replace(/\$\(/g, '$\u200b(');
}

const ICONS: Readonly<Record<Task['status']['state'], string>> = {
  queued: 'clock',
  starting: 'loading~spin',
  running: 'sync',
  waiting: 'bell-dot',
  paused: 'debug-pause',
  succeeded: 'pass',
  failed: 'error',
  stopped: 'circle-slash',
  timedOut: 'watch',
  overBudget: 'circle-slash',
};
