import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToWebview } from '../../../../src/protocol/toWebview.ts';
import type { TranscriptItem } from '../../../../src/protocol/transcriptView.ts';
import { MAIN_THREAD, type PanelState, startState } from '../../../../src/webview/state/panelState.ts';
import { type PanelAction, reducePanel } from '../../../../src/webview/state/reducePanel.ts';
import { itemAt } from '../../../../src/webview/state/thread.ts';
import { approval, chain, chainDetail, changes, detailMessage, facts, snapshot, task } from '../samples.ts';

function stateAfter(...steps: (ToWebview | PanelAction)[]): PanelState {
  return continued(startState(), ...steps);
}

function continued(state: PanelState, ...steps: (ToWebview | PanelAction)[]): PanelState {
  return steps.reduce((each, step) => reducePanel(each, asAction(step)), state);
}

function asAction(step: ToWebview | PanelAction): PanelAction {
  return ['received', 'openTask', 'openChain', 'back', 'navigate', 'followUp', 'pagesAsked'].includes(step.type)
    ? (step as PanelAction)
    : { type: 'received', message: step as ToWebview };
}

const open = (taskId: string | undefined): PanelAction => ({ type: 'openTask', taskId });
const text = (id: string, messageId = 'm1'): TranscriptItem => ({ kind: 'text', id, at: 0, text: id, messageId });
const live = (words: string, taskId = 'a'): ToWebview => ({
  type: 'live',
  taskId,
  discarded: [],
  parts: [{ messageId: 'm1', blockIndex: 0, kind: 'text', text: words }],
});

describe('snapshot and changes', () => {
  it('shows what the snapshot holds', () => {
    const state = stateAfter(snapshot({ tasks: [task('a')], approvals: [approval('x')] }));
    expect([state.connection, [...state.tasks.keys()], [...state.approvals.keys()]]).toEqual(['live', ['a'], ['x']]);
  });

  it('applies changes in order', () => {
    const state = stateAfter(
      snapshot({ tasks: [task('a'), task('b')] }),
      changes(11, { kind: 'task', task: task('a', { title: 'New' }) }),
      changes(12, { kind: 'approval', approval: approval('x') }),
      changes(13, { kind: 'approvalRemoved', approvalId: 'x' }, { kind: 'facts', facts: facts({ todayUsd: 9 }) }),
    );
    expect([...state.tasks.values()].map(({ title }) => title)).toEqual(['New', task('b').title]);
    expect([state.approvals.size, state.facts?.todayUsd, state.sequence]).toEqual([0, 9, 13]);
  });

  it('notices a missing message and shows nothing new until the next snapshot', () => {
    const lost = stateAfter(snapshot(), changes(12, { kind: 'task', task: task('a') }));
    expect([lost.connection, lost.tasks.size]).toEqual(['lost', 0]);
    const later = continued(lost, changes(13, { kind: 'task', task: task('b') }));
    expect(later.tasks.size).toBe(0);
    expect(continued(later, snapshot({ sequence: 20, tasks: [task('b')] })).connection).toBe('live');
  });

  it('ignores a message that it had already', () => {
    const state = stateAfter(
      snapshot(),
      changes(10, { kind: 'task', task: task('a') }),
      changes(3, { kind: 'task', task: task('a') }),
    );
    expect([state.connection, state.tasks.size]).toEqual(['live', 0]);
  });

  it('leaves untouched parts as they are, so that nobody draws them again', () => {
    const before = stateAfter(snapshot({ tasks: [task('a')], approvals: [approval('x')] }));
    const next = continued(before, changes(11, { kind: 'approval', approval: approval('y') }));
    expect([next.tasks === before.tasks, next.navigation === before.navigation]).toEqual([true, true]);
  });

  it('notices an extension of another version', () => {
    expect(stateAfter({ ...snapshot(), protocol: 99 } as ToWebview).protocolMismatch).toBe(true);
  });

  it('forgets the profile picked here once the extension says which one is selected', () => {
    const picked = stateAfter(snapshot(), { type: 'navigate', change: { profile: 'speed' } });
    const same = continued(picked, changes(11, { kind: 'facts', facts: facts({ todayUsd: 2 }) }));
    const other = continued(same, changes(12, { kind: 'facts', facts: facts({ selectedProfile: 'safe' }) }));
    expect([same.navigation.profile, other.navigation.profile]).toEqual(['speed', undefined]);
  });
});

describe('the open task', () => {
  const opened = stateAfter(snapshot({ tasks: [task('a'), task('b')] }), open('a'));

  it('takes its detail and no other', () => {
    expect(continued(opened, detailMessage('b')).detail).toBeUndefined();
    expect(continued(opened, detailMessage('a')).detail?.id).toBe('a');
  });

  it('starts clean when another one is opened', () => {
    const busy = continued(opened, detailMessage('a'), live('Hi'), {
      type: 'transcriptPage',
      taskId: 'a',
      from: 0,
      total: 1,
      items: [text('1')],
    });
    const other = continued(busy, open('b'));
    expect([other.detail, other.threads.size, other.live]).toEqual([undefined, 0, []]);
    expect(other.navigation).toMatchObject({ openTaskId: 'b', tab: 'transcript', follow: true });
  });

  it('stays as it is when it is opened again', () => {
    expect(reducePanel(opened, open('a'))).toBe(opened);
  });

  it('stays open while others change, even before its own summary is here', () => {
    const early = stateAfter(snapshot({ tasks: [] }), open('new'), changes(11, { kind: 'task', task: task('b') }));
    expect(early.navigation.openTaskId).toBe('new');
  });

  it('stays open over a snapshot that holds only newer tasks, and closes when it is gone', () => {
    const older = continued(opened, snapshot({ tasks: [task('b')], olderTasks: 5 }));
    expect([older.navigation.openTaskId, older.tasks.has('a')]).toEqual(['a', true]);
    expect(continued(opened, snapshot({ tasks: [task('b')] })).navigation.openTaskId).toBeUndefined();
  });

  it('fetches everything again after a resync, and shows the old meanwhile', () => {
    const page: ToWebview = { type: 'transcriptPage', taskId: 'a', from: 0, total: 1, items: [text('1')] };
    const state = continued(opened, page, live('Hi'), snapshot({ tasks: [task('a')] }));
    const thread = state.threads.get(MAIN_THREAD);
    expect([thread && itemAt(thread, 0)?.id, thread?.pages.get(0)?.stale, state.live]).toEqual(['1', true, []]);
  });
});

describe('live text', () => {
  const opened = stateAfter(snapshot({ tasks: [task('a')] }), open('a'), {
    type: 'transcriptPage',
    taskId: 'a',
    from: 0,
    total: 1,
    items: [text('0', 'm0')],
  });
  const changed = (index: number, total: number, item: TranscriptItem, thread?: string): ToWebview => ({
    type: 'transcriptChanged',
    taskId: 'a',
    total,
    items: [{ index, item }],
    ...(thread === undefined ? {} : { thread }),
  });

  it('is of the open task only', () => {
    expect(continued(opened, live('Hi', 'b')).live).toEqual([]);
  });

  it('is replaced by what begins at the beginning', () => {
    const state = continued(opened, live('lo'), { ...live('Hello'), whole: true } as ToWebview, live(' there'));
    expect(state.live.map(block => block.text)).toEqual(['Hello there']);
  });

  it('gives way to the whole item', () => {
    const state = continued(opened, live('Hel'), changed(1, 2, text('1')));
    expect(state.live).toEqual([]);
    expect(state.threads.get(MAIN_THREAD)?.total).toBe(2);
  });

  it('stays when an item that is already there merely changes', () => {
    expect(continued(opened, live('Hel'), changed(0, 1, text('0'))).live).toHaveLength(1);
  });

  it('stays when a sub-agent says something', () => {
    const state = continued(opened, live('Hel'), changed(0, 1, text('s'), 'use1'));
    expect([state.live.length, state.threads.get('use1')?.total]).toEqual([1, 1]);
  });
});

describe('what the extension asks to show', () => {
  const list = stateAfter(snapshot({ tasks: [task('a')], approvals: [approval('x', { taskId: 'a' })] }));
  const reveal = (target: Extract<ToWebview, { type: 'reveal' }>['target']): ToWebview => ({ type: 'reveal', target });

  it('opens the task, or goes back to the list', () => {
    const opened = continued(list, reveal({ kind: 'task', taskId: 'a' }));
    expect(opened.navigation.openTaskId).toBe('a');
    expect(continued(opened, reveal({ kind: 'list' })).navigation.openTaskId).toBeUndefined();
  });

  it('shows a request where the person is, if it is there', () => {
    const inTask = continued(list, open('a'), reveal({ kind: 'approval', approvalId: 'x' }));
    const elsewhere = continued(list, open('b'), reveal({ kind: 'approval', approvalId: 'x' }));
    expect([inTask.navigation.openTaskId, elsewhere.navigation.openTaskId]).toEqual(['a', undefined]);
  });

  it('never throws away what was being written', () => {
    const written = continued(list, { type: 'navigate', change: { draft: 'mine' } });
    const shown = continued(written, reveal({ kind: 'compose', text: 'theirs' }));
    expect(shown.navigation.draft).toBe('mine\ntheirs');
    expect(continued(list, reveal({ kind: 'compose', text: 'theirs' })).navigation.draft).toBe('theirs');
  });

  it('tells two equal wishes apart', () => {
    const twice = continued(list, reveal({ kind: 'list' }), reveal({ kind: 'list' }));
    expect(twice.reveal?.number).toBe(2);
  });
});

describe('any messages in any order', () => {
  it('never break the state', () => {
    const message = fc.constantFrom<ToWebview | PanelAction>(
      snapshot({ tasks: [task('a'), task('b')] }),
      snapshot({ sequence: 3 }),
      changes(4, { kind: 'task', task: task('a') }),
      changes(11, { kind: 'approvalRemoved', approvalId: 'x' }),
      changes(12, { kind: 'approval', approval: approval('x') }),
      detailMessage('a'),
      live('Hi'),
      { type: 'transcriptPage', taskId: 'a', from: 100, total: 50, items: [text('9')] },
      { type: 'transcriptChanged', taskId: 'a', total: 0, items: [{ index: 3, item: text('3') }] },
      { type: 'transcriptChanged', taskId: 'a', thread: 't', total: 4, items: [{ index: 3, item: text('3') }] },
      { type: 'reveal', target: { kind: 'approval', approvalId: 'nobody' } },
      { type: 'windowFocus', focused: false },
      { type: 'reply', requestId: 'r' },
      open('a'),
      open(undefined),
      { type: 'followUp', taskId: 'a', text: 'more' },
      { type: 'pagesAsked', thread: '', pages: [0, 7] },
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 40 }), steps => {
        const state = stateAfter(...steps);
        const { openTaskId } = state.navigation;
        if (openTaskId === undefined) {
          expect([state.detail, state.live.length]).toEqual([undefined, 0]);
        }
        expect(Number.isInteger(state.sequence)).toBe(true);
      }),
    );
  });
});

describe('the open chain', () => {
  const begun = snapshot({ tasks: [task('a'), task('b')], chains: [chain('c', { taskIds: ['a'] }), chain('d')] });
  const openC: PanelAction = { type: 'openChain', chainId: 'c', stepId: 'review' };
  const where = ({ navigation }: PanelState): unknown[] => [
    navigation.openChainId,
    navigation.openStepId,
    navigation.openTaskId,
  ];

  it('takes its own detail and no other', () => {
    const opened = stateAfter(begun, openC);
    expect(continued(opened, { type: 'chainDetail', detail: chainDetail('d') }).chainDetail).toBeUndefined();
    expect(continued(opened, { type: 'chainDetail', detail: chainDetail('c') }).chainDetail?.id).toBe('c');
  });

  it('keeps its detail when another step of it is chosen', () => {
    const opened = stateAfter(begun, openC, { type: 'chainDetail', detail: chainDetail('c') });
    const other = continued(opened, { type: 'openChain', chainId: 'c', stepId: 'gate' });
    expect([other.chainDetail?.id, ...where(other)]).toEqual(['c', 'c', 'gate', undefined]);
  });

  it('stands behind a task of it, and is gone behind any other', () => {
    expect(where(stateAfter(begun, openC, open('a')))).toEqual(['c', 'review', 'a']);
    expect(where(stateAfter(begun, openC, open('a'), { type: 'back' }))).toEqual(['c', 'review', undefined]);
    expect(where(stateAfter(begun, openC, open('b')))).toEqual([undefined, undefined, 'b']);
    expect(where(stateAfter(begun, openC, { type: 'back' }))).toEqual([undefined, undefined, undefined]);
  });

  it('leads back to the chain whose step started it', () => {
    const nested = snapshot({ chains: [chain('outer'), chain('inner', { parentId: 'outer' })] });
    const opened = stateAfter(nested, { type: 'openChain', chainId: 'inner' });
    expect(where(continued(opened, { type: 'back' }))[0]).toBe('outer');
    expect(where(continued(opened, { type: 'back' }, { type: 'back' }))[0]).toBeUndefined();
  });

  it('takes the place of an open task', () => {
    expect(where(stateAfter(begun, open('b'), openC))).toEqual(['c', 'review', undefined]);
    const revealed = stateAfter(begun, open('b'), { type: 'reveal', target: { kind: 'chain', chainId: 'd' } });
    expect(where(revealed)).toEqual(['d', undefined, undefined]);
  });

  it('changes and goes with the list', () => {
    const opened = stateAfter(begun, openC);
    const later = continued(opened, changes(11, { kind: 'chain', chain: chain('c', { stepsDone: 2 }) }));
    expect(later.chains.get('c')?.stepsDone).toBe(2);
    expect(where(continued(later, changes(12, { kind: 'chainRemoved', chainId: 'c' })))[0]).toBeUndefined();
    expect(where(continued(opened, snapshot({ sequence: 20 })))[0]).toBeUndefined();
  });

  it('stays when one of its questions is shown, and gives way to those of others', () => {
    const asked = [approval('gate', { chainId: 'c' }), approval('else')];
    const opened = stateAfter(snapshot({ chains: [chain('c')], approvals: asked }), openC);
    const shown = (approvalId: string): PanelState =>
      continued(opened, { type: 'reveal', target: { kind: 'approval', approvalId } });
    expect([where(shown('gate'))[0], where(shown('else'))[0]]).toEqual(['c', undefined]);
  });
});
