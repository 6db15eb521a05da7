import { describe, expect, it } from 'vitest';
import { demoScenario } from '../../../../src/adapters/rehearsal/demoScenario.ts';
import type { Step } from '../../../../src/adapters/rehearsal/scenarioModel.ts';
import { type Selection, selectRound } from '../../../../src/adapters/rehearsal/selectRound.ts';
import type { JsonObject } from '../../../../src/base/json.ts';
import { conversationOf, ENVIRONMENT, type Message, PLAN_MODE, person, system, toolRound } from './requestSamples.ts';

const { rules } = demoScenario();
const NAMES = ['Agent', 'AskUserQuestion', 'Bash', 'Edit', 'Read', 'Write'];
const TOOLS: JsonObject = { tools: NAMES.map(name => ({ name })) };

function play(prompt: string, ...after: Message[]): Selection | undefined {
  const conversation = conversationOf([person(prompt), system(ENVIRONMENT), ...after], TOOLS);
  return selectRound(rules, { conversation, model: 'claude-sonnet-5-5', isSideRequest: false });
}

function toolsOf(selection: Selection | undefined): string[] {
  const steps: readonly Step[] = selection?.round?.steps ?? [];
  return steps.flatMap(step =>
    step.kind === 'tool' && (!step.optional || NAMES.includes(step.name)) ? [step.name] : [],
  );
}

const LISTING = './package.json\n./src/server.js\n./test/server.test.js';
const SERVER =
  "1\timport http from 'node:http';\n2\t\n3\texport const server = http.createServer((req, res) => {\n4\t  res.end('hello');\n5\t});\n";

describe('the demo', () => {
  it.each([
    ['ask me what you need', 'questions', ['AskUserQuestion']],
    ['make a plan for it', 'begin a plan', ['EnterPlanMode']],
    ['explore the code', 'explore', ['Agent']],
    ['let a sub-agent look', 'explore', ['Agent']],
    ['sleep', 'sleep', ['Bash']],
    ['sleep for 30 seconds', 'sleep for a time', ['Bash']],
    ['fail', 'fail', []],
    ['long', 'long', []],
    ['Add a health endpoint and test it', 'health', ['Bash']],
    ['fix the failing test', 'anything else', ['Bash', 'Read']],
    ['hello', 'anything else', ['Bash', 'Read']],
  ])('answers "%s" by its story', (prompt, rule, tools) => {
    const selection = play(prompt);
    expect(selection?.rule.name).toBe(rule);
    expect(toolsOf(selection)).toEqual(tools);
  });

  it('reads the server that it finds, and changes it where its handler begins', () => {
    const listed = toolRound('Bash', { command: 'find' }, LISTING);
    const found = play('add a health endpoint', ...listed);
    expect(found).toMatchObject({
      rule: { name: 'health, server found' },
      resultCaptures: ['./src/server.js', 'src/server.js'],
    });
    const read = toolRound('Read', { file_path: '/home/ann/shop/src/server.js' }, SERVER);
    const understood = play('add a health endpoint', ...listed, ...read);
    expect(toolsOf(understood)).toEqual(['Edit', 'Edit']);
    expect(understood?.resultCaptures.slice(1)).toEqual([
      "import http from 'node:http';",
      'export const server = http.createServer((req, res) => {',
      'req',
      'res',
    ]);
  });

  it('adds the endpoint as new files when there is no server that it understands', () => {
    const listed = toolRound('Bash', { command: 'find' }, './main.py');
    const written = toolRound('Write', { file_path: '/home/ann/shop/src/health.mjs' }, 'File created');
    expect(toolsOf(play('add a health endpoint', ...listed))).toEqual(['Write']);
    expect(toolsOf(play('add a health endpoint', ...listed, ...written))).toEqual(['Write']);
  });

  it('stops when a person denies, and repeats their words', () => {
    const selection = play('hello', ...toolRound('Bash', {}, 'ok'), ...toolRound('Write', {}, 'not this file', true));
    expect(selection?.rule.name).toBe('denied');
    expect(selection?.outcome?.result).toBe('not this file');
  });

  it('reads a file that it would replace', () => {
    const error = '<tool_use_error>File has not been read yet. Read it first before writing to it.</tool_use_error>';
    const selection = play(
      'hello',
      ...toolRound('Bash', {}, 'ok'),
      ...toolRound('Write', { file_path: 'NOTES.md' }, error, true),
    );
    expect(toolsOf(selection)).toEqual(['Read', 'Write']);
  });

  it('says so when the tests fail', () => {
    const selection = play('hello', ...toolRound('Bash', { command: 'node --test' }, 'Exit code 1\nfail 1', true));
    expect(selection?.rule.name).toBe('tests failed');
  });

  it('shows a plan in plan mode, again after a comment, and works after the approval', () => {
    const planning = system(PLAN_MODE);
    const read = toolRound('Read', {}, '{}');
    expect(toolsOf(play('do it', planning, ...read))).toEqual(['Write', 'ExitPlanMode']);
    const commented = [planning, ...read, ...toolRound('ExitPlanMode', {}, 'smaller please', true)];
    expect(play('do it', ...commented)?.rule.name).toBe('plan again');
    const approved = [
      ...commented,
      ...toolRound('ExitPlanMode', { again: 1 }, 'approved'),
      system('## Exited Plan Mode\n'),
    ];
    expect(play('do it', ...approved)).toMatchObject({ rule: { name: 'anything else' }, index: 0 });
  });
});
