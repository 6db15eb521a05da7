import { visibleText } from '../../base/visibleText.ts';
import { askedText } from '../approval/settledText.ts';
import { chainLook } from '../chain/chainLook.ts';
import { taskLook } from '../list/taskLook.ts';
import { MAIN_THREAD, type PanelState } from '../state/panelState.ts';
import { isFinal } from '../state/taskGroups.ts';
import { itemAt } from '../state/thread.ts';

/** What a person who does not see the panel is told of a change. */
interface Announcement {
  /** Requests interrupt; the rest waits for a pause. */
  readonly urgent: boolean;
  readonly text: string;
}

const LONGEST = 400;

/** Reads off two states what is new and worth saying. */
export function announcements(state: PanelState, before: PanelState): Announcement[] {
  if (before.connection !== 'live') {
    return [];
  }
  return [
    ...requests(state, before),
    ...endings(state, before),
    ...chainEndings(state, before),
    ...replies(state, before),
  ].map(({ urgent, text }) => ({
    urgent,
    text: visibleText(text).slice(0, LONGEST),
  }));
}

function requests(state: PanelState, before: PanelState): Announcement[] {
  if (state.approvals === before.approvals) {
    return [];
  }
  return [...state.approvals.values()]
    .filter(card => card.status.state === 'pending' && !before.approvals.has(card.id))
    .map(card => ({ urgent: true, text: `${card.taskTitle} needs you: ${askedText(card)}` }));
}

function endings(state: PanelState, before: PanelState): Announcement[] {
  if (state.tasks === before.tasks) {
    return [];
  }
  return [...state.tasks.values()].flatMap(task => {
    const earlier = before.tasks.get(task.id);
    return earlier !== undefined && isFinal(task.state) && !isFinal(earlier.state)
      ? [{ urgent: false, text: `${task.title}: ${taskLook(task).word}. ${task.failure?.message ?? ''}` }]
      : [];
  });
}

function chainEndings(state: PanelState, before: PanelState): Announcement[] {
  if (state.chains === before.chains) {
    return [];
  }
  return [...state.chains.values()].flatMap(chain =>
    chain.ended !== undefined && before.chains.get(chain.id)?.ended === undefined && before.chains.has(chain.id)
      ? [{ urgent: false, text: `${chain.title}: ${chainLook(chain).word}. ${chain.failure?.message ?? ''}` }]
      : [],
  );
}

/** Whole texts of the agent in the open task, as they come in. */
function replies(state: PanelState, before: PanelState): Announcement[] {
  const thread = state.threads.get(MAIN_THREAD);
  const earlier = before.threads.get(MAIN_THREAD);
  if (thread?.total === undefined || earlier?.total === undefined || thread.total <= earlier.total) {
    return [];
  }
  const item = itemAt(thread, thread.total - 1);
  return item?.kind === 'text' ? [{ urgent: false, text: item.text }] : [];
}
