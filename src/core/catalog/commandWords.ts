import { asRecord, type ShapeIssue, type ShapeWords, shownWord, valueAt } from '../validation/shapeFaults.ts';
import type { YamlPath } from '../validation/yamlText.ts';
import { commandFileSchema, commandInputSchema, limitsSchema, retrySchema, stepForms } from './commandSchema.ts';

/** What a value must be, in words, for the last name on the way to it; the rest follows from the schema. */
const EXPECTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    name: 'made of small letters a to z, digits and single hyphens, at most 64 in all',
    icon: 'the name of a codicon, such as shield',
    inputs: 'a list of inputs, each with a name and a type',
    steps: 'a list of steps',
    step: 'the id of a step',
    parallel: 'a list of steps that start together',
    id: 'made of letters, digits, single hyphens and underscores, beginning with a small letter',
    needs: 'a list of step ids',
    timeout: 'a duration such as 30s, 10m or 1h30m',
    delay: 'a duration such as 500ms or 5s',
    maxDelay: 'a duration such as 30s or 5m',
    run: 'a program and its arguments as a list, or one text together with "shell: true"',
    shell: 'true, or left out',
    command: 'the name of a command, such as lint or project:lint',
    action: 'the name of an action, such as backup',
    onFailure: 'stop, continue, or "step:" with the id of a step',
    output: 'text, json, a "schema:" or "files:"',
    foreach: 'a list, or an expression that gives one',
    limits: 'a map with usd, turns or minutes',
    retry: 'a map with attempts, and perhaps delay, factor and maxDelay',
  }),
);

const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['limits', Object.keys(limitsSchema.shape)],
  ['retry', Object.keys(retrySchema.shape)],
  ['onFailure', ['step']],
  ['output', ['schema', 'files']],
]);

/** How the faults of a command's file speak. */
export function commandWords(file: unknown): ShapeWords {
  return {
    where: path => describeValue(file, path),
    knownKeys: path => knownKeys(file, path),
    expected: (path, issue) => expectedText(file, path, issue),
    meant: (written, forms, path) => mostFitting(written, forms, path),
  };
}

function describeValue(file: unknown, path: YamlPath): string {
  const steps = stepPathLength(path);
  const isInput = path[0] === 'inputs' && typeof path[1] === 'number';
  const owned = isInput ? 2 : steps;
  const owner = owned === 0 ? 'the command' : describeOwner(file, path.slice(0, owned), isInput);
  const way = path
    .slice(owned)
    .map(step => (typeof step === 'number' ? `${step + 1}` : shownWord(step)))
    .join(' › ');
  return way === '' ? owner : `"${way}" of ${owner}`;
}

function describeOwner(file: unknown, path: YamlPath, isInput: boolean): string {
  const value = asRecord(valueAt(file, path));
  const name = isInput ? value?.['name'] : value?.['id'];
  const what = isInput ? 'input' : 'step';
  return typeof name === 'string' ? `the ${what} "${shownWord(name)}"` : `${what} ${Number(path.at(-1)) + 1}`;
}

/** How much of the way leads to a step; 0 when it leads to none. */
function stepPathLength(path: YamlPath): number {
  if (path[0] !== 'steps' || typeof path[1] !== 'number') {
    return 0;
  }
  return path[2] === 'parallel' && typeof path[3] === 'number' ? 4 : 2;
}

function knownKeys(file: unknown, path: YamlPath): readonly string[] {
  const last = path.at(-1);
  if (path.length === 0) {
    return Object.keys(commandFileSchema.shape);
  }
  if (path[0] === 'inputs' && path.length === 2) {
    const type = asRecord(valueAt(file, path))?.['type'];
    const form = commandInputSchema.options.find(option => option.shape.type.value === type);
    return Object.keys(form?.shape ?? commandInputSchema.options[0].shape);
  }
  if (path.length === stepPathLength(path)) {
    return Object.keys(formOf(valueAt(file, path))?.shape ?? stepForms.prompt.shape);
  }
  return KEYS.get(String(last)) ?? [];
}

/** The form of step that somebody meant: the one whose telling key is there. */
function formOf(written: unknown): (typeof stepForms)[keyof typeof stepForms] | undefined {
  const record = asRecord(written) ?? {};
  const kind = (Object.keys(stepForms) as (keyof typeof stepForms)[]).find(key => Object.hasOwn(record, key));
  return kind === undefined ? undefined : stepForms[kind];
}

function mostFitting(
  written: unknown,
  forms: readonly ShapeIssue[][],
  path: YamlPath,
): readonly ShapeIssue[] | undefined {
  const record = asRecord(written);
  if (record === undefined) {
    return undefined;
  }
  if (path.length === stepPathLength(path)) {
    const index = Object.keys(stepForms).findIndex(key => Object.hasOwn(record, key));
    return forms[index];
  }
  const deep = forms.filter(issues =>
    issues.every(({ path: inner, code }) => inner.length > 0 || (code !== 'invalid_type' && code !== 'invalid_value')),
  );
  return (
    deep.find(issues => !issues.some(issue => issue.code === 'unrecognized_keys')) ??
    (deep.length === 1 ? deep[0] : undefined)
  );
}

function expectedText(file: unknown, path: YamlPath, issue: ShapeIssue): string {
  const last = path.at(-1);
  const isNamed = typeof last === 'string' && !['with', 'env', 'inputs'].includes(String(path.at(-2)));
  if (path.length > 0 && path.length === stepPathLength(path)) {
    const forms = Object.keys(stepForms);
    return path.includes('parallel')
      ? `a map with one of ${forms.filter(form => form !== 'parallel').join(', ')}: there is no "parallel" in another one`
      : `a map with one of ${forms.join(', ')}`;
  }
  if (issue.code === 'invalid_value') {
    return `${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}`;
  }
  if (path[0] === 'inputs' && last === 'type') {
    return `one of ${commandInputSchema.options.map(option => option.shape.type.value).join(', ')}`;
  }
  if (path.length === 0) {
    return 'a map with name, title, description, and one of prompt, action and steps';
  }
  if (valueAt(file, path) === undefined && issue.code === 'invalid_type') {
    return `given: ${isNamed ? (EXPECTED.get(last) ?? words(issue)) : words(issue)}`;
  }
  return (isNamed ? EXPECTED.get(last) : undefined) ?? words(issue);
}

function words(issue: ShapeIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'too_small':
      return issue.origin === 'string'
        ? `text of at least ${issue.minimum} character${issue.minimum === 1 ? '' : 's'}`
        : `${KINDS[issue.origin] ?? issue.origin} ${issue.inclusive === false ? 'above' : 'of at least'} ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string'
        ? `text of at most ${issue.maximum} characters`
        : `${KINDS[issue.origin] ?? issue.origin} of at most ${issue.maximum}`;
    case 'invalid_key':
      return 'a name of letters, digits, hyphens and underscores';
    default:
      return 'of another form';
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
  map: 'a map of keys and values',
};
