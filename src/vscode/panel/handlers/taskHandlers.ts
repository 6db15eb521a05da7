import type { PanelServices } from '../../../app/panelServices.ts';
import { visibleText } from '../../../base/visibleText.ts';
import type { Actor } from '../../../core/events/actor.ts';
import { CONTINUE_WORDS } from '../../../core/tasks/continueWords.ts';
import { isFinal } from '../../../core/tasks/task.ts';
import type { HandlerResult, Handlers } from '../messageHandler.ts';

/** What a person does with tasks in the panel. */
export const taskHandlers: Handlers<
  | 'runTask'
  | 'sendMessage'
  | 'editMessage'
  | 'withdrawMessage'
  | 'taskAction'
  | 'stopAgent'
  | 'reconnectServer'
  | 'renameTask'
> = {
  runTask: ({ prompt, profile, folder }, { actions }) =>
    actions.startTask({ prompt, profile, folder, surface: 'panel' }),
  sendMessage: async ({ taskId, text }, { services }) => {
    const { tasks, actor } = await services();
    const by = actor('panel');
    tasks.sendMessage(taskId, text, by, by.hostId);
  },
  editMessage: async ({ taskId, messageId, text }, { services }) => {
    const { tasks, actor } = await services();
    tasks.editMessage(taskId, messageId, text, actor('panel'));
  },
  withdrawMessage: async ({ taskId, messageId }, { services }) => {
    const { tasks, actor } = await services();
    tasks.withdrawMessage(taskId, messageId, actor('panel'));
  },
  taskAction: async ({ taskId, action }, { services, actions }) => {
    if (action === 'fork') {
      // Not waited for: the person types, and the view gives up on requests that take long.
      void actions.forkTask(taskId);
      return { taskId };
    }
    const { tasks, actor } = await services();
    return TASK_ACTIONS[action](tasks, taskId, actor('panel'));
  },
  stopAgent: async ({ taskId, agentId }, { services }) => {
    const { tasks, actor } = await services();
    tasks.stopAgent(taskId, agentId, actor('panel'));
  },
  reconnectServer: async ({ taskId, server: shown }, { services }) => {
    const { tasks, actor } = await services();
    const server = tasks.get(taskId).mcpServers.find(({ name }) => visibleText(name) === shown);
    if (server !== undefined) {
      tasks.reconnectServer(taskId, server.name, actor('panel'));
    }
  },
  renameTask: async ({ taskId, title }, { services }) => {
    const { tasks, actor } = await services();
    tasks.rename(taskId, title, actor('panel'));
  },
};

type Tasks = PanelServices['tasks'];
type TaskAction = 'stop' | 'pause' | 'continue' | 'archive' | 'unarchive' | 'markRead' | 'runAgain';

// biome-ignore lint/suspicious/noConfusingVoidType: most actions have nothing to say.
const TASK_ACTIONS: Readonly<Record<TaskAction, (tasks: Tasks, id: string, by: Actor) => HandlerResult | void>> = {
  stop: (tasks, id, by) => tasks.stop(id, by),
  pause: (tasks, id, by) => tasks.pause(id, by),
  continue: continueTask,
  archive: (tasks, id, by) => tasks.archive(id, by),
  unarchive: (tasks, id, by) => tasks.unarchive(id, by),
  markRead: (tasks, id) => tasks.markRead(id),
  runAgain: (tasks, id, by) => ({ taskId: tasks.runAgain(id, by, by.hostId).id }),
};

/** A paused task takes up its turn again, in this window; a session that ended needs words to continue. */
export function continueTask(tasks: Tasks, id: string, by: Actor): void {
  tasks.continue(id, by, isFinal(tasks.get(id).status) ? CONTINUE_WORDS : undefined, by.hostId);
}
