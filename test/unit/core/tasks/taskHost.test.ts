import { describe, expect, it } from 'vitest';
import type { ClaudeAsk } from '../../../../src/core/claude/claudeAsk.ts';
import { type ToolEntry, toolEntryId, workedMs } from '../../../../src/core/tasks/transcript.ts';
import {
  ada,
  bash,
  clock,
  create,
  desk,
  log,
  newHost,
  only,
  running,
  service,
  sessions,
  settled,
  stateOf,
} from './hostStage.ts';

describe('TaskHost', () => {
  it('gives no automatic yes to a call that needs a person', async () => {
    await newHost().start();
    const base = create();
    log.append([{ subject: base.id, facts: [{ type: 'claude-panel.task.stopped', data: { by: ada, leftOver: 0 } }] }]);
    const task = service.create({ ...base, unattended: 'allow' }, ada);
    const session = await running(task);
    session.asks.fire({ ...bash, requestId: 'free' } as ClaudeAsk);
    session.asks.fire({ ...bash, requestId: 'bound', requiresUser: true } as ClaudeAsk);
    expect(session.answers.map(({ requestId, answer }) => [requestId, answer.behavior])).toEqual([
      ['free', 'allow'],
      ['bound', 'deny'],
    ]);
  });

  it('tells how full the conversation is when a turn has ended', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.contextUsage = () => Promise.resolve({ tokens: 300, window: 1000 });
    session.endTurn();
    await settled();
    expect(service.get(task.id)).toMatchObject({ contextTokens: 300, contextWindow: 1000 });
  });

  it('says why a process was given up, not how it ended', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    const gaveUp = { family: 'claude', reason: 'outputClosed', message: 'It closed its output.' };
    session.events.fire({ type: 'exited', code: 143, signal: null, stderrTail: '', gaveUp });
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'failed', failure: gaveUp });
  });

  it('runs a task from the queue to its result', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    expect(session.sent.map(({ text }) => text)).toEqual(['Add a health endpoint']);
    expect(stateOf(task)).toBe('running');
    session.endTurn('It is there.');
    session.idle();
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'succeeded', result: 'It is there.' });
    expect(session.closed).toBe(true);
  });

  it('tells nothing of a run after its final state', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    const late = Promise.withResolvers<{ tokens: number; window: number }>();
    session.contextUsage = () => late.promise;
    session.endTurn();
    session.idle();
    late.resolve({ tokens: 5, window: 100 });
    await settled();
    expect(log.events({ after: 0, limit: 100 }).at(-1)?.type).toBe('claude-panel.task.succeeded');
  });

  it('keeps a task running over its first result while more follows', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.endTurn('First.');
    await settled();
    expect(stateOf(task)).toBe('running');
    session.turn();
    session.endTurn('Second.');
    session.idle();
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'succeeded', result: 'Second.' });
  });

  it('runs no more tasks at once than the limit, oldest first', async () => {
    await newHost('window', { maxParallel: 1 }).start();
    const first = create('first');
    const second = create('second');
    const session = await running(first);
    expect(stateOf(second)).toBe('queued');
    session.endTurn();
    session.idle();
    await settled();
    expect([stateOf(first), stateOf(second)]).toEqual(['succeeded', 'starting']);
  });

  it('asks a person, waits, and tells Claude Code the answer', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    expect(stateOf(task)).toBe('waiting');
    const approval = log.approvals.pending()[0];
    desk.answer(approval?.id ?? '', { choice: 'allowOnce' }, ada);
    expect(session.answers).toEqual([
      { requestId: 'r1', answer: { behavior: 'allow', updatedInput: { command: 'npm test' } } },
    ]);
    expect(stateOf(task)).toBe('running');
  });

  it('tells with the end of a call how long it waited for a person', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    const { toolUseId, toolName: name, input } = bash;
    session.events.fire({ type: 'toolStarted', messageId: 'm', toolUseId, name, input });
    await settled();
    clock.advance(1000);
    session.asks.fire(bash);
    await settled();
    clock.advance(8000);
    desk.answer(service.get(task.id).pendingApprovals[0]?.id ?? '', { choice: 'allowOnce' }, ada);
    clock.advance(500);
    session.events.fire({ type: 'toolEnded', toolUseId, isError: false, output: 'ok' });
    await settled();
    const entry = log.tasks.transcriptEntry(task.id, toolEntryId(toolUseId)) as ToolEntry;
    expect([entry.waitedMs, workedMs(entry)]).toEqual([8000, 1500]);
  });

  it('starts an MCP server that failed again, tells what became of it, and says when it cannot', async () => {
    await newHost().start();
    const lab = { type: 'stdio', command: 'lab' };
    const task = service.create(
      {
        prompt: 'Use the lab',
        cwd: '/ws',
        profile: { ...create().profile, mcpServers: { lab } },
        limits: {},
        rehearsal: false,
        unattended: 'ask',
      },
      ada,
    );
    const session = await running(task);
    session.servers = [{ name: 'lab', status: 'failed' }];
    service.reconnectServer(task.id, 'lab', ada);
    await settled();
    expect(service.get(task.id).mcpServers).toEqual([{ name: 'lab', status: 'connected' }]);
    service.reconnectServer(task.id, 'other', ada);
    await settled();
    const { entries } = log.tasks.transcript(task.id, { from: 0, count: 100 });
    expect(entries.at(-1)).toMatchObject({ kind: 'notice', level: 'warning' });
    session.endTurn();
    session.idle();
    await settled();
    expect(() => service.reconnectServer(task.id, 'lab', ada)).toThrow('not possible while the task is succeeded');
  });

  it('denies a question that nobody answers in time, says why, and takes no yes after that', async () => {
    await newHost('window', { deadlineMs: 60_000 }).start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    const id = log.approvals.pending()[0]?.id ?? '';
    clock.advance(55_000);
    await settled();
    expect(session.answers).toEqual([]);
    clock.advance(10_000);
    await settled();
    expect(session.answers).toEqual([
      { requestId: 'r1', answer: { behavior: 'deny', message: expect.stringContaining('in time') } },
    ]);
    expect(log.approvals.get(id)?.status.state).toBe('expired');
    expect(() => desk.answer(id, { choice: 'allowOnce' }, ada)).toThrow();
    expect(session.answers).toHaveLength(1);
    expect(stateOf(task)).toBe('running');
  });

  it('withdraws a question that Claude Code takes back', async () => {
    await newHost().start();
    const session = await running(create());
    session.asks.fire(bash);
    session.takenBack.fire('r1');
    await settled();
    expect(log.approvals.pending()).toEqual([]);
  });

  it('stops a task through the ladder and settles its questions', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.asks.fire(bash);
    service.stop(task.id, ada);
    await settled();
    expect(session.stages).toEqual(['interrupt']);
    expect(service.get(task.id).status).toMatchObject({ state: 'stopped', by: ada });
    expect(log.approvals.pending()).toEqual([]);
  });

  it('ends a task that waits in the queue at once', () => {
    const task = create();
    service.stop(task.id, ada);
    expect(stateOf(task)).toBe('stopped');
  });

  it('pauses, frees the process, and goes on in the same session', async () => {
    await newHost().start();
    const task = create();
    await running(task);
    service.pause(task.id, ada);
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'paused', cause: 'person' });
    service.continue(task.id, ada, 'And test it.');
    await settled();
    const second = only(sessions, 1);
    expect(second.options).toMatchObject({ resume: true, resumeInterruptedTurn: false });
    expect(second.sent.map(({ text }) => text)).toEqual(['And test it.']);
  });

  it('says to go on when a paused task is continued without words', async () => {
    await newHost().start();
    const task = create();
    await running(task);
    service.pause(task.id, ada);
    await settled();
    service.continue(task.id, ada);
    await settled();
    expect(only(sessions, 1).sent.map(({ text }) => text)).toEqual(['Continue where you stopped.']);
  });

  it('hands follow-up messages over and shows them once they are taken up', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    const message = service.sendMessage(task.id, 'Use vitest.', ada);
    expect(session.sent.at(-1)).toEqual({ text: 'Use vitest.', uuid: message.id });
    expect(service.get(task.id).followUps).toMatchObject([{ id: message.id, state: 'sent' }]);
    session.events.fire({ type: 'messageState', uuid: message.id, state: 'started' });
    expect(service.get(task.id).followUps).toEqual([]);
    expect(log.tasks.transcript(task.id, { from: 0, count: 10 }).entries.map(entry => entry.kind)).toEqual([
      'prompt',
      'prompt',
    ]);
  });

  it('calls a message back and sends the edited one instead', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    const message = service.sendMessage(task.id, 'Use vitest.', ada);
    service.editMessage(task.id, message.id, 'Use node:test.', ada);
    await settled();
    expect(session.sent.at(-1)?.text).toBe('Use node:test.');
    expect(service.get(task.id).followUps.map(({ text }) => text)).toEqual(['Use node:test.']);
  });

  it('does not finish while a message waits to be taken up', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    service.sendMessage(task.id, 'More.', ada);
    session.endTurn();
    session.idle();
    await settled();
    expect(stateOf(task)).toBe('running');
  });

  it('fails a task whose process leaves without a result', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.events.fire({ type: 'exited', code: 1, signal: null, stderrTail: 'boom' });
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'failed', failure: { family: 'claude' } });
  });

  it('fails at once when the account is not accepted, instead of retrying for minutes', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.events.fire({
      type: 'apiRetry',
      attempt: 1,
      maxRetries: 10,
      delayMs: 500,
      status: 401,
      error: 'authentication_failed',
    });
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'failed' });
  });

  it('ends a task at its time limit, not counting the wait for a person', async () => {
    await newHost().start();
    const task = create('slow', { minutes: 1 });
    const session = await running(task);
    session.asks.fire(bash);
    await settled();
    clock.advance(120_000);
    await settled();
    expect(stateOf(task)).toBe('waiting');
    desk.answer(log.approvals.pending()[0]?.id ?? '', { choice: 'deny' }, ada);
    clock.advance(61_000);
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'timedOut', minutes: 1 });
  });

  it('tells of silence, takes it back, and ends a task that stays silent', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    clock.advance(61_000);
    await settled();
    expect(service.get(task.id).silentSince).toBeDefined();
    session.events.fire({ type: 'text', messageId: 'm', text: 'Still here.' });
    await settled();
    expect(service.get(task.id).silentSince).toBeUndefined();
    clock.advance(601_000);
    await settled();
    expect(service.get(task.id).status).toMatchObject({ state: 'failed', failure: { reason: 'silent' } });
  });

  it('takes a long tool call for work, not for silence', async () => {
    await newHost().start();
    const task = create();
    const session = await running(task);
    session.events.fire({
      type: 'toolStarted',
      messageId: 'm',
      toolUseId: 't',
      name: 'Bash',
      input: { command: 'make' },
    });
    clock.advance(3_600_000);
    await settled();
    expect(stateOf(task)).toBe('running');
    expect(service.get(task.id).silentSince).toBeUndefined();
  });
});
