import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newUuid } from '../../../src/base/ids.ts';
import { compareVersions, MINIMUM_VERSION } from '../../../src/core/claude/claudeVersion.ts';
import { scripted, useRealClaude } from './realSession.ts';

const real = useRealClaude();

describe('the real Claude Code in a session', { timeout: 60_000 }, () => {
  it('tells its version, its account, its models and its commands', async () => {
    const observed = real.session();
    expect(compareVersions(real.version, MINIMUM_VERSION)).toBeGreaterThanOrEqual(0);
    await observed.session.start();
    const ready = await observed.until('ready');
    expect(ready.account.apiKeySource).toBe('ANTHROPIC_API_KEY');
    expect(ready.models.length).toBeGreaterThan(0);
    expect(ready.commands.length).toBeGreaterThan(0);
    expect(await observed.session.close()).toBe(0);
    expect(await observed.until('exited')).toMatchObject({ code: 0 });
    expect(observed.all('badLine')).toEqual([]);
  });

  it('does a turn with a question for a permission, and says when nothing follows', async () => {
    const observed = real.session();
    await observed.session.start();
    const uuid = newUuid();
    observed.session.send(
      scripted(
        '- - { text: "I will write it.", chunk: 4 }\n  - tool: { name: Write, input: { file_path: "{{cwd}}/a.txt", content: "one" } }\n- text: Done.',
      ),
      uuid,
    );
    const ask = await observed.untilAsked();
    expect(ask).toMatchObject({ kind: 'tool', toolName: 'Write', input: { content: 'one' } });
    const input = ask.kind === 'tool' ? ask.input : {};
    observed.session.answerAsk(ask.requestId, { behavior: 'allow', updatedInput: { ...input, content: 'two' } });
    const ended = await observed.until('turnEnded');
    expect(ended).toMatchObject({ outcome: { kind: 'succeeded' }, text: 'Done.', permissionDenials: 0 });
    expect(ended.costUsd).toBeGreaterThan(0);
    await observed.when(() => observed.all('sessionState').at(-1)?.state === 'idle');
    expect(await readFile(join(real.cwd, 'a.txt'), 'utf8')).toBe('two');

    const shown = observed.all('textDelta').map(({ text }) => text);
    expect(shown.join('')).toBe('I will write it.Done.');
    expect(observed.all('text').map(({ text }) => text)).toEqual(['I will write it.', 'Done.']);
    expect(observed.all('toolEnded')).toMatchObject([{ isError: false, decision: 'accept:user_temporary' }]);
    expect(observed.all('messageState')).toContainEqual({ type: 'messageState', uuid, state: 'completed' });
    expect(observed.events.filter(({ type }) => type === 'unknownMessage' || type === 'badLine')).toEqual([]);
    // Counted by message, the last record of each: the same as Claude Code's own sum.
    const last = new Map(observed.all('usage').map(({ messageId, usage }) => [messageId, usage]));
    const output = [...last.values()].reduce((sum, usage) => sum + usage.outputTokens, 0);
    expect(Object.values(ended.models).reduce((sum, model) => sum + model.outputTokens, 0)).toBe(output);
  });

  it('tells the model why a tool was denied', async () => {
    const observed = real.session();
    await observed.session.start();
    observed.session.send(
      scripted(
        '- tool: { name: Write, input: { file_path: "{{cwd}}/a.txt", content: "x" } }\n- text: "Heard: {{lastResult}}"',
      ),
      newUuid(),
    );
    const { requestId } = await observed.untilAsked();
    observed.session.answerAsk(requestId, { behavior: 'deny', message: 'Use another folder.' });
    expect(await observed.until('turnEnded')).toMatchObject({
      text: 'Heard: Use another folder.',
      permissionDenials: 1,
    });
  });

  it('asks questions with options, and takes the chosen ones', async () => {
    const observed = real.session();
    await observed.session.start();
    const options = '[{ label: Red, description: r }, { label: Blue, description: b }]';
    observed.session.send(
      scripted(
        `- tool: { name: AskUserQuestion, input: { questions: [{ question: "Which colours?", header: Colour, multiSelect: true, options: ${options} }] } }\n- text: "{{lastResult}}"`,
      ),
      newUuid(),
    );
    const ask = await observed.untilAsked();
    expect(ask).toMatchObject({ kind: 'question', questions: [{ question: 'Which colours?', multiSelect: true }] });
    if (ask.kind === 'question') {
      const answers = { 'Which colours?': 'Red, Blue' };
      observed.session.answerAsk(ask.requestId, { behavior: 'allow', updatedInput: { ...ask.input, answers } });
    }
    expect((await observed.until('turnEnded')).text).toContain('"Which colours?"="Red, Blue"');
  });

  it('sends a plan back with a comment, and then starts on it', async () => {
    const observed = real.session({ launch: { permissionMode: 'plan' } });
    await observed.session.start();
    observed.session.send(
      scripted('- tool: { name: ExitPlanMode, input: {} }\n- tool: { name: ExitPlanMode, input: {} }\n- text: Coding.'),
      newUuid(),
    );
    const first = await observed.untilAsked();
    expect(first.kind).toBe('plan');
    observed.session.answerAsk(first.requestId, { behavior: 'deny', message: 'Shorter, please.' });
    const second = await observed.untilAsked(2);
    observed.session.answerAsk(second.requestId, {
      behavior: 'allow',
      updatedPermissions: [{ type: 'setMode', mode: 'acceptEdits', destination: 'session' }],
    });
    await observed.until('turnEnded');
    expect(observed.all('toolEnded')[0]?.output).toContain('Shorter, please.');
    expect(observed.all('permissionModeChanged').at(-1)).toEqual({
      type: 'permissionModeChanged',
      mode: 'acceptEdits',
    });
  });

  it('keeps the to-do list of the model', async () => {
    const observed = real.session();
    await observed.session.start();
    const step = (status: string): string =>
      `- tool: { name: TodoWrite, input: { todos: [{ content: Test, status: ${status}, activeForm: Testing }] } }`;
    observed.session.send(scripted(`${step('in_progress')}\n${step('completed')}\n- text: ok`), newUuid());
    await observed.until('turnEnded');
    if (observed.all('todos').length === 0) {
      // Newer versions have other tools for it.
      expect(observed.all('toolEnded').every(({ isError }) => isError)).toBe(true);
      return;
    }
    expect(observed.all('todos').map(({ todos }) => todos[0]?.status)).toEqual(['inProgress', 'completed']);
  });

  it('takes a message in the middle of a turn, and lets one be called back', async () => {
    const observed = real.session({ launch: { permissionMode: 'acceptEdits' } });
    await observed.session.start();
    const [first, second, third] = [newUuid(), newUuid(), newUuid()];
    observed.session.send(
      scripted(
        '- tool: { name: Bash, input: { command: "for i in 1 2; do sleep 1; done; touch a" } }\n- text: not reached',
      ),
      first,
    );
    const { requestId } = await observed.untilAsked();
    observed.session.send('never mind', second);
    observed.session.send(scripted('- text: The second text was heard.', 'Meanwhile:'), third);
    await observed.when(() => observed.all('messageState').some(({ uuid }) => uuid === third));
    expect(await observed.session.recallMessage(second)).toBe(true);
    observed.session.answerAsk(requestId, { behavior: 'allow' });
    expect(await observed.until('turnEnded')).toMatchObject({ text: 'The second text was heard.', queuedTurns: 0 });
    await observed.when(() => observed.all('sessionState').at(-1)?.state === 'idle');
    const states = (uuid: string): string[] =>
      observed.all('messageState').flatMap(event => (event.uuid === uuid ? [event.state] : []));
    expect(states(second)).toEqual(['queued', 'cancelled']);
    expect(states(third)).toEqual(['queued', 'started', 'completed']);
  });

  it('interrupts a turn and goes on with the next', async () => {
    const observed = real.session();
    await observed.session.start();
    observed.session.send(
      scripted('- { text: "A very long answer that does not end so soon.", chunk: 1, pace: 200 }'),
      newUuid(),
    );
    await observed.until('textDelta', 3);
    await observed.session.interrupt();
    expect(await observed.until('turnEnded')).toMatchObject({ outcome: { kind: 'interrupted' } });
    observed.session.send(scripted('- text: Here again.'), newUuid());
    expect(await observed.until('turnEnded', 2)).toMatchObject({ text: 'Here again.', outcome: { kind: 'succeeded' } });
  });

  it('sees a sub-agent in the background through to the turn that it causes', async () => {
    const observed = real.session();
    await observed.session.start();
    observed.session.send(
      '````rehearse\n- tool: { name: Agent, input: { description: Look, subagent_type: Explore, prompt: "Look.\\n```rehearse\\n- text: All is well.\\n```" } }\n- text: It is at work.\n- text: "Report: {{lastResult}}"\n````',
      newUuid(),
    );
    await observed.when(() => observed.all('sessionState').at(-1)?.state === 'idle');
    expect(observed.all('agentStarted')).toMatchObject([
      { kind: 'local_agent', description: 'Look', background: true, subagentType: 'Explore' },
    ]);
    expect(observed.all('agentEnded').at(-1)).toMatchObject({ status: 'completed', summary: 'All is well.' });
    expect(observed.all('backgroundChanged').at(-1)).toEqual({ type: 'backgroundChanged', running: [] });
    expect(observed.all('turnEnded').at(-1)).toMatchObject({
      origin: 'task-notification',
      text: 'Report: All is well.',
    });
  });

  it('answers what it is asked while it runs', async () => {
    const observed = real.session();
    await observed.session.start();
    observed.session.send(scripted('- text: ok'), newUuid());
    await observed.until('turnEnded');
    expect(await observed.session.contextUsage()).toMatchObject({ window: expect.any(Number) });
    expect((await observed.session.spent())?.costUsd).toBeCloseTo(observed.all('turnEnded')[0]?.costUsd ?? -1, 6);
    expect(await observed.session.mcpServers()).toEqual([]);
  });

  it('goes on with a session, and with a copy of it', async () => {
    const first = real.session();
    await first.session.start();
    first.session.send(scripted('- text: One.'), newUuid());
    await first.until('turnEnded');
    await first.session.close();
    const id = first.all('turnStarted')[0]?.sessionId ?? '';

    const resumed = real.session({ launch: { session: { kind: 'resume', id } } });
    await resumed.session.start();
    resumed.session.send(scripted('- text: Two.'), newUuid());
    const { costUsd } = await resumed.until('turnEnded');
    expect(resumed.all('turnStarted')[0]?.sessionId).toBe(id);
    expect(costUsd).toBeGreaterThan(first.all('turnEnded')[0]?.costUsd ?? 0);
    await resumed.session.close();

    const fork = real.session({ launch: { session: { kind: 'fork', from: id } } });
    await fork.session.start();
    fork.session.send(scripted('- text: Three.'), newUuid());
    await fork.until('turnEnded');
    expect(fork.all('turnStarted')[0]?.sessionId).not.toBe(id);
  });

  it('passes on what the user has set up for Claude Code, and nothing of the programs around it', async () => {
    const outer = {
      CLAUDECODE: '1',
      CLAUDE_CODE_ENTRYPOINT: 'outer',
      VSCODE_PID: '1',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_OPTIONS: '--max-old-space-size=64',
      CLAUDE_PANEL_TASK_ID: 'outer',
      MY_OWN_SETTING: 'kept',
    };
    Object.assign(process.env, outer);
    const observed = real.session({ launch: { permissionMode: 'acceptEdits' } });
    for (const name of Object.keys(outer)) {
      delete process.env[name];
    }
    await observed.session.start();
    observed.session.send(scripted('- tool: { name: Bash, input: { command: env } }\n- text: ok'), newUuid());
    void observed.untilAsked().then(ask => observed.session.answerAsk(ask.requestId, { behavior: 'allow' }));
    await observed.until('turnEnded');
    const output = observed.all('toolEnded')[0]?.output ?? '';
    expect(output).toContain('MY_OWN_SETTING=kept');
    expect(output).toContain(`CLAUDE_PANEL_TASK_ID=${observed.taskId}`);
    expect(output).not.toMatch(/^(VSCODE_|ELECTRON_|NODE_OPTIONS=|CLAUDE_CODE_ENTRYPOINT=outer)/m);
  });
});
