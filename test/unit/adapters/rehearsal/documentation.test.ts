import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { promptScriptIn } from '../../../../src/adapters/rehearsal/promptScript.ts';
import { parsePromptScript, parseScenario } from '../../../../src/adapters/rehearsal/scenario.ts';
import { matchSchema, stepSchema } from '../../../../src/adapters/rehearsal/scenarioSchema.ts';

const page = readFileSync(new URL('../../../../docs/rehearsal.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text]) => text ?? '');

describe('docs/rehearsal.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(4);
  });

  it.each(examples.map((text, index) => [index + 1, text] as const))(
    'has an example %i that can be used',
    (_number, text) => {
      expect(parseScenario(text, 'example').rules.length).toBeGreaterThan(0);
    },
  );

  it('has a prompt with a script that can be used', () => {
    const prompt = /^````text\n([\s\S]*?)^````$/m.exec(page)?.[1] ?? '';
    expect(parsePromptScript(promptScriptIn(prompt) ?? '')).toHaveLength(2);
  });

  it.each([
    ['match', Object.keys(matchSchema.shape)],
    ['block', Object.keys(stepSchema.shape)],
  ])('names every key of a %s', (_what, keys) => {
    expect(keys.filter(key => !new RegExp(`\`${key}\\b`).test(page))).toEqual([]);
  });
});
