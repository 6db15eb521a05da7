import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../src/base/json.ts';
import type { CatalogError } from '../../../../src/core/catalog/catalogErrors.ts';
import type { CommandInput } from '../../../../src/core/catalog/commandSchema.ts';
import { checkInputValues, inputProblem } from '../../../../src/core/catalog/inputValues.ts';

const INPUTS: readonly CommandInput[] = [
  { name: 'target', type: 'text', pattern: '[a-z/]+' },
  { name: 'depth', type: 'choice', choices: ['quick', 'deep'], default: 'quick' },
  { name: 'most', type: 'number', min: 1, max: 9, default: 3 },
  { name: 'fix', type: 'boolean', default: false },
  { name: 'notes', type: 'text', multiline: true, required: false },
  { name: 'since', type: 'gitRef', required: false },
];

function check(given: Record<string, JsonValue | undefined>) {
  return checkInputValues({ fullName: 'user:audit', inputs: INPUTS }, given);
}

function failure(given: Record<string, JsonValue>): CatalogError {
  try {
    check(given);
  } catch (error) {
    return error as CatalogError;
  }
  throw new Error('It was accepted.');
}

describe('the values of inputs', { timeout: 30_000 }, () => {
  it('come from the texts of a command line, with defaults for the rest', () => {
    expect(check({ target: 'src/app', most: '7', fix: 'yes' })).toEqual({
      target: 'src/app',
      depth: 'quick',
      most: 7,
      fix: true,
      notes: null,
      since: null,
    });
  });

  it('come from JSON as they are', () => {
    expect(
      check({ target: 'a', most: 2.5, fix: true, notes: 'a\nb', since: 'v1.0.0~2', depth: undefined }),
    ).toMatchObject({
      most: 2.5,
      fix: true,
      notes: 'a\nb',
      since: 'v1.0.0~2',
    });
  });

  it.each([
    [{}, '"target" is missing'],
    [{ target: '' }, '"target" must not be empty'],
    [{ target: 'A' }, '"target" must match [a-z/]+'],
    [{ target: 'a\nb' }, '"target" must be a single line'],
    [{ target: 5 }, '"target" must be text'],
    [{ target: 'a', depth: 'deeper' }, '"depth" must be one of quick, deep'],
    [{ target: 'a', most: 'many' }, '"most" must be a number'],
    [{ target: 'a', most: '0x3' }, '"most" must be a number'],
    [{ target: 'a', most: 10 }, '"most" must be at most 9'],
    [{ target: 'a', most: 0 }, '"most" must be at least 1'],
    [{ target: 'a', fix: 'constructor' }, '"fix" must be true or false'],
    [{ target: 'a', since: '--output=/etc/passwd' }, '"since" must be a branch'],
    [{ target: 'a', tagret: 'b' }, 'no input "tagret"; did you mean "target"?'],
    [{ target: 'a', __proto__x: 'b' }, 'no input "__proto__x"'],
  ])('are refused by the name of the input: %j', (given, text) => {
    const error = failure(given as Record<string, JsonValue>);
    expect(error).toMatchObject({ family: 'catalog', reason: 'badInputs' });
    expect(error.message).toContain(text);
  });

  it('are all refused at once', () => {
    expect(failure({ most: 'x', fix: 'y' }).detail?.split('\n')).toHaveLength(3);
  });

  it('take no longer than a second to be matched', () => {
    const input: CommandInput = { name: 'a', type: 'text', pattern: '(a+)+' };
    expect(inputProblem(input, `${'a'.repeat(40)}!`)).toContain('takes too long');
    // The next one is matched as ever.
    expect(inputProblem(input, 'aaa')).toBeUndefined();
  });

  it('match the whole text, whatever the pattern holds', () => {
    expect(inputProblem({ name: 'a', type: 'text', pattern: 'a|b' }, 'axb')).toContain('must match');
  });

  it.each([
    'main',
    'feature/x-1',
    'v1.0.0',
    'HEAD~3',
    'HEAD^',
    'HEAD^2~1',
    'a1b2c3d',
    'größe',
    '👩\u200d🚀',
    'a\u202eb',
  ])('take the git ref %j', ref => {
    expect(inputProblem({ name: 'r', type: 'gitRef' }, ref)).toBeUndefined();
  });

  it.each([
    '-x',
    'a..b',
    'a b',
    'a\nb',
    'a:b',
    'a\\b',
    'a@{1}',
    'x.lock',
    '',
    'a\u001bb',
    'a\u2028..b',
    'a\ud800',
    'a*',
  ])('refuse the git ref %j', ref => {
    expect(inputProblem({ name: 'r', type: 'gitRef' }, ref)).toBeDefined();
  });

  it.each(['a b', 'a\nb', 'a\u202eb', '$(touch a)', '-rf', '\u001b[2J'])('take the path %j', path => {
    expect(inputProblem({ name: 'f', type: 'file' }, path)).toBeUndefined();
    expect(inputProblem({ name: 'f', type: 'folder' }, path)).toBeUndefined();
  });

  it.each(['', ' ', 'a\0b', 'x'.repeat(4001)])('refuse the path %j', path => {
    expect(inputProblem({ name: 'f', type: 'file' }, path)).toBeDefined();
    expect(inputProblem({ name: 'f', type: 'folder' }, path)).toBeDefined();
  });

  it('are accepted or refused with a reason, whatever they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...INPUTS.map(({ name }) => name), 'x'), fc.jsonValue()), given => {
        try {
          const values = check(given as Record<string, JsonValue>);
          expect(Object.keys(values)).toEqual(INPUTS.map(({ name }) => name));
        } catch (error) {
          expect(error).toMatchObject({ reason: 'badInputs' });
        }
      }),
    );
  });
});
