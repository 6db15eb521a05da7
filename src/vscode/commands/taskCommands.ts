import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import type { Task } from '../../core/tasks/task.ts';
import { isFinal, isLive } from '../../core/tasks/task.ts';
import { continueTask } from '../panel/handlers/taskHandlers.ts';
import { oneLine, withoutLinks } from '../presenters/shownText.ts';
import type { CommandContext, Commands } from './commandContext.ts';
import { pickTask } from './pickTask.ts';

const LONGEST_TITLE = 80;

/** Commands about tasks that are there already. Each takes a task's id, or lets the person pick. */
export const taskCommands: Commands<
  'openTask' | 'sendMessage' | 'stopTask' | 'stopAllTasks' | 'pauseTask' | 'continueTask' | 'forkTask' | 'archiveTask'
> = {
  openTask: async (context, given) => {
    const task = await pickTask(await context.services(), given, {
      title: vscode.l10n.t('Open a task'),
      fits: () => true,
      nothing: vscode.l10n.t('There is no task yet.'),
    });
    if (task !== undefined) {
      await context.views.reveal({ kind: 'task', taskId: task.id });
    }
  },
  sendMessage: async (context, given) => {
    const services = await context.services();
    const task = await pickTask(services, given, {
      title: vscode.l10n.t('Send a message to which task?'),
      fits: ({ status, sessionStarted }) => !isFinal(status) || sessionStarted,
      nothing: vscode.l10n.t('No task can take a message.'),
    });
    const text = task === undefined ? undefined : await askForText(vscode.l10n.t('Message to "{0}"', titleOf(task)));
    if (task !== undefined && text !== undefined) {
      const by = services.actor('palette');
      services.tasks.sendMessage(task.id, text, by, by.hostId);
      await context.views.reveal({ kind: 'task', taskId: task.id });
    }
  },
  stopTask: act({
    title: () => vscode.l10n.t('Stop which task?'),
    nothing: () => vscode.l10n.t('No task is running or waiting.'),
    fits: ({ status }) => !isFinal(status),
    apply: ({ tasks, actor }, { id }) => tasks.stop(id, actor('palette')),
  }),
  stopAllTasks: stopAll,
  pauseTask: act({
    title: () => vscode.l10n.t('Pause which task?'),
    nothing: () => vscode.l10n.t('No task can be paused now.'),
    fits: ({ status }) => (isLive(status) && status.stopping === undefined) || status.state === 'queued',
    apply: ({ tasks, actor }, { id }) => tasks.pause(id, actor('palette')),
  }),
  continueTask: act({
    title: () => vscode.l10n.t('Continue which task?'),
    nothing: () => vscode.l10n.t('No task can be continued.'),
    fits: ({ status, sessionStarted }) => status.state === 'paused' || (isFinal(status) && sessionStarted),
    apply: ({ tasks, actor }, { id }) => continueTask(tasks, id, actor('palette')),
  }),
  forkTask: async (context, given) => {
    const services = await context.services();
    const task = await pickTask(services, given, {
      title: vscode.l10n.t('Fork the conversation of which task?'),
      fits: ({ sessionStarted }) => sessionStarted,
      nothing: vscode.l10n.t('No task has a conversation that could be forked.'),
    });
    if (task !== undefined) {
      await fork(context, services, task);
    }
  },
  archiveTask: act({
    title: () => vscode.l10n.t('Archive which task?'),
    nothing: () => vscode.l10n.t('No finished task is left to archive.'),
    fits: ({ status, archived }) => !isLive(status) && !archived,
    apply: ({ tasks, actor }, { id }) => tasks.archive(id, actor('palette')),
  }),
};

/** Asks what the fork is to do, makes it and shows it. */
export async function fork(
  { views }: Pick<CommandContext, 'views'>,
  { tasks, actor }: PanelServices,
  task: Task,
): Promise<void> {
  const prompt = await askForText(vscode.l10n.t('What should the fork of "{0}" do?', titleOf(task)));
  if (prompt !== undefined) {
    const by = actor('palette');
    const { id } = tasks.fork(task.id, prompt, by, by.hostId);
    await views.reveal({ kind: 'task', taskId: id });
  }
}

export function askForText(title: string, value = ''): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    value,
    ignoreFocusOut: true,
    validateInput: text => (text.trim() === '' ? vscode.l10n.t('Say what Claude should do.') : undefined),
  });
}

function titleOf(task: Task): string {
  return oneLine(task.title, LONGEST_TITLE);
}

function act(action: {
  readonly title: () => string;
  readonly nothing: () => string;
  readonly fits: (task: Task) => boolean;
  readonly apply: (services: PanelServices, task: Task) => void;
}): (context: CommandContext, given?: unknown) => Promise<void> {
  return async (context, given) => {
    const services = await context.services();
    const { fits, apply } = action;
    const task = await pickTask(services, given, { title: action.title(), nothing: action.nothing(), fits });
    if (task !== undefined) {
      apply(services, task);
    }
  };
}

/** Says first what all would be stopped. */
async function stopAll({ services }: CommandContext): Promise<void> {
  const { log, tasks, actor } = await services();
  const unfinished = log.tasks.unfinished();
  if (unfinished.length === 0) {
    vscode.window.showInformationMessage(vscode.l10n.t('No task is running or waiting.'));
    return;
  }
  const stop = vscode.l10n.t('Stop All');
  const pressed = await vscode.window.showWarningMessage(
    unfinished.length === 1
      ? vscode.l10n.t('Stop the one task that is not finished?')
      : vscode.l10n.t('Stop all {0} tasks that are not finished?', unfinished.length),
    { modal: true, detail: withoutLinks(unfinished.map(titleOf).join('\n')) },
    stop,
  );
  if (pressed === stop) {
    for (const { id } of unfinished) {
      tasks.stop(id, actor('palette'));
    }
  }
}
