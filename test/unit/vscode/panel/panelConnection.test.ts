import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../../src/app/panelServices.ts';
import { Emitter } from '../../../../src/base/event.ts';
import { type ToWebview, toWebviewSchema } from '../../../../src/protocol/toWebview.ts';
import { ApprovalCards } from '../../../../src/vscode/approvalCards.ts';
import { ChainPlans } from '../../../../src/vscode/panel/chainPlans.ts';
import { LiveTexts } from '../../../../src/vscode/panel/liveTexts.ts';
import type { PanelActions } from '../../../../src/vscode/panel/panelActions.ts';
import { PanelConnection } from '../../../../src/vscode/panel/panelConnection.ts';
import { PanelFactsSource } from '../../../../src/vscode/panelFactsSource.ts';
import { SETTLED_KEPT_MS } from '../../../../src/vscode/settledApprovals.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { memoryServices, text, toolEnded, toolStarted } from '../support/memoryServices.ts';
import { ada, anApproval, owner } from '../support/samples.ts';

const FRAME_MS = 16;

/** Lets everything that is due on this turn happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
  }
}

function view(options: { readonly withServices?: boolean } = {}) {
  const clock = new ManualClock(1_700_000_000_000);
  const memory = memoryServices(clock);
  const changedServices = new Emitter<void>();
  const notes: string[] = [];
  const posted: ToWebview[] = [];
  const asked: string[] = [];
  const liveTexts = new LiveTexts();
  liveTexts.follow(memory.services);
  let current: PanelServices | undefined = options.withServices === false ? undefined : memory.services;
  let taken: () => void = () => undefined;
  let isSlow = false;
  const facts = new PanelFactsSource({
    clock,
    services: () => current,
    startFailure: () => undefined,
    onDidChangeServices: changedServices.event,
    onDidChangeSurroundings: new Emitter<void>().event,
    folders: () => [{ name: 'project', path: '/work/project' }],
    isTrusted: () => true,
    isRehearsal: () => false,
    wantedProfiles: () => [],
    log: note => notes.push(note),
  });
  const record =
    (name: string) =>
    async (...given: unknown[]): Promise<void> =>
      void asked.push([name, ...given].join(' '));
  const actions: PanelActions = {
    startTask: async ({ prompt }) => ({ taskId: memory.newTask(prompt).id }),
    selectProfile: name => void asked.push(`selectProfile ${name}`),
    forkTask: record('fork'),
    chainAction: async () => undefined,
    rerunStep: record('rerunStep'),
    openStepOutput: record('openStepOutput'),
    openProposal: record('openProposal'),
    openChange: record('openChange'),
    openOutput: record('openOutput'),
    reviewChanges: record('reviewChanges'),
    undoChanges: record('undoChanges'),
    redoChanges: record('redoChanges'),
    forkFromBefore: record('forkFromBefore'),
    openLink: record('openLink'),
    runCommand: record('runCommand'),
  };
  const connection = new PanelConnection({
    surface: 'sidebar',
    post: message => {
      posted.push(toWebviewSchema.parse(structuredClone(message)));
      return isSlow ? new Promise<void>(resolve => (taken = resolve)) : Promise.resolve();
    },
    services: async () => memory.services,
    current: () => current,
    onDidChangeServices: changedServices.event,
    facts,
    cards: new ApprovalCards(clock),
    plans: new ChainPlans(),
    liveTexts,
    actions,
    clock,
    isWindowFocused: () => true,
    log: note => notes.push(note),
  });
  return {
    ...memory,
    connection,
    posted,
    notes,
    asked,
    clock,
    /** What was posted since the last time. */
    news: (): ToWebview[] => posted.splice(0),
    frame: async () => {
      clock.advance(FRAME_MS);
      await settle();
    },
    ready: async () => {
      await connection.receive({ type: 'ready', protocol: 1 });
      await settle();
      clock.advance(FRAME_MS);
      await settle();
    },
    arrive: async () => {
      current = memory.services;
      changedServices.fire();
      await settle();
    },
    beSlow: () => {
      isSlow = true;
      return () => {
        isSlow = false;
        taken();
      };
    },
  };
}

const of = <Type extends ToWebview['type']>(messages: readonly ToWebview[], type: Type) =>
  messages.filter((message): message is Extract<ToWebview, { type: Type }> => message.type === type);

describe('PanelConnection', () => {
  let panel: ReturnType<typeof view>;
  beforeEach(() => {
    panel = view();
  });
  afterEach(() => panel.connection.dispose());

  it('sends nothing before the page listens', async () => {
    panel.newTask('early');
    await panel.frame();
    expect(panel.posted).toEqual([]);
  });

  it('begins with the whole list', async () => {
    const { id } = panel.newTask('early');
    await panel.ready();
    const [snapshot] = of(panel.posted, 'snapshot');
    expect(snapshot).toMatchObject({ protocol: 1, surface: 'sidebar', sequence: 1, tasks: [{ id }], approvals: [] });
    expect(of(panel.posted, 'windowFocus')).toHaveLength(1);
  });

  it('tells all changes of a frame in one message, each thing once, numbered without gaps', async () => {
    await panel.ready();
    panel.news();
    const { id } = panel.newTask('one');
    panel.services.tasks.rename(id, 'renamed', panel.services.actor('panel'));
    panel.newTask('two');
    expect(panel.posted).toEqual([]);
    await panel.frame();
    panel.services.tasks.rename(id, 'again', panel.services.actor('panel'));
    await panel.frame();
    const changes = of(panel.news(), 'changes');
    expect(changes.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(changes[0]?.changes.filter(({ kind }) => kind === 'task')).toHaveLength(2);
    expect(changes[0]?.changes[0]).toMatchObject({ kind: 'task', task: { id, title: 'renamed' } });
  });

  it('waits with the next frame until VS Code has taken this one', async () => {
    await panel.ready();
    panel.news();
    const take = panel.beSlow();
    panel.newTask('one');
    await panel.frame();
    panel.newTask('two');
    panel.newTask('three');
    await panel.frame();
    await panel.frame();
    expect(of(panel.posted, 'changes')).toHaveLength(1);
    take();
    await settle();
    await panel.frame();
    expect(of(panel.news(), 'changes').map(({ changes }) => changes.length)).toEqual([1, 2]);
  });

  it('posts nothing to a hidden view and everything again when it is back', async () => {
    await panel.ready();
    panel.news();
    panel.connection.hide();
    panel.newTask('meanwhile');
    await panel.frame();
    expect(panel.posted).toEqual([]);
    await panel.ready();
    expect(of(panel.posted, 'snapshot')[0]?.tasks).toHaveLength(1);
  });

  it('sends the whole list again when the page missed a message', async () => {
    await panel.ready();
    await panel.connection.receive({ type: 'resync' });
    expect(of(panel.posted, 'snapshot').map(({ sequence }) => sequence)).toHaveLength(2);
  });

  it.each([
    ['no object', 'hello'],
    ['an unknown type', { type: 'evil' }],
    ['a missing field', { type: 'stop' }],
    ['a huge text', { type: 'selectProfile', profile: 'x'.repeat(1000) }],
    ['a foreign command', { type: 'command', requestId: '1', command: 'workbench.action.quit' }],
  ])('notes and does not obey a message with %s', async (_what, message) => {
    await panel.ready();
    panel.news();
    await panel.connection.receive(message);
    expect(panel.notes).toHaveLength(1);
    expect(panel.news().filter(({ type }) => type !== 'reply')).toEqual([]);
    expect(panel.asked).toEqual([]);
  });

  it('answers a request with what came of it, or with the failure and its remedy', async () => {
    await panel.ready();
    panel.news();
    await panel.connection.receive({ type: 'runTask', requestId: 'r1', prompt: 'go', profile: 'safe' });
    const missing = { type: 'taskAction', requestId: 'r2', taskId: 'none', action: 'stop' };
    await panel.connection.receive(missing);
    expect(of(panel.posted, 'reply')).toMatchObject([
      { requestId: 'r1', taskId: expect.any(String) },
      { requestId: 'r2', failure: { family: 'task', reason: 'unknownTask', remedy: expect.any(String) } },
    ]);
  });

  it('refuses a request that does not fit the protocol at once, and answers nothing that is no request', async () => {
    await panel.ready();
    panel.news();
    const tooLong = 'x'.repeat(200_001);
    await panel.connection.receive({ type: 'runTask', requestId: 'r1', prompt: tooLong, profile: 'safe' });
    await panel.connection.receive({ type: 'nope', requestId: 'r2' });
    await panel.connection.receive({ type: 'nope' });
    await panel.connection.receive({ type: 'nope', requestId: { toString: 'no text' } });
    expect(of(panel.posted, 'reply')).toMatchObject([
      { requestId: 'r1', failure: { reason: 'notUnderstood', detail: 'What does not fit is prompt.' } },
      { requestId: 'r2', failure: { reason: 'notUnderstood', detail: 'What does not fit is type.' } },
    ]);
    expect(panel.notes).toHaveLength(4);
  });

  it('keeps a task that is run again, or spoken to after its end, for its own window', async () => {
    const { id } = panel.newTask('go');
    const turn = { model: 'm', permissionMode: 'default', apiKeySource: 'none', cliVersion: '2.0.0', mcpServers: [] };
    panel.say(
      id,
      { type: 'claude-panel.task.starting', data: { owner, sessionId: 's1', resumes: false } },
      { type: 'claude-panel.task.turnStarted', data: { sessionId: 's1', ...turn } },
      { type: 'claude-panel.task.succeeded', data: { result: 'done' } },
    );
    await panel.ready();
    await panel.connection.receive({ type: 'taskAction', requestId: 'r1', taskId: id, action: 'runAgain' });
    await panel.connection.receive({ type: 'sendMessage', requestId: 'r2', taskId: id, text: 'And now?' });
    const [again, message] = of(panel.posted, 'reply');
    const { tasks } = panel.services;
    expect(tasks.get(again?.taskId ?? '').reservedFor).toBe(ada.hostId);
    expect(message?.failure).toBeUndefined();
    expect(tasks.get(id)).toMatchObject({ status: { state: 'queued' }, reservedFor: ada.hostId });
  });

  it('tells the view to forget a question some seconds after it was settled', async () => {
    const { ready, news, frame, newTask, services, clock } = view();
    const { id } = newTask('go');
    await ready();
    const approval = anApproval({ taskId: id });
    services.log.append([{ subject: id, facts: [{ type: 'claude-panel.approval.requested', data: { approval } }] }]);
    services.approvals.answer('a1', { choice: 'deny' }, ada);
    await frame();
    const removals = () =>
      of(news(), 'changes').flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'approvalRemoved'));
    expect(removals()).toEqual([]);
    clock.advance(SETTLED_KEPT_MS);
    await frame();
    expect(removals()).toEqual([{ kind: 'approvalRemoved', approvalId: 'a1' }]);
  });

  it('shows a question with its card, and who answered it', async () => {
    await panel.ready();
    const { id } = panel.newTask('one');
    const approval = anApproval({ taskId: id });
    panel.services.log.append([
      { subject: id, facts: [{ type: 'claude-panel.approval.requested', data: { approval } }] },
    ]);
    await panel.frame();
    panel.news();
    await panel.connection.receive({
      type: 'answerApproval',
      requestId: 'r',
      approvalId: 'a1',
      answer: { choice: 'deny', message: 'not now' },
    });
    await panel.frame();
    expect(of(panel.posted, 'changes')[0]?.changes).toContainEqual(
      expect.objectContaining({
        kind: 'approval',
        approval: expect.objectContaining({
          status: expect.objectContaining({ state: 'answered', by: 'ada, in the panel', choice: 'deny' }),
        }),
      }),
    );
  });

  it('tells of the open task only, in detail and in pages by thread', async () => {
    const { id } = panel.newTask('one');
    const other = panel.newTask('two');
    await panel.ready();
    panel.say(id, text('a'), toolStarted('agent', 'Task'), text('inner', 'agent'), text('b'));
    panel.say(other.id, text('x'));
    await panel.connection.receive({ type: 'openTask', taskId: id });
    await panel.frame();
    panel.news();
    await panel.connection.receive({ type: 'getTranscript', taskId: id, from: 1, count: 10 });
    await panel.connection.receive({ type: 'getTranscript', taskId: id, thread: 'agent', from: 0, count: 10 });
    const [main, thread] = of(panel.news(), 'transcriptPage');
    expect(main).toMatchObject({
      from: 1,
      total: 4,
      items: [{ text: 'a' }, { toolUseId: 'agent', nested: 1 }, { text: 'b' }],
    });
    expect(thread).toMatchObject({ thread: 'agent', total: 1, items: [{ text: 'inner' }] });

    panel.say(other.id, text('y'));
    panel.say(id, text('inner 2', 'agent'), text('c'));
    await panel.frame();
    expect(of(panel.news(), 'transcriptChanged')).toMatchObject([
      { thread: 'agent', total: 2, items: [{ index: 1, item: { text: 'inner 2' } }] },
      {
        total: 5,
        items: [
          { index: 4, item: { text: 'c' } },
          { index: 2, item: { toolUseId: 'agent', nested: 2 } },
        ],
      },
    ]);
  });

  it('replaces a call at its place when it ends, and counts the calls of each tool', async () => {
    const { id } = panel.newTask('one');
    panel.say(id, toolStarted('u1', 'Bash'));
    await panel.ready();
    await panel.connection.receive({ type: 'openTask', taskId: id });
    await panel.frame();
    panel.news();
    panel.say(id, toolEnded('u1'));
    await panel.frame();
    const messages = panel.news();
    expect(of(messages, 'transcriptChanged')).toMatchObject([{ items: [{ index: 1, item: { status: 'ok' } }] }]);
    await panel.connection.receive({ type: 'openTask', taskId: id });
    await panel.frame();
    expect(of(panel.news(), 'detail').at(-1)?.detail.tools).toMatchObject([{ name: 'Bash', calls: 1 }]);
  });

  it('sends text being written before the whole text that replaces it, and joins its pieces', async () => {
    const { id } = panel.newTask('one');
    await panel.ready();
    await panel.connection.receive({ type: 'openTask', taskId: id });
    await panel.frame();
    panel.news();
    for (const piece of ['Hel', 'lo']) {
      panel.live.fire({ kind: 'part', taskId: id, messageId: 'm', blockIndex: 0, part: 'text', text: piece });
    }
    panel.live.fire({ kind: 'part', taskId: 'other', messageId: 'x', blockIndex: 0, part: 'text', text: 'no' });
    panel.say(id, text('Hello'));
    await panel.frame();
    const messages = panel.news().filter(({ type }) => type === 'live' || type === 'transcriptChanged');
    expect(messages).toMatchObject([{ type: 'live', parts: [{ text: 'Hello' }] }, { type: 'transcriptChanged' }]);
  });

  it('takes back text that was cut off', async () => {
    const { id } = panel.newTask('one');
    await panel.ready();
    await panel.connection.receive({ type: 'openTask', taskId: id });
    await panel.frame();
    panel.news();
    panel.live.fire({ kind: 'part', taskId: id, messageId: 'm', blockIndex: 0, part: 'text', text: 'Hel' });
    panel.live.fire({ kind: 'discarded', taskId: id, messageId: 'm' });
    await panel.frame();
    expect(of(panel.news(), 'live')).toEqual([{ type: 'live', taskId: id, parts: [], discarded: ['m'] }]);
  });

  it('sends what is being written from its beginning when the task is opened in the middle of it', async () => {
    const { id } = panel.newTask('one');
    const write = (piece: string): void =>
      panel.live.fire({ kind: 'part', taskId: id, messageId: 'm', blockIndex: 0, part: 'text', text: piece });
    await panel.ready();
    write('Hel');
    await panel.connection.receive({ type: 'openTask', taskId: id });
    write('lo');
    await panel.frame();
    const [live, ...others] = of(panel.news(), 'live');
    expect(live).toMatchObject({ whole: true, parts: [{ text: 'Hello' }] });
    expect(others).toEqual([]);
    write(' there');
    await panel.frame();
    expect(of(panel.news(), 'live')).toMatchObject([{ parts: [{ text: ' there' }] }]);
  });

  it('pages through older tasks and says how many are left', async () => {
    const unfinished = panel.newTask('waits since long');
    for (let count = 0; count < 305; count += 1) {
      panel.services.tasks.stop(panel.newTask(`task ${count}`).id, panel.services.actor('panel'));
    }
    await panel.ready();
    const [snapshot] = of(panel.news(), 'snapshot');
    expect(snapshot?.tasks).toHaveLength(201);
    expect(snapshot?.tasks.at(-1)?.id).toBe(unfinished.id);
    expect(snapshot?.facts.olderTasks).toBe(106);
    const oldest = Math.min(...(snapshot?.tasks.map(({ created }) => created) ?? []));
    await panel.connection.receive({ type: 'getOlderTasks', before: oldest });
    await panel.frame();
    const changes = of(panel.news(), 'changes').flatMap(message => message.changes);
    expect(changes.filter(({ kind }) => kind === 'task')).toHaveLength(100);
    expect(changes.find(({ kind }) => kind === 'facts')).toMatchObject({ facts: { olderTasks: 6 } });
  });

  it('shows a task that the page does not know before it reveals it', async () => {
    await panel.ready();
    panel.news();
    const { id } = panel.newTask('one');
    panel.connection.reveal({ kind: 'task', taskId: id });
    await settle();
    expect(panel.news().map(({ type }) => type)).toEqual(['changes', 'reveal']);
  });

  it('reveals what was asked for as soon as the page listens', async () => {
    panel.connection.reveal({ kind: 'compose', text: 'hello' });
    expect(panel.posted).toEqual([]);
    await panel.ready();
    expect(of(panel.posted, 'reveal')).toEqual([{ type: 'reveal', target: { kind: 'compose', text: 'hello' } }]);
  });

  it('notes what the page reports about itself', async () => {
    await panel.connection.receive({ type: 'problem', text: 'policy violation' });
    expect(panel.notes).toEqual(['The view reports: policy violation']);
  });
});

describe('PanelConnection without services', () => {
  it('shows an empty panel, and the tasks as soon as there are services', async () => {
    const panel = view({ withServices: false });
    panel.newTask('from before');
    await panel.ready();
    expect(of(panel.news(), 'snapshot')[0]).toMatchObject({ tasks: [], facts: { hasFolder: true } });
    await panel.arrive();
    expect(of(panel.news(), 'snapshot')[0]?.tasks).toHaveLength(1);
  });
});
