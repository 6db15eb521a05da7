import { describe, expect, it } from 'vitest';
import { RehearsalError } from '../../../../src/adapters/rehearsal/rehearsalError.ts';
import { parsePromptScript, parseScenario } from '../../../../src/adapters/rehearsal/scenario.ts';

function failureOf(text: string): RehearsalError {
  try {
    parseScenario(text, 'my.yaml');
  } catch (error) {
    if (error instanceof RehearsalError) {
      return error;
    }
    throw error;
  }
  throw new Error('It was read without an error.');
}

function onlyRound(reply: string): ReturnType<typeof parsePromptScript>[number] | undefined {
  const rounds = parsePromptScript(reply);
  expect(rounds).toHaveLength(1);
  return rounds[0];
}

describe('a scenario', () => {
  it('takes a round that is text, one block or a list of blocks', () => {
    const rounds = parsePromptScript('- Hello.\n- text: Hello.\n- - text: Hello.\n');
    expect(rounds[0]?.steps).toEqual([{ kind: 'text', text: 'Hello.', timing: { delay: 0, pace: 0, chunk: 40 } }]);
    expect(rounds[1]).toEqual(rounds[0]);
    expect(rounds[2]).toEqual(rounds[0]);
  });

  it('takes several tools in one round, with a name alone or with input', () => {
    const round = onlyRound('- - tool: ListAgents\n  - tool: { name: Bash, input: { command: ls }, optional: true }\n');
    expect(round?.steps).toMatchObject([
      { kind: 'tool', name: 'ListAgents', input: {}, optional: false },
      { kind: 'tool', name: 'Bash', input: { command: 'ls' }, optional: true },
    ]);
  });

  it('paces a block by its own numbers, else by the defaults of the scenario', () => {
    const scenario = parseScenario(
      'defaults: { delay: 5, pace: 6, chunk: 7 }\nrules:\n  - reply:\n      - - text: a\n        - { text: b, pace: 1 }\n',
    );
    expect(scenario.rules[0]?.rounds[0]?.steps).toMatchObject([
      { timing: { delay: 5, pace: 6, chunk: 7 } },
      { timing: { delay: 5, pace: 1, chunk: 7 } },
    ]);
  });

  it('joins a round that only fails with the round after it, which answers when the failures are over', () => {
    const round = onlyRound('- error: { status: 429, times: 2, retryAfter: 1 }\n- silence: 20\n- text: At last.\n');
    expect(round).toMatchObject({
      silence: 20,
      steps: [{ text: 'At last.' }],
      faults: [{ kind: 'error', times: 2, error: { status: 429, type: 'rate_limit_error', retryAfter: 1 } }],
    });
  });

  it('gives each fault its usual number of times', () => {
    const kinds = ['error: 401', 'cut: 3', 'stall: 3', 'malformed: true', 'html: true', 'silence: true'];
    expect(kinds.map(kind => parsePromptScript(`- ${kind}\n`)[0]?.faults[0])).toMatchObject([
      { kind: 'error', times: Number.POSITIVE_INFINITY, error: { type: 'authentication_error' } },
      { kind: 'cut', after: 3, times: 1 },
      { kind: 'stall', after: 3, times: 1 },
      { kind: 'malformed', after: 0, times: 1 },
      { kind: 'html', times: Number.POSITIVE_INFINITY },
      { kind: 'silence', times: Number.POSITIVE_INFINITY },
    ]);
  });

  it('sends an error inside the stream when it comes after some deltas', () => {
    expect(onlyRound('- - text: a\n  - error: { status: 529, after: 1 }\n')?.faults).toMatchObject([
      { kind: 'streamError', after: 1, error: { type: 'overloaded_error' } },
    ]);
  });

  it('reads stop reasons, usage, headers, bursts and loops', () => {
    const round = onlyRound(
      '- - burst: { deltas: 3, bytes: 5 }\n  - hugeOutput: 100000\n  - usage: { input: 1 }\n  - usage: { output: 2 }\n  - headers: { x-more: yes please }\n  - maxTokens: true\n  - loop: true\n  - delay: 9\n',
    );
    expect(round).toMatchObject({
      steps: [
        { kind: 'burst', total: 15, size: 5 },
        { kind: 'burst', total: 100_000 },
        { kind: 'delay', ms: 9 },
      ],
      usage: { input: 1, output: 2 },
      headers: { 'x-more': 'yes please' },
      stop: 'max_tokens',
      loop: true,
    });
    expect(onlyRound('- refusal: No.\n')).toMatchObject({ stop: 'refusal', steps: [{ text: 'No.' }] });
  });

  it('looks for plain text in any case, and for an expression between slashes', () => {
    const match = (prompt: string): unknown =>
      parseScenario(`rules:\n  - match: { prompt: ${prompt} }\n    reply: [a]\n`).rules[0]?.match.prompt;
    expect(match('Ask Me')).toEqual({ kind: 'contains', text: 'ask me' });
    expect(match("'/^ask (.*)/i'")).toEqual({ kind: 'regex', expression: /^ask (.*)/i });
  });
});

describe('a scenario that cannot be used', () => {
  it('names line and column of broken YAML', () => {
    const failure = failureOf('rules:\n  - reply: [a\n  - reply: [b]\n');
    expect(failure).toMatchObject({ family: 'rehearsal', reason: 'scenarioNotYaml' });
    expect(failure.message).toContain('my.yaml:3:');
  });

  it.each([
    ['an unknown key', 'rules:\n  - match: { promt: a }\n    reply: [a]\n', 'my.yaml:2:14', 'promt'],
    ['a wrong type in a block', 'rules:\n  - reply:\n      - text: 42\n', 'my.yaml:3:9', 'text'],
    [
      'a wrong type in a list of blocks',
      'rules:\n  - reply:\n      - - text: a\n        - delay: soon\n',
      'my.yaml:4:11',
      'delay',
    ],
    [
      'a bad expression',
      "rules:\n  - match: { prompt: '/(/' }\n    reply: [a]\n",
      'my.yaml:2:14',
      'regular expression',
    ],
    ['a status that is no error', 'rules:\n  - reply:\n      - error: { status: 200 }\n', 'my.yaml:3:18', 'status'],
    ['a missing reply', 'rules:\n  - name: a\n', 'my.yaml:2:5', 'reply'],
    ['a block with two kinds', 'rules:\n  - reply:\n      - { text: a, tool: b }\n', 'my.yaml:3:9', 'text and tool'],
    [
      'a pace without a block',
      'rules:\n  - reply:\n      - - text: a\n        - { cut: 1, pace: 3 }\n',
      'my.yaml:4:11',
      'pace',
    ],
  ])('names the place and the reason of %s', (_name, text, place, reason) => {
    const failure = failureOf(text);
    expect(failure.reason).toBe('scenarioInvalid');
    expect(failure.message).toContain(`${place}:`);
    expect(failure.message).toContain(reason);
    expect(failure.remedy).toContain('docs/rehearsal.md');
  });

  it('says that an empty text is no scenario', () => {
    expect(failureOf('').reason).toBe('scenarioInvalid');
  });
});
