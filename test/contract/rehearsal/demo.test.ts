import { describe, expect, it } from 'vitest';
import { demoScenario } from '../../../src/adapters/rehearsal/demoScenario.ts';
import type { Scenario, Step } from '../../../src/adapters/rehearsal/scenarioModel.ts';
import { useStage } from './rehearsalStage.ts';

const stage = useStage();

const PROJECT = {
  'package.json': '{ "name": "shop", "type": "module" }\n',
  'src/server.js':
    "import http from 'node:http';\n\nexport const server = http.createServer((request, response) => {\n  response.end('hello');\n});\n",
};

/** The demo as it is, but without the pauses that make it pleasant to watch. */
function quickDemo(): Scenario {
  const demo = demoScenario();
  const quick = (step: Step): Step =>
    'timing' in step
      ? { ...step, timing: { delay: 0, pace: 0, chunk: 40 } }
      : step.kind === 'delay'
        ? { ...step, ms: 0 }
        : step;
  const rules = demo.rules.map(rule => ({
    ...rule,
    rounds: rule.rounds.map(round => ({ ...round, steps: round.steps.map(quick) })),
  }));
  return { ...demo, rules };
}

describe('the demo with the real Claude Code', { timeout: 60_000 }, () => {
  it('adds a health endpoint that works, with a test that passes', async () => {
    const workspace = stage.workspace(PROJECT);
    const session = stage.claude(await stage.serve({ scenario: quickDemo() }), { workspace });
    const result = await session.ask('Add a health endpoint and test it');
    expect(result).toMatchObject({ is_error: false, permission_denials: [] });
    expect(result.result).toContain('The health endpoint is there and tested.');
    expect(workspace.read('src/server.js')).toContain("import { health } from './health.mjs';");
    expect(workspace.read('src/server.js')).toContain("if (request.url === '/health')");
    expect(workspace.has('test/health.test.mjs')).toBe(true);
    expect(session.toolResults().filter(block => block.is_error)).toEqual([]);
    expect(session.blocks('tool_use').map(block => block.name)).toContain('TaskUpdate');
    const again = await session.ask('Add a health endpoint, once more');
    expect(again.result).toContain('There was nothing to add.');
  });

  it('works in a folder with anything in it', async () => {
    const workspace = stage.workspace({ 'NOTES.md': 'mine\n' });
    const session = stage.claude(await stage.serve({ scenario: quickDemo() }), { workspace });
    const result = await session.ask('Make it better');
    expect(result).toMatchObject({ is_error: false });
    expect(workspace.read('NOTES.md')).toContain('Asked: Make it better');
  });

  it('plans, works a comment in, and begins after the approval', async () => {
    const workspace = stage.workspace(PROJECT);
    let plans = 0;
    const answer = (request: { tool_name: string; input: unknown }): unknown => {
      plans += request.tool_name === 'ExitPlanMode' ? 1 : 0;
      return request.tool_name === 'ExitPlanMode' && plans === 1
        ? { behavior: 'deny', message: 'smaller steps please' }
        : { behavior: 'allow', updatedInput: request.input };
    };
    const session = stage.claude(await stage.serve({ scenario: quickDemo() }), { workspace, answer });
    const result = await session.ask('Make a plan for tidying up');
    expect(plans).toBe(2);
    const shown = session.lines
      .filter(line => line.request?.tool_name === 'ExitPlanMode')
      .map(line => line.request.input.plan);
    expect(shown[0]).toContain('For: Make a plan for tidying up');
    expect(shown[1]).toContain('You said: smaller steps please');
    expect(result.is_error).toBe(false);
    expect(workspace.has('NOTES.md')).toBe(true);
  });

  it('sends out a sub-agent and reports when it is back', async () => {
    const session = stage.claude(await stage.serve({ scenario: quickDemo() }), { workspace: stage.workspace(PROJECT) });
    const report = session.next(line => line.type === 'result' && line.result.includes('The sub-agent is back'));
    session.say('Explore the code');
    expect((await report).result).toContain('small Node project');
  });

  it('ends when a person denies, with their words', async () => {
    const answer = (): unknown => ({ behavior: 'deny', message: 'leave my files alone' });
    const session = stage.claude(await stage.serve({ scenario: quickDemo() }), {
      workspace: stage.workspace(PROJECT),
      answer,
    });
    const result = await session.ask('Add a health endpoint');
    expect(result.result).toContain('> leave my files alone');
  });
});
