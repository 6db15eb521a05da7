import { PROTOCOL_VERSION } from '../../../protocol/toWebview.ts';
import type { Handlers } from '../messageHandler.ts';

/** How many older tasks are sent when the list is scrolled to its end. */
const OLDER_TASKS = 100;

/** What a view needs to show something. */
export const viewHandlers: Handlers<
  'ready' | 'resync' | 'openTask' | 'getTranscript' | 'getOlderTasks' | 'selectProfile' | 'problem' | 'painted'
> = {
  ready: async ({ protocol }, { connection }) => {
    if (protocol !== PROTOCOL_VERSION) {
      connection.note(`The view speaks version ${protocol} of the protocol, the extension ${PROTOCOL_VERSION}.`);
    }
    await connection.begin();
  },
  resync: (_message, { connection }) => connection.sendSnapshot(),
  openTask: async ({ taskId }, { connection }) => {
    await connection.openTask(taskId);
  },
  getTranscript: ({ taskId, thread, from, count }, { connection }) => connection.sendPage(taskId, thread, from, count),
  getOlderTasks: ({ before }, { connection }) => connection.sendOlderTasks(before, OLDER_TASKS),
  selectProfile: ({ profile }, { actions }) => actions.selectProfile(profile),
  problem: ({ text }, { connection }) => connection.note(`The view reports: ${text}`),
  painted: ({ sequence, at }, { connection }) => connection.painted(sequence, at),
};
