import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeCommand, describeKeyAt } from '../../../../src/vscode/commandFiles/commandCompletion.ts';
import type { JsonSchema } from '../../../../src/vscode/commandFiles/schemaPlace.ts';
import { anyText } from '../../anyText.ts';
import { commandExamples } from '../../core/catalog/commandExamples.ts';

const SCHEMA = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../schemas/command.schema.json'), 'utf8'),
) as JsonSchema;
const KNOWN = { schema: SCHEMA, commands: ['lint', 'user:lint'], actions: ['backup'] };

/** The cursor stands at ▲. */
function at(marked: string) {
  const offset = marked.indexOf('▲');
  const text = marked.replace('▲', '');
  const { items, from } = completeCommand(text, offset, KNOWN);
  return { labels: items.map(({ label }) => label), word: text.slice(from, offset), items };
}

const STEPS =
  'name: a\nsteps:\n  - id: one\n    prompt: x\n  - parallel:\n      - id: two\n        prompt: x\n      - { id: three, prompt: x }\n';

describe('completion', { timeout: 30_000 }, () => {
  it('offers the keys of a command that are not there yet', () => {
    expect(at('name: a\n▲').labels).toEqual(expect.arrayContaining(['title', 'description', 'steps', 'inputs']));
    expect(at('name: a\n▲').labels).not.toContain('name');
    expect(at('▲\nname: a\n').labels).not.toContain('name');
    expect(at('name: a\nde▲').word).toBe('de');
    expect(at('name: a\n▲').items.find(({ label }) => label === 'profile')).toMatchObject({
      insert: 'profile: ',
      description: expect.stringContaining('profile'),
    });
  });

  it.each([
    ['limits:\n  ▲', ['usd', 'turns', 'minutes'], ['name']],
    ['limits: { ▲', ['usd', 'turns', 'minutes'], ['name']],
    ['limits: { usd: 1, ▲ }', ['turns'], ['usd']],
    ['inputs:\n  - ▲', ['name', 'type', 'choices', 'pattern'], ['steps']],
    ['inputs:\n- ▲', ['name', 'type'], ['steps']],
    ['inputs:\n  - name: x\n    type: choice\n    ▲', ['choices', 'default'], ['pattern', 'min', 'type']],
    ['inputs:\n  - name: x\n    ▲\n    type: choice\n', ['choices'], ['pattern', 'type']],
    ['inputs: [{ name: x, type: number, ▲', ['min', 'max'], ['pattern']],
    ['steps:\n  - ▲', ['id', 'prompt', 'run', 'parallel', 'approve'], ['title:']],
    ['steps:\n  - id: a\n    ▲', ['prompt', 'run', 'needs', 'when'], ['id', 'parallel']],
    ['steps:\n  - id: a\n    run: [x]\n    ▲', ['shell', 'cwd', 'env', 'successCodes'], ['prompt', 'profile']],
    ['steps:\n  - id: a\n    prompt: x\n    retry:\n      ▲', ['attempts', 'delay'], ['prompt']],
    ['steps:\n  - id: a\n    prompt: x\n    retry: { ▲', ['attempts', 'delay'], ['prompt']],
    ['steps:\n  - parallel:\n      - ▲', ['id', 'prompt'], ['parallel']],
    ['steps:\n  - parallel:\n      - id: a\n        run: [x]\n        ▲', ['cwd'], ['profile']],
    ['steps:\n  - { id: a, prompt: x, onFailure: { ▲', ['step'], ['id']],
    ['steps:\n  - id: a\n    output:\n      ▲', ['schema', 'files'], []],
  ])('offers the keys that fit in "%s"', (text, some, others) => {
    const { labels } = at(`name: a\n${text}`);
    expect(labels).toEqual(expect.arrayContaining(some));
    for (const other of others) {
      expect(labels).not.toContain(other);
    }
  });

  it.each([
    ['inputs:\n  - type: ▲', ['text', 'choice', 'number', 'boolean', 'file', 'folder', 'gitRef']],
    ['inputs:\n  - type: ch▲', ['text', 'choice', 'number', 'boolean', 'file', 'folder', 'gitRef']],
    ['inputs:\n  - { name: x, type: ▲', ['text', 'choice', 'number', 'boolean', 'file', 'folder', 'gitRef']],
    ['inputs:\n  - name: x\n    type: boolean\n    default: ▲', ['true', 'false']],
    ['snapshot: ▲', ['try', 'required']],
    ['action: ▲', ['backup']],
    ['steps:\n  - id: a\n    onFailure: ▲', ['stop', 'continue']],
    ['steps:\n  - id: a\n    prompt: x\n    output: ▲', ['text', 'json']],
    ['steps:\n  - id: a\n    run: x\n    shell: ▲', ['true']],
    ['steps:\n  - id: a\n    command: ▲', ['lint', 'user:lint']],
  ])('offers the values that fit in "%s"', (text, values) => {
    expect(at(`name: a\n${text}`).labels).toEqual(values);
  });

  it('offers the steps that come before', () => {
    expect(at(`${STEPS}  - id: four\n    needs: [▲`).labels).toEqual(['one', 'two', 'three']);
    expect(at(`${STEPS}  - id: four\n    needs: [one, t▲]`)).toMatchObject({
      labels: ['one', 'two', 'three'],
      word: 't',
    });
    expect(at(`${STEPS}  - id: four\n    needs:\n      - ▲`).labels).toEqual(['one', 'two', 'three']);
    expect(at(`${STEPS}  - id: four\n    prompt: \${{ steps.▲`).labels).toEqual(['one', 'two', 'three']);
    expect(at(`${STEPS}  - id: four\n    onFailure: { step: ▲`).labels).toEqual(['one', 'two', 'three', 'four']);
  });

  it('offers what can be filled in, also inside of a text', () => {
    const head =
      'name: a\ninputs:\n  - { name: target, type: text }\n  - type: text\n    name: depth\nprompt: |\n  Look at ';
    expect(at(`${head}\${{ ▲`).labels).toEqual(['inputs', 'steps', 'item', 'workspace']);
    expect(at(`${head}\${{ inputs.▲ }}`).labels).toEqual(['target', 'depth']);
    expect(at(`${head}\${{ inputs.ta▲`)).toMatchObject({ labels: ['target', 'depth'], word: 'ta' });
    expect(at(`${head}\${{ workspace.▲`).labels).toEqual(['folder']);
    expect(at(`${STEPS}  - id: b\n    prompt: "\${{ steps.one.▲`).labels).toEqual(['output', 'state', 'failure']);
    expect(at(`${head}\${{ inputs.target }} ▲`).labels).toEqual([]);
  });

  it.each([
    'name: a\nprompt: |\n  Some ▲',
    'name: a\nprompt: |\n  Some\n\n  - id▲',
    'name: a\nsteps:\n  - id: x\n    prompt: >-\n      one\n        ▲',
    'name: a\n# com▲',
    'name: a # com▲',
    'name: ▲',
  ])('offers nothing in "%s"', text => {
    expect(at(text).labels).toEqual([]);
  });

  it('never throws, wherever the cursor stands', () => {
    const texts = fc.oneof(
      anyText({ maxLength: 100 }),
      fc.constantFrom(...commandExamples().map(({ text }) => text)),
      fc
        .array(fc.constantFrom('- ', '{', '}', '[', ']', ': ', 'id', 'steps', '\n', '  ', '${{', '|', '"'), {
          maxLength: 40,
        })
        .map(parts => parts.join('')),
    );
    fc.assert(
      fc.property(texts, fc.nat(1500), (text, wish) => {
        const offset = Math.min(wish, text.length);
        const { from } = completeCommand(text, offset, KNOWN);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from).toBeLessThanOrEqual(offset);
        describeKeyAt(text, offset, SCHEMA);
      }),
    );
  });

  it('knows every key of the examples where it stands', () => {
    for (const { text } of commandExamples()) {
      for (const match of text.matchAll(/^(\s*(?:- )?)(\w+): /gm)) {
        const start = match.index + (match[1]?.length ?? 0);
        const { labels } = at(`${text.slice(0, start)}▲\n`);
        const [, , key = ''] = match;
        expect(labels, text.slice(match.index, start + 20)).toContain(key);
      }
    }
  });
});

describe('a hover', () => {
  it('says what a key means', () => {
    const text = 'name: a\nsteps:\n  - id: x\n    prompt: y\n    needs: []\n';
    expect(describeKeyAt(text, text.indexOf('needs') + 2, SCHEMA)).toMatchObject({
      key: 'needs',
      text: expect.stringContaining('come before'),
    });
    expect(describeKeyAt(text, text.indexOf('y'), SCHEMA)).toBeUndefined();
    expect(describeKeyAt('limits:\n  usd: 1\n', 11, SCHEMA)?.text).toBe('US dollars.');
  });
});
