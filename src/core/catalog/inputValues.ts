import type { JsonValue } from '../../base/json.ts';
import { nearestWord } from '../validation/nearestWord.ts';
import { matchesPattern } from '../validation/textPattern.ts';
import { badInputs } from './catalogErrors.ts';
import type { CatalogCommand, InputValues } from './command.ts';
import type { CommandInput } from './commandSchema.ts';

const LONGEST_TEXT = 20_000;
const LONGEST_PATH = 4000;
/** What git itself takes as a name, and no option, no range, no path in a commit. */
const GIT_REF = /^(?!-)(?!.*(?:\.\.|\/\/|@\{|\.lock(?:\/|$)))[^\p{Cc}\p{Cs} ~^:?*[\\]{1,250}(?:[~^]\d{0,6})*$/su;

const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false],
]);

/** Whether an input has to be given. */
export function isRequired(input: CommandInput): boolean {
  return input.default === undefined && input.required !== false;
}

/**
 * Checks given values against a command's inputs, and fills in the defaults. An input that is left out is null.
 * Whether files, folders and git refs are there is checked before it runs, by `checkInputPlaces`.
 *
 * @param given JSON values, or the texts of a command line
 * @throws CatalogError `badInputs`, which names every input that does not fit
 */
export function checkInputValues(
  command: Pick<CatalogCommand, 'fullName' | 'inputs'>,
  given: Readonly<Record<string, JsonValue | undefined>>,
): InputValues {
  const names = command.inputs.map(({ name }) => name);
  const unknown = Object.keys(given).filter(name => given[name] !== undefined && !names.includes(name));
  const problems = unknown.map(name => {
    const near = nearestWord(name, names);
    return `It has no input "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
  });
  const values = command.inputs.map((input): [string, JsonValue] => {
    const raw = Object.hasOwn(given, input.name) ? given[input.name] : undefined;
    if (raw === undefined || raw === null) {
      if (isRequired(input)) {
        problems.push(`The input "${input.name}" is missing.`);
      }
      return [input.name, input.default ?? null];
    }
    const value = fromText(input, raw);
    const why = inputProblem(input, value);
    if (why !== undefined) {
      problems.push(`The input "${input.name}" ${why}`);
    }
    return [input.name, value];
  });
  if (problems.length > 0) {
    throw badInputs(command.fullName, problems);
  }
  return Object.fromEntries(values);
}

/** What is wrong with a value as it was given, also as text; nothing when it fits. */
export function givenProblem(input: CommandInput, raw: JsonValue): string | undefined {
  return inputProblem(input, fromText(input, raw));
}

/** What is wrong with one value, as the end of a sentence; nothing when it fits. */
export function inputProblem(input: CommandInput, value: JsonValue): string | undefined {
  switch (input.type) {
    case 'text':
      return textProblem(input, value);
    case 'choice':
      return typeof value === 'string' && input.choices.includes(value)
        ? undefined
        : `must be one of ${input.choices.join(', ')}.`;
    case 'number':
      return numberProblem(input, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false.';
    case 'file':
    case 'folder':
      return isPath(value) ? undefined : `must be the path of a ${input.type}.`;
    case 'gitRef':
      return typeof value === 'string' && GIT_REF.test(value)
        ? undefined
        : 'must be a branch, a tag or a commit of git.';
  }
}

function textProblem(input: Extract<CommandInput, { type: 'text' }>, value: JsonValue): string | undefined {
  if (typeof value !== 'string') {
    return 'must be text.';
  }
  if (value.length > LONGEST_TEXT) {
    return `must have at most ${LONGEST_TEXT} characters.`;
  }
  if (isRequired(input) && value.trim() === '') {
    return 'must not be empty.';
  }
  if (input.multiline !== true && /[\r\n]/.test(value)) {
    return 'must be a single line.';
  }
  if (input.pattern === undefined) {
    return undefined;
  }
  const match = matchesPattern(input.pattern, value);
  if (match === 'tookTooLong') {
    return `could not be checked: its pattern takes too long for this text. The pattern is ${input.pattern}`;
  }
  return match === 'yes' ? undefined : `must match ${input.pattern}`;
}

function numberProblem({ min, max }: Extract<CommandInput, { type: 'number' }>, value: JsonValue): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return 'must be a number.';
  }
  if (min !== undefined && value < min) {
    return `must be at least ${min}.`;
  }
  return max !== undefined && value > max ? `must be at most ${max}.` : undefined;
}

/** A file may have any name that the disk takes, hidden characters and line breaks among them: it has to be there. */
function isPath(value: JsonValue): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_PATH && !value.includes('\0');
}

/** A command line knows only texts. */
function fromText(input: CommandInput, raw: JsonValue): JsonValue {
  if (typeof raw !== 'string') {
    return raw;
  }
  if (input.type === 'number') {
    return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(raw.trim()) ? Number(raw) : raw;
  }
  if (input.type === 'boolean') {
    return TRUTH.get(raw.trim().toLowerCase()) ?? raw;
  }
  return raw;
}
