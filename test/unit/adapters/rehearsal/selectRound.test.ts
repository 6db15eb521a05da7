import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../../../src/adapters/rehearsal/scenario.ts';
import { type Selection, selectRound } from '../../../../src/adapters/rehearsal/selectRound.ts';
import { assistant, conversationOf, FOLLOW_UP, type Message, person, system, toolRound } from './requestSamples.ts';

function select(
  scenario: string,
  messages: Message[],
  isSideRequest = false,
  model = 'claude-sonnet-5-5',
): Selection | undefined {
  const conversation = conversationOf(messages, { model });
  return selectRound(parseScenario(scenario).rules, { conversation, model, isSideRequest });
}

function textOf(selection: Selection | undefined): string | undefined {
  const step = selection?.round?.steps[0];
  return step?.kind === 'text' ? step.text : undefined;
}

describe('a rule', () => {
  const scenario = `
rules:
  - { name: greeting, match: { prompt: '/^hello (\\w+)/i' }, reply: [one, two, three] }
  - { name: rest, reply: [anything] }
`;
  it('answers when it is the first that matches', () => {
    expect(select(scenario, [person('Hello Ann')])).toMatchObject({
      rule: { name: 'greeting' },
      captures: ['Hello Ann', 'Ann'],
    });
    expect(select(scenario, [person('Bye')])?.rule.name).toBe('rest');
  });

  it('gives its rounds one after the other, and none when they are used up', () => {
    const messages = [person('Hello Ann')];
    const seen: (string | undefined)[] = [];
    for (let round = 0; round < 4; round += 1) {
      seen.push(textOf(select(scenario, messages)));
      messages.push(...toolRound('Bash', { round }, 'ok'));
    }
    expect(seen).toEqual(['one', 'two', 'three', undefined]);
  });

  it('begins again with the next prompt of the person', () => {
    expect(textOf(select(scenario, [person('Hello Ann'), assistant('one'), person('Hello Ben')]))).toBe('one');
  });

  it('stays at a round that is a loop', () => {
    const loop = 'rules:\n  - reply:\n      - first\n      - - tool: Bash\n        - loop: true\n';
    const messages = [person('go'), ...[1, 2, 3, 4].flatMap(n => toolRound('Bash', { n }, 'ok'))];
    expect(select(loop, messages)).toMatchObject({ index: 1, round: { loop: true } });
  });

  it('passes over a round of nothing but optional calls of tools that are not on offer', () => {
    const optional = 'rules:\n  - reply:\n      - - tool: { name: TodoWrite, optional: true }\n      - second\n';
    expect(textOf(select(optional, [person('go')]))).toBe('second');
  });
});

describe('a rule for a special case', () => {
  const scenario = `
rules:
  - { name: denied, match: { lastTool: { name: Write, error: true, result: '/said (.*)/' } }, reply: [sorry] }
  - { name: main, reply: [one, two, three] }
`;
  it('comes between without losing a round of the other', () => {
    const messages = [person('go'), ...toolRound('Write', {}, 'they said no', true)];
    expect(select(scenario, messages)).toMatchObject({ rule: { name: 'denied' }, resultCaptures: ['said no', 'no'] });
    messages.push(...toolRound('Bash', {}, 'ok'));
    expect(textOf(select(scenario, messages))).toBe('two');
  });

  it('finds the tool among several of one round', () => {
    const [call, result] = toolRound('Write', {}, 'they said no', true);
    const [otherCall, otherResult] = toolRound('Read', {}, 'fine');
    const joined = (a: Message | undefined, b: Message | undefined): Message => ({
      role: a?.role ?? '',
      content: [...((a?.content ?? []) as []), ...((b?.content ?? []) as [])],
    });
    const selection = select(scenario, [person('go'), joined(call, otherCall), joined(result, otherResult)]);
    expect(selection).toMatchObject({ rule: { name: 'denied' }, outcome: { name: 'Write' } });
  });
});

describe('a match', () => {
  const nameFor = (match: string, messages: Message[], isSideRequest = false, model?: string): string | undefined =>
    select(
      `rules:\n  - { name: special, match: ${match}, reply: [a] }\n  - { name: rest, reply: [b] }\n`,
      messages,
      isSideRequest,
      model,
    )?.rule.name;

  it('can ask for a turn', () => {
    expect(nameFor('{ turn: 2 }', [person('go')])).toBe('rest');
    expect(nameFor('{ turn: 2 }', [person('go'), ...toolRound('Bash', {}, 'ok')])).toBe('special');
  });

  it('can ask for tools on offer, an agent, a model or a message in between', () => {
    expect(nameFor('{ tool: [Bash, Read] }', [person('go')])).toBe('special');
    expect(nameFor('{ tool: [Bash, Write] }', [person('go')])).toBe('rest');
    expect(nameFor('{ agent: sub }', [person('go')])).toBe('rest');
    expect(nameFor('{ model: opus }', [person('go')], false, 'claude-opus-5-5')).toBe('special');
    expect(nameFor('{ model: opus }', [person('go')])).toBe('rest');
    expect(nameFor('{ followUp: true }', [person('go'), ...toolRound('Bash', {}, 'ok'), system(FOLLOW_UP)])).toBe(
      'special',
    );
    expect(nameFor('{ followUp: true }', [person('go')])).toBe('rest');
  });

  it('can ask for the input of the last tool', () => {
    const messages = [person('go'), ...toolRound('Bash', { command: 'node --test' }, 'ok')];
    expect(nameFor('{ lastTool: { input: node --test } }', messages)).toBe('special');
    expect(nameFor('{ lastTool: { input: npm } }', messages)).toBe('rest');
  });

  it('never gives a side request to a rule that is not for side requests', () => {
    expect(nameFor('{ utility: true }', [person('name it')], true)).toBe('special');
    expect(nameFor('{ utility: true }', [person('name it')])).toBe('rest');
    expect(nameFor('{ prompt: name }', [person('name it')], true)).toBeUndefined();
  });
});
