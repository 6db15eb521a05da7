import { describe, expect, it } from 'vitest';
import { commandPlan, plannedInputs } from '../../../src/app/commandPlan.ts';
import { planLines } from '../../../src/cli/progress/planLines.ts';
import type { GraphStep } from '../../../src/core/catalog/command.ts';
import type { CommandInput } from '../../../src/core/catalog/commandSchema.ts';
import type { ValueScope } from '../../../src/core/catalog/valueScope.ts';
import { commandOf, runStep } from '../core/chains/sampleChain.ts';

const scope: ValueScope = {
  inputs: { file: 'a b.txt', note: '${{ steps.x.output }}' },
  inputsFrom: 'person',
  steps: {},
  workspace: { folder: '/work/app' },
};
const plain = (_colour: unknown, text: string): string => text;

describe('the plan of a command', () => {
  const steps: readonly GraphStep[] = [
    runStep('list', [], { run: ['git', 'log', '${{ inputs.file }}', '${{ workspace.folder }}'] } as Partial<GraphStep>),
    {
      id: 'review',
      needs: ['list'],
      prompt: 'Look at ${{ steps.list.output }} of ${{ inputs.file }}',
      profile: 'safe',
    },
    { id: 'gate', needs: ['review'], approve: 'Go on with ${{ inputs.note }}?', when: 'inputs.file != ""' },
    { id: 'last', needs: ['list'], action: 'save', with: { name: '${{ inputs.file }}', count: 3 } },
  ];

  it('fills in what is known, once, and leaves the rest as it is written', () => {
    const plan = commandPlan(commandOf(steps), scope);
    expect(plan.steps.map(({ does }) => does)).toEqual([
      'git log "a b.txt" /work/app',
      'Look at ${{ steps.list.output }} of a b.txt',
      'Go on with ${{ steps.x.output }}?',
      'save name="a b.txt" count=3',
    ]);
  });

  it('gives a command inside what its step gives it, as far as it is known, and else its defaults', () => {
    const inputs: readonly CommandInput[] = [
      { name: 'path', type: 'text' },
      { name: 'found', type: 'text' },
      { name: 'depth', type: 'choice', choices: ['quick', 'deep'], default: 'quick' },
      { name: 'most', type: 'number', default: 3 },
      { name: 'constructor', type: 'text', required: false },
    ];
    const given = { path: '${{ inputs.file }}', found: '${{ steps.list.output }}', most: 7 };
    expect(plannedInputs({ inputs }, given, scope)).toEqual({
      path: 'a b.txt',
      found: '${{ steps.list.output }}',
      depth: 'quick',
      most: 7,
      constructor: null,
    });
  });

  it('tells which steps begin side by side', () => {
    const plan = commandPlan(commandOf(steps), scope);
    expect(plan.steps.map(({ id, stage }) => [id, stage])).toEqual([
      ['list', 1],
      ['review', 2],
      ['gate', 3],
      ['last', 2],
    ]);
  });

  it('shows a command of one prompt as one step with the profile of the command', () => {
    const prompt = commandOf([], { body: { kind: 'prompt', prompt: 'Read ${{ inputs.file }}.' }, profile: 'speed' });
    expect(commandPlan(prompt, scope)).toMatchObject({
      kind: 'prompt',
      profile: 'speed',
      steps: [{ id: 'prompt', kind: 'prompt', does: 'Read a b.txt.', profile: 'speed', stage: 1 }],
    });
  });

  it('is printed in the order in which steps begin, with what its commands do inside', () => {
    const inner = commandPlan(commandOf([runStep('deep')], { title: 'Inner', fullName: 'user:inner' }), scope);
    const outer: readonly GraphStep[] = [
      { id: 'late', needs: ['early'], command: 'inner' },
      runStep('early', [], { retry: { attempts: 3 }, timeout: '1m', onFailure: 'continue' }),
    ];
    const plan = commandPlan(
      commandOf(outer, { limits: { usd: 2 }, requiresSnapshot: true }),
      scope,
      new Map([['late', inner]]),
    );
    expect(planLines(plan, plain)).toEqual([
      'Sample user:sample · at most $2 · only with a snapshot before'.replace(' ', '  '),
      '  1 early  run · up to 3 attempts · at most 1m · on failure continue',
      '      true',
      '  2 late  command · after early',
      '      inner',
      '      Inner  user:inner',
      '        1 deep  run',
      '            true',
    ]);
  });
});
