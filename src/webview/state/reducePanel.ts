import { type Change, PROTOCOL_VERSION, type ToWebview } from '../../protocol/toWebview.ts';
import { withoutFinished, withParts } from './liveText.ts';
import { type Navigation, withFollowUp } from './navigation.ts';
import { MAIN_THREAD, type PanelState, type RevealTarget } from './panelState.ts';
import { asStale, emptyThread, type Thread, withAsked, withChangedItems, withPage } from './thread.ts';

export type PanelAction =
  | { readonly type: 'received'; readonly message: ToWebview }
  | { readonly type: 'openTask'; readonly taskId: string | undefined }
  /** Also a step of it, or back from a task to its chain. */
  | { readonly type: 'openChain'; readonly chainId: string; readonly stepId?: string | undefined }
  /** One level out: from a task to its chain, from a chain to the one whose step started it, else to the list. */
  | { readonly type: 'back' }
  | { readonly type: 'navigate'; readonly change: Partial<Navigation> }
  | { readonly type: 'followUp'; readonly taskId: string; readonly text: string }
  | { readonly type: 'pagesAsked'; readonly thread: string; readonly pages: readonly number[] };

/** The only place where the panel's state changes. Pure: what has to be sent is read off the new state. */
export function reducePanel(state: PanelState, action: PanelAction): PanelState {
  switch (action.type) {
    case 'received':
      return receive(state, action.message);
    case 'openTask':
      return open(state, action.taskId);
    case 'openChain':
      return openChain(state, action.chainId, action.stepId);
    case 'back':
      return back(state);
    case 'navigate':
      return { ...state, navigation: { ...state.navigation, ...action.change } };
    case 'followUp':
      return { ...state, navigation: withFollowUp(state.navigation, action.taskId, action.text) };
    case 'pagesAsked':
      return withThread(state, action.thread, thread => withAsked(thread, action.pages));
  }
}

function receive(state: PanelState, message: ToWebview): PanelState {
  switch (message.type) {
    case 'snapshot':
      return receiveSnapshot(state, message);
    case 'changes':
      return receiveChanges(state, message.sequence, message.changes);
    case 'detail':
      return message.detail.id === state.navigation.openTaskId ? { ...state, detail: message.detail } : state;
    case 'chainDetail':
      return message.detail.id === state.navigation.openChainId ? { ...state, chainDetail: message.detail } : state;
    case 'transcriptPage':
      return forOpenTask(state, message.taskId, message.thread, thread =>
        withPage(thread, message.from, message.total, message.items),
      );
    case 'transcriptChanged':
      return receiveTranscriptChange(state, message);
    case 'live':
      return message.taskId === state.navigation.openTaskId
        ? { ...state, live: withParts(message.whole === true ? [] : state.live, message.parts, message.discarded) }
        : state;
    case 'windowFocus':
      return { ...state, windowFocused: message.focused };
    case 'reveal':
      return reveal(state, message.target);
    case 'reply':
      return state;
  }
}

function receiveSnapshot(state: PanelState, message: Extract<ToWebview, { type: 'snapshot' }>): PanelState {
  const tasks = new Map(message.tasks.map(task => [task.id, task]));
  const { openTaskId } = state.navigation;
  const openTask = openTaskId === undefined ? undefined : state.tasks.get(openTaskId);
  if (openTask !== undefined && !tasks.has(openTask.id) && message.facts.olderTasks > 0) {
    // The snapshot holds the newest tasks only; an older one may be open.
    tasks.set(openTask.id, openTask);
  }
  const next: PanelState = {
    ...state,
    connection: 'live',
    protocolMismatch: message.protocol !== PROTOCOL_VERSION,
    surface: message.surface,
    sequence: message.sequence,
    snapshots: state.snapshots + 1,
    measure: message.measure ?? false,
    tasks,
    approvals: new Map(message.approvals.map(approval => [approval.id, approval])),
    chains: new Map(message.chains.map(chain => [chain.id, chain])),
    facts: message.facts,
    threads: new Map([...state.threads].map(([key, thread]) => [key, asStale(thread)])),
    live: [],
  };
  const gone = openTaskId !== undefined && !tasks.has(openTaskId) && message.facts.olderTasks === 0;
  return withoutLostChain(gone ? open(next, undefined) : next, state);
}

function receiveChanges(state: PanelState, sequence: number, changes: readonly Change[]): PanelState {
  if (state.connection !== 'live' || sequence <= state.sequence) {
    return state;
  }
  if (sequence !== state.sequence + 1) {
    return { ...state, connection: 'lost' };
  }
  const tasks = new Map(state.tasks);
  const approvals = new Map(state.approvals);
  const chains = new Map(state.chains);
  let { facts } = state;
  let { profile } = state.navigation;
  for (const change of changes) {
    switch (change.kind) {
      case 'task':
        tasks.set(change.task.id, change.task);
        break;
      case 'approval':
        approvals.set(change.approval.id, change.approval);
        break;
      case 'approvalRemoved':
        approvals.delete(change.approvalId);
        break;
      case 'chain':
        chains.set(change.chain.id, change.chain);
        break;
      case 'chainRemoved':
        chains.delete(change.chainId);
        break;
      case 'facts':
        // The extension's word on the profile replaces what was picked here.
        profile = change.facts.selectedProfile === facts?.selectedProfile ? profile : undefined;
        facts = change.facts;
        break;
    }
  }
  const kinds = new Set(changes.map(change => change.kind));
  const touched = (...names: Change['kind'][]): boolean => names.some(name => kinds.has(name));
  const next: PanelState = {
    ...state,
    sequence,
    tasks: touched('task') ? tasks : state.tasks,
    approvals: touched('approval', 'approvalRemoved') ? approvals : state.approvals,
    chains: touched('chain', 'chainRemoved') ? chains : state.chains,
    facts,
    navigation: profile === state.navigation.profile ? state.navigation : { ...state.navigation, profile },
  };
  return withoutLostChain(next, state);
}

function receiveTranscriptChange(
  state: PanelState,
  message: Extract<ToWebview, { type: 'transcriptChanged' }>,
): PanelState {
  const next = forOpenTask(state, message.taskId, message.thread, thread =>
    withChangedItems(thread, message.total, message.items),
  );
  if (next === state || (message.thread ?? MAIN_THREAD) !== MAIN_THREAD) {
    return next;
  }
  // Only an item that is new ends a live block: one that merely changed ended its block before.
  const before = state.threads.get(MAIN_THREAD)?.total ?? 0;
  const added = message.items.filter(({ index }) => index >= before);
  const live = added.reduce((blocks, { item }) => withoutFinished(blocks, item), state.live);
  return live === state.live ? next : { ...next, live };
}

/** A task of the open chain is opened in front of it; any other in its place. */
function open(state: PanelState, taskId: string | undefined): PanelState {
  const { openChainId, openTaskId } = state.navigation;
  const keepsChain =
    taskId !== undefined &&
    openChainId !== undefined &&
    (state.chains.get(openChainId)?.taskIds.includes(taskId) ?? true);
  const next = keepsChain ? state : withoutChain(state);
  return taskId === openTaskId ? next : withTask(next, taskId);
}

function withTask(state: PanelState, taskId: string | undefined): PanelState {
  return {
    ...state,
    detail: undefined,
    threads: new Map(),
    live: [],
    navigation: { ...state.navigation, openTaskId: taskId, tab: 'transcript', follow: true },
  };
}

function openChain(state: PanelState, chainId: string, stepId: string | undefined): PanelState {
  const next = state.navigation.openTaskId === undefined ? state : withTask(state, undefined);
  const { openChainId, openStepId } = next.navigation;
  if (chainId === openChainId && stepId === openStepId) {
    return next;
  }
  return {
    ...next,
    chainDetail: chainId === openChainId ? next.chainDetail : undefined,
    navigation: { ...next.navigation, openChainId: chainId, openStepId: stepId },
  };
}

function back(state: PanelState): PanelState {
  const { openTaskId, openChainId } = state.navigation;
  if (openTaskId !== undefined) {
    return withTask(state, undefined);
  }
  const outer = state.chains.get(openChainId ?? '')?.parentId;
  return outer !== undefined && state.chains.has(outer) ? openChain(state, outer, undefined) : withoutChain(state);
}

function withoutChain(state: PanelState): PanelState {
  return state.navigation.openChainId === undefined
    ? state
    : {
        ...state,
        chainDetail: undefined,
        navigation: { ...state.navigation, openChainId: undefined, openStepId: undefined },
      };
}

/** A chain that was there and is not any more is not open either. */
function withoutLostChain(state: PanelState, before: PanelState): PanelState {
  const { openChainId } = state.navigation;
  const gone = openChainId !== undefined && before.chains.has(openChainId) && !state.chains.has(openChainId);
  return gone ? withoutChain(state) : state;
}

function reveal(state: PanelState, target: RevealTarget): PanelState {
  const revealed: PanelState = { ...state, reveal: { target, number: (state.reveal?.number ?? 0) + 1 } };
  switch (target.kind) {
    case 'task':
      return open(revealed, target.taskId);
    case 'chain':
      return openChain(revealed, target.chainId, undefined);
    case 'list':
      return open(revealed, undefined);
    case 'compose':
      return withDraft(open(revealed, undefined), target.text);
    case 'approval': {
      // A card is shown in its task or its chain when that is open, else in the inbox.
      const { openTaskId, openChainId } = state.navigation;
      const card = state.approvals.get(target.approvalId);
      const isInSight =
        openTaskId === undefined && openChainId !== undefined
          ? card?.chainId === openChainId
          : card?.taskId === openTaskId;
      return isInSight ? revealed : open(revealed, undefined);
    }
  }
}

function withDraft(state: PanelState, text: string | undefined): PanelState {
  if (text === undefined || text === '') {
    return state;
  }
  const { draft } = state.navigation;
  const joined = draft.trim() === '' ? text : `${draft}\n${text}`;
  return { ...state, navigation: { ...state.navigation, draft: joined } };
}

function forOpenTask(
  state: PanelState,
  taskId: string,
  thread: string | undefined,
  change: (thread: Thread) => Thread,
): PanelState {
  return taskId === state.navigation.openTaskId ? withThread(state, thread ?? MAIN_THREAD, change) : state;
}

function withThread(state: PanelState, key: string, change: (thread: Thread) => Thread): PanelState {
  const threads = new Map(state.threads);
  threads.set(key, change(threads.get(key) ?? emptyThread));
  return { ...state, threads };
}
