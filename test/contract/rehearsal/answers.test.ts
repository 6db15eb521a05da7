import { describe, expect, it } from 'vitest';
import { scripted, useStage } from './rehearsalStage.ts';

const stage = useStage();

describe('the real Claude Code in a rehearsal', { timeout: 60_000 }, () => {
  it('streams thinking and text, and pays a plausible price', async () => {
    const session = stage.claude(await stage.serve());
    const result = await session.ask(
      scripted('- - { thinking: "Let me see. Yes.", chunk: 4 }\n  - { text: "Hello there, Ann.", chunk: 4 }'),
    );
    expect(result).toMatchObject({ subtype: 'success', is_error: false, result: 'Hello there, Ann.', num_turns: 1 });
    expect(session.deltas('thinking')).toBe('Let me see. Yes.');
    expect(session.deltas('text')).toBe('Hello there, Ann.');
    expect(session.lines.filter(line => line.event?.delta?.type === 'text_delta').length).toBeGreaterThan(3);
    expect(result.total_cost_usd).toBeGreaterThan(0.001);
    expect(result.total_cost_usd).toBeLessThan(0.2);
  });

  it('counts the tokens that the scenario gives', async () => {
    const session = stage.claude(await stage.serve());
    const usage = '- usage: { input: 100, output: 200, cacheRead: 3000, cacheCreation: 4000 }';
    const result = await session.ask(
      scripted(`- - tool: { name: Bash, input: { command: ls } }\n  ${usage}\n- - text: ok\n  ${usage}`),
    );
    expect(Object.values(result.modelUsage)).toMatchObject([
      { inputTokens: 200, outputTokens: 400, cacheReadInputTokens: 6000, cacheCreationInputTokens: 8000 },
    ]);
  });

  it('asks for a tool, runs it when it is allowed, and tells the model what came out', async () => {
    const server = await stage.serve();
    const workspace = stage.workspace();
    const asked: string[] = [];
    const answer = (request: { tool_name: string; input: unknown }): unknown => {
      asked.push(request.tool_name);
      return { behavior: 'allow', updatedInput: request.input };
    };
    const session = stage.claude(server, { workspace, answer });
    const result = await session.ask(
      scripted(
        '- - tool: { name: Write, input: { file_path: "{{cwd}}/a.txt", content: "by {{model}}" } }\n  - tool: { name: Bash, input: { command: "echo out > b.txt; echo seen" } }\n- text: "Bash said: {{lastResult}}"',
      ),
    );
    expect(asked).toEqual(['Write', 'Bash']);
    expect(workspace.read('a.txt')).toBe('by claude-sonnet-5-5');
    expect(workspace.read('b.txt').trim()).toBe('out');
    expect(result.result).toBe('Bash said: seen');
    expect(server.requests.map(request => request.message?.turn)).toEqual([1, 2]);
  });

  it('does not run a tool that is denied, and tells the model why', async () => {
    const workspace = stage.workspace();
    const answer = (): unknown => ({ behavior: 'deny', message: 'not in this folder' });
    const session = stage.claude(await stage.serve(), { workspace, answer });
    const result = await session.ask(
      scripted(
        '- tool: { name: Write, input: { file_path: "{{cwd}}/a.txt", content: a } }\n- text: "I was told: {{lastResult}}"',
      ),
    );
    expect(result.result).toBe('I was told: not in this folder');
    expect(result.permission_denials).toHaveLength(1);
    expect(workspace.has('a.txt')).toBe(false);
  });

  it('puts the questions of the model to the person', async () => {
    const question = { question: 'Which colour?', header: 'Colour', multiSelect: false };
    const options = ['Red', 'Blue'].map(label => ({ label, description: label }));
    const input = JSON.stringify({ questions: [{ ...question, options }] });
    const answer = (request: { input: object }): unknown => ({
      behavior: 'allow',
      updatedInput: { ...request.input, answers: { 'Which colour?': 'Blue' } },
    });
    const session = stage.claude(await stage.serve(), { answer });
    const result = await session.ask(
      scripted(`- tool: { name: AskUserQuestion, input: ${input} }\n- text: "{{lastResult}}"`),
    );
    expect(result.result).toContain('"Which colour?"="Blue"');
  });

  it('runs a sub-agent by the script in its order, and reports what it said', async () => {
    const server = await stage.serve();
    const session = stage.claude(server, { environment: { CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: '1' } });
    const order = 'Look.\\n```rehearse\\n- tool: { name: Bash, input: { command: ls } }\\n- text: The report.\\n```';
    const result = await session.ask(
      `Please.\n\`\`\`\`rehearse\n- tool: { name: Agent, input: { description: Look, subagent_type: Explore, prompt: "${order}" } }\n- text: "It said: {{lastResult}}"\n\`\`\`\``,
    );
    expect(result.result).toContain('The report.');
    expect(server.requests.map(request => request.message?.agent)).toEqual(['main', 'sub', 'sub', 'main']);
    expect(new Set(server.requests.map(request => request.message?.sessionId)).size).toBe(1);
  });

  it('goes on with its script when a sub-agent in the background is done', async () => {
    const session = stage.claude(await stage.serve());
    const report = session.next(line => line.type === 'result' && line.result.startsWith('Report'));
    await session.ask(
      '````rehearse\n- tool: { name: Agent, input: { description: Look, subagent_type: Explore, prompt: "Look.\\n```rehearse\\n- text: All is well.\\n```" } }\n- text: It is at work.\n- text: "Report: {{lastResult}}"\n````',
    );
    expect((await report).result).toBe('Report: All is well.');
  });

  it('takes up what the person sends in the middle of a turn', async () => {
    const server = await stage.serve();
    const session = stage.claude(server);
    const asked = session.next(line => line.type === 'control_request');
    const ended = session.next(line => line.type === 'result');
    session.say(
      scripted(
        '- tool: { name: Bash, input: { command: "for i in 1 2; do sleep 1; done; touch a" } }\n- text: not reached',
      ),
    );
    await asked;
    session.say(scripted('- text: The second text was heard.', 'Meanwhile:'));
    expect((await ended).result).toBe('The second text was heard.');
    expect(server.requests).toHaveLength(2);
  });

  it('goes on where it was in a resumed session, also with a new server', async () => {
    const workspace = stage.workspace();
    const first = await stage.serve();
    const session = stage.claude(first, { workspace });
    const before = await session.ask(scripted('- text: one'));
    await session.close();
    await first.dispose();
    const again = stage.claude(await stage.serve(), { workspace, flags: ['--resume', before.session_id] });
    const result = await again.ask(scripted('- tool: { name: Bash, input: { command: ls } }\n- text: "turn {{turn}}"'));
    expect(result).toMatchObject({ result: 'turn 2', session_id: before.session_id });
  });

  it('is led by a scenario in a loop until its turns are used up', async () => {
    const session = stage.claude(await stage.serve(), { flags: ['--max-turns', '3'] });
    const result = await session.ask(scripted('- - tool: { name: Bash, input: { command: ls } }\n  - loop: true'));
    expect(result).toMatchObject({ subtype: 'error_max_turns', is_error: true });
  });

  it('keeps five sessions at once apart', async () => {
    const server = await stage.serve();
    const names = ['ann', 'ben', 'cid', 'dot', 'eve'];
    const results = await Promise.all(
      names.map(async name => {
        const workspace = stage.workspace({ 'name.txt': name });
        const session = stage.claude(server, { workspace });
        const script = `- - error: { status: 529, times: 1 }\n  - tool: { name: Bash, input: { command: cat name.txt } }\n- text: "${name} read {{lastResult}}"`;
        return (await session.ask(scripted(script))).result;
      }),
    );
    expect(results).toEqual(names.map(name => `${name} read ${name}`));
    expect(server.requests.filter(request => request.status === 529)).toHaveLength(5);
  });
});
