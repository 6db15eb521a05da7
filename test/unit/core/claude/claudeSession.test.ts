import { afterEach, describe, expect, it } from 'vitest';
import { newUuid } from '../../../../src/base/ids.ts';
import { ClaudeError } from '../../../../src/core/claude/claudeErrors.ts';
import { fakeProgram, ObservedSession } from '../../../fixtures/fake-claude/fakeSession.ts';

const QUICK = { interrupt: 150, terminate: 150, kill: 1000 };
let open: ObservedSession | undefined;

afterEach(async () => {
  await open?.session.stop(undefined, 'kill');
  open = undefined;
});

type More = ConstructorParameters<typeof ObservedSession>[1];

async function start(name: string, more: More = {}): Promise<ObservedSession> {
  const observed = new ObservedSession(fakeProgram(name), { stopTimes: QUICK, ...more });
  open = observed;
  await observed.session.start();
  return observed;
}

async function reasonOf(promise: Promise<unknown>): Promise<string | undefined> {
  const error = await promise.catch((reason: unknown) => reason);
  return error instanceof ClaudeError ? error.reason : undefined;
}

/** `exited` came, once and last, and no process of the session is left. */
async function expectOver(observed: ObservedSession): Promise<void> {
  await observed.until('exited');
  expect(await observed.session.stop()).toBe(0);
  expect(observed.all('exited')).toHaveLength(1);
  expect(observed.events.at(-1)?.type).toBe('exited');
  expect(await observed.processesLeft()).toBe(0);
}

describe('ClaudeSession', { timeout: 30_000 }, () => {
  it('tells who pays, and what there is to choose, when it is ready', async () => {
    const observed = await start('wellBehaved');
    expect(await observed.until('ready')).toMatchObject({
      account: { apiKeySource: 'ANTHROPIC_API_KEY' },
      models: [{ value: 'sonnet', effortLevels: ['low'] }],
      commands: [{ name: 'compact' }],
      version: '2.1.329',
    });
  });

  it('does a turn for each message, pictures included', async () => {
    const observed = await start('wellBehaved');
    observed.session.send('hello', 'uuid-1');
    expect(await observed.until('turnEnded')).toMatchObject({ outcome: { kind: 'succeeded' }, text: 'heard 1: hello' });
    expect(observed.all('messageState')).toEqual([{ type: 'messageState', uuid: 'uuid-1', state: 'started' }]);
    observed.session.send('look', 'uuid-2', [{ mediaType: 'image/png', base64: 'AAAA' }]);
    expect(await observed.until('turnEnded', 2)).toMatchObject({ text: 'heard 2: look' });
  });

  it('sends what was given before the start after the first request', async () => {
    const observed = new ObservedSession(fakeProgram('wellBehaved'), { stopTimes: QUICK });
    open = observed;
    observed.session.send('early', newUuid());
    await observed.session.start();
    expect(await observed.until('turnEnded')).toMatchObject({ text: 'heard 1: early' });
    expect(observed.events[0]?.type).toBe('ready');
  });

  it('passes an ask on, and its answer back with the input that was asked for', async () => {
    const observed = await start('wellBehaved');
    observed.session.send('ask', newUuid());
    const ask = await observed.untilAsked();
    expect(ask).toMatchObject({ kind: 'tool', toolName: 'Bash', input: { command: 'ls' }, requiresUser: false });
    expect(observed.session.answerAsk(ask.requestId, { behavior: 'allow' })).toBe(true);
    const ended = await observed.until('turnEnded');
    expect(JSON.parse(ended.text)).toMatchObject({ response: { behavior: 'allow', updatedInput: { command: 'ls' } } });
  });

  it('takes one answer for an ask, the first one', async () => {
    const observed = await start('wellBehaved');
    observed.session.send('ask', newUuid());
    const { requestId } = await observed.untilAsked();
    expect(observed.session.answerAsk(requestId, { behavior: 'deny', message: 'No.' })).toBe(true);
    expect(observed.session.answerAsk(requestId, { behavior: 'allow' })).toBe(false);
    expect((await observed.until('turnEnded')).text).toContain('No.');
    expect(observed.session.answerAsk('never-asked', { behavior: 'allow' })).toBe(false);
  });

  it('says that an ask was withdrawn, and takes no answer to it any more', async () => {
    const observed = await start('wellBehaved');
    observed.session.send('withdraw', newUuid());
    const { requestId } = await observed.untilAsked();
    await observed.until('turnEnded');
    expect(observed.withdrawn).toEqual([requestId]);
    expect(observed.session.answerAsk(requestId, { behavior: 'allow' })).toBe(false);
  });

  it('withdraws what is still open when the process ends', async () => {
    const observed = await start('wellBehaved');
    observed.session.send('ask', newUuid());
    const { requestId } = await observed.untilAsked();
    await observed.session.stop(undefined, 'kill');
    expect(observed.withdrawn).toEqual([requestId]);
    await expectOver(observed);
  });

  it('answers forms of MCP servers', async () => {
    const observed = await start('wellBehaved');
    observed.session.send('elicit', newUuid());
    const ask = await observed.untilAsked();
    expect(ask).toMatchObject({ kind: 'elicitation', server: 'lab', message: 'Name?' });
    observed.session.answerAsk(ask.requestId, { behavior: 'elicitation', action: 'accept', content: { name: 'Ada' } });
    expect((await observed.until('turnEnded')).text).toContain('"content":{"name":"Ada"}');
  });

  it('denies what is asked when nobody listens', async () => {
    const observed = await start('wellBehaved', { answersAsks: false });
    observed.session.send('ask', newUuid());
    expect((await observed.until('turnEnded')).text).toContain('"behavior":"deny"');
    observed.session.send('elicit', newUuid());
    expect((await observed.until('turnEnded', 2)).text).toContain('"action":"cancel"');
  });

  it('refuses a request that it does not know, and shows it', async () => {
    const observed = await start('wellBehaved');
    observed.session.send('strange', newUuid());
    expect((await observed.until('turnEnded')).text).toContain('"subtype":"error"');
    expect(observed.all('unknownMessage')[0]?.raw).toMatchObject({ request: { subtype: 'sing_a_song' } });
    expect(observed.asks).toEqual([]);
  });

  it('asks for servers, context and cost, and starts a server again', async () => {
    const { session } = await start('wellBehaved');
    expect(await session.mcpServers()).toEqual([
      { name: 'lab', status: 'failed', error: 'no such file', toolCount: 0 },
    ]);
    expect(await session.contextUsage()).toMatchObject({ tokens: 1000, window: 200000 });
    expect(await session.spent()).toEqual({ costUsd: 0.25, models: {} });
    expect(await session.recallMessage('queued')).toBe(true);
    expect(await session.recallMessage('gone')).toBe(false);
    await session.reconnectMcpServer('lab');
    expect(await reasonOf(session.reconnectMcpServer('unknown'))).toBe('requestFailed');
  });

  it('gives up on a request that is never answered, with a reason', async () => {
    const { session } = await start('wellBehaved', { limits: { request: 50 } });
    expect(await reasonOf(session.reconnectMcpServer('silent'))).toBe('requestTimedOut');
  });

  it('refuses requests after the end', async () => {
    const observed = await start('wellBehaved');
    const pending = reasonOf(observed.session.reconnectMcpServer('silent'));
    await observed.session.stop(undefined, 'kill');
    expect(await pending).toBe('sessionEnded');
    expect(await reasonOf(observed.session.interrupt())).toBe('sessionEnded');
  });

  it('does not ask an older version for what it does not know', async () => {
    const observed = await start('wellBehaved', {
      launch: { version: { major: 2, minor: 0, patch: 0 }, effort: 'high', maxBudgetUsd: 1 },
    });
    await observed.until('ready');
    expect(observed.session.reportsIdle).toBe(false);
    expect(await observed.session.recallMessage('queued')).toBe(false);
    expect(await observed.session.contextUsage()).toBeUndefined();
    expect(await reasonOf(observed.session.stopAgent('a'))).toBe('tooOld');
    expect(await reasonOf(observed.session.reconnectMcpServer('lab'))).toBe('tooOld');
    expect(observed.all('notice').map(({ text }) => text.split(': ')[1])).toEqual(['effort', 'maxBudgetUsd']);
  });

  it('says once for each settings file that it does not count, and why', async () => {
    const errors = [
      { file: '/home/ada/.claude/settings.json', path: 'permissions.deny', message: 'Expected array' },
      { file: '/home/ada/.claude/settings.json', path: 'env', message: 'Expected object' },
      { file: '/ws/.claude/settings.local.json', path: '', message: 'Invalid or malformed JSON' },
      'strange',
    ];
    const observed = await start('wellBehaved', {
      launch: { environment: { FAKE_SETTINGS_ERRORS: JSON.stringify(errors) } },
    });
    await observed.until('notice', 2);
    expect(observed.all('notice')).toEqual([
      {
        type: 'notice',
        level: 'warning',
        text: 'Nothing in /home/ada/.claude/settings.json counts, rules that ask or deny included: permissions.deny: Expected array',
      },
      {
        type: 'notice',
        level: 'warning',
        text: 'Nothing in /ws/.claude/settings.local.json counts, rules that ask or deny included: Invalid or malformed JSON',
      },
    ]);
  });

  it('knows that an older version took a message up when that repeats it', async () => {
    const observed = await start('wellBehaved', { launch: { version: { major: 2, minor: 0, patch: 0 } } });
    const uuid = newUuid();
    observed.session.send('hello', uuid);
    await observed.until('turnEnded');
    expect(observed.all('messageState')).toEqual([{ type: 'messageState', uuid, state: 'started' }]);
    expect(observed.all('userText')).toEqual([]);
  });

  it('closes an idle process in good order', async () => {
    const observed = await start('wellBehaved');
    await observed.until('ready');
    expect(await observed.session.close()).toBe(0);
    expect(await observed.until('exited')).toMatchObject({ code: 0, signal: null });
    await expectOver(observed);
  });

  it('lets a process end by itself when its input is closed', async () => {
    const observed = await start('wellBehaved');
    observed.session.send('bye', newUuid());
    observed.session.closeInput();
    expect(await observed.until('exited')).toMatchObject({ code: 0 });
    expect(observed.all('turnEnded')).toHaveLength(1);
  });

  it('stops in stages that it tells, and only once', async () => {
    const observed = await start('wellBehaved');
    await observed.until('ready');
    const stages: string[] = [];
    const [first, second] = await Promise.all([
      observed.session.stop(stage => stages.push(stage)),
      observed.session.stop(),
    ]);
    expect([first, second]).toEqual([0, 0]);
    expect(stages).toEqual(['interrupt', 'terminate']);
    expect(await observed.until('exited')).toMatchObject({ signal: 'SIGTERM' });
  });

  it('stops when its signal aborts', async () => {
    const observed = await start('wellBehaved');
    observed.abort.abort();
    await expectOver(observed);
  });

  it('does not start at all when its signal has aborted', async () => {
    const observed = new ObservedSession(fakeProgram('wellBehaved'));
    observed.abort.abort();
    await expect(observed.session.start()).rejects.toThrow();
    expect(await observed.processesLeft()).toBe(0);
  });

  it('stops a process that is just being started', async () => {
    const observed = new ObservedSession(fakeProgram('wellBehaved'), { stopTimes: QUICK });
    const starting = observed.session.start();
    expect(await observed.session.stop()).toBe(0);
    await starting;
    await expectOver(observed);
  });

  it('has nothing to stop before it is started', async () => {
    expect(await new ObservedSession(fakeProgram('wellBehaved')).session.stop()).toBe(0);
    expect(await new ObservedSession(fakeProgram('wellBehaved')).session.close()).toBe(0);
  });

  it('says with a remedy why it cannot be started', async () => {
    const nowhere = new ObservedSession({ ...fakeProgram('wellBehaved'), file: '/nowhere/claude' });
    expect(await reasonOf(nowhere.session.start())).toBe('notFound');
    const folderGone = new ObservedSession(fakeProgram('wellBehaved'), { cwd: '/nowhere/folder' });
    expect(await reasonOf(folderGone.session.start())).toBe('workingFolderGone');
  });

  it('knows the process that it has started', async () => {
    const observed = new ObservedSession(fakeProgram('wellBehaved'), { stopTimes: QUICK });
    open = observed;
    const identity = await observed.session.start();
    expect(identity.pid).toBeGreaterThan(1);
    expect(identity.started).not.toBe('unknown');
  });
});

describe('ClaudeSession with a Claude Code that misbehaves', { timeout: 30_000 }, () => {
  it('stops one that goes silent in a turn', async () => {
    const observed = await start('silent');
    observed.session.send('x', newUuid());
    await observed.until('turnStarted');
    const stages: string[] = [];
    expect(await observed.session.stop(stage => stages.push(stage))).toBe(0);
    expect(stages).toEqual(['interrupt', 'terminate']);
    await expectOver(observed);
  });

  it('gives up one that never starts', async () => {
    const observed = await start('neverStarts', { limits: { initialize: 100 } });
    expect((await observed.until('notice')).text).toContain('initialize');
    await expectOver(observed);
    expect(observed.all('ready')).toEqual([]);
    expect(observed.all('exited')[0]?.gaveUp).toMatchObject({ reason: 'neverStarted' });
  });

  it('ends one that stays after its result when it is closed', async () => {
    const observed = await start('staysAfterResult', { limits: { close: 100 } });
    observed.session.send('x', newUuid());
    await observed.until('turnEnded');
    expect(await observed.session.close()).toBe(0);
    await expectOver(observed);
  });

  it('ends one that closes its output and lives', async () => {
    const observed = await start('closesOutput', { limits: { deaf: 50 } });
    observed.session.send('x', newUuid());
    expect((await observed.until('notice')).text).toContain('closed its output');
    await expectOver(observed);
    expect(observed.all('exited')[0]?.gaveUp).toMatchObject({ reason: 'outputClosed' });
  });

  it('kills one that ignores every signal', async () => {
    const observed = await start('ignoresTermination');
    observed.session.send('x', newUuid());
    await observed.until('turnStarted');
    const stages: string[] = [];
    expect(await observed.session.stop(stage => stages.push(stage))).toBe(0);
    expect(stages).toEqual(['interrupt', 'terminate', 'kill']);
    expect(await observed.until('exited')).toMatchObject({ signal: 'SIGKILL' });
    await expectOver(observed);
  });

  it('ends a detached grandchild with the session', async () => {
    const observed = await start('leavesGrandchild');
    observed.session.send('x', newUuid());
    const pid = Number((await observed.until('turnEnded')).text);
    expect(() => process.kill(pid, 0)).not.toThrow();
    expect(await observed.session.stop()).toBe(0);
    await expectOver(observed);
  });

  it('ends a detached grandchild also when the session is closed in good order or dies', async () => {
    const closed = await start('leavesGrandchild');
    closed.session.send('x', newUuid());
    await closed.until('turnEnded');
    expect(await closed.session.close()).toBe(0);
    await expectOver(closed);

    const killed = await start('leavesGrandchild');
    killed.session.send('x', newUuid());
    await killed.until('turnEnded');
    await killed.session.stop(undefined, 'kill');
    await expectOver(killed);
  });

  it('goes through garbage to the result, and keeps what it does not know', async () => {
    const observed = await start('garbage');
    observed.session.send('x', newUuid());
    expect(await observed.until('turnEnded')).toMatchObject({ outcome: { kind: 'succeeded' } });
    await observed.until('ready');
    const bad = observed.all('badLine').map(({ text }) => text);
    expect(bad).toContain('Welcome to the wrapper script');
    expect(bad).toContain('{"type":"assist');
    const unknown = observed.all('unknownMessage').map(({ raw }) => raw);
    expect(unknown).toContainEqual([1, 2]);
    expect(unknown).toContainEqual({ type: 'from_the_future', payload: { a: [1] } });
    expect(unknown).toContainEqual({ type: 'system', subtype: 'from_the_future' });
    expect(await observed.until('stderr')).toEqual({ type: 'stderr', text: 'warning: something' });
    expect(observed.asks).toEqual([]);
  });

  it('takes a line of 50 MB, cut to what a person can read', async () => {
    const observed = await start('hugeLine');
    observed.session.send('50', newUuid());
    await observed.until('turnEnded');
    const [text] = observed.all('text');
    expect(text?.text.length).toBeLessThan(1_000_100);
    expect(text?.text.endsWith('…[+51428800 characters]')).toBe(true);
    expect(observed.all('badLine')).toEqual([]);
  });

  it('throws away a line above its limit, says so, and goes on', async () => {
    const observed = await start('hugeLine', { maxLineBytes: 1024 * 1024 });
    observed.session.send('3', newUuid());
    await observed.until('turnEnded');
    expect(observed.all('badLine')[0]?.error).toContain('too much');
    expect(observed.all('text')).toEqual([]);
  });

  it('tells the end of one that dies without a result, with its last words', async () => {
    const observed = await start('exitsWithoutResult');
    observed.session.send('x', newUuid());
    expect(await observed.until('exited')).toEqual({
      type: 'exited',
      code: 7,
      signal: null,
      stderrTail: 'fatal: out of luck\n',
    });
    expect(observed.all('turnEnded')).toEqual([]);
    await expectOver(observed);
  });

  it('hears the last line of one that ends without ending it', async () => {
    const observed = await start('finalLineUnended');
    observed.session.send('x', newUuid());
    expect(await observed.until('turnEnded')).toMatchObject({ text: 'the last words é' });
    await expectOver(observed);
  });
});
