import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { StepOutput } from '../catalog/commandSchema.ts';
import { schemaProblems } from '../validation/jsonSchema.ts';
import { badOutput } from './chainErrors.ts';

/** Characters of one output that are kept: the log holds every output as long as the chain. */
const LONGEST_TEXT = 100_000;

/** The schema that an agent is asked to fit, if its output has one. */
export function schemaOf(output: StepOutput | undefined): JsonObject | undefined {
  return typeof output === 'object' && 'schema' in output ? (output.schema as JsonObject) : undefined;
}

/**
 * What a step gives to later ones, from the text that it ended with. The line break at the end does not count.
 * @throws ChainError `badOutput` for text that is no JSON, is too long for it, or does not fit the schema
 */
export function outputFromText(output: StepOutput | undefined, text: string): JsonValue {
  const schema = schemaOf(output);
  if (output !== 'json' && schema === undefined) {
    return withoutEnd(text);
  }
  const value = parseJson(text);
  return schema === undefined ? value : fitting(schema, value);
}

/** @throws ChainError `badOutput` */
export function fitting(schema: JsonObject, value: JsonValue): JsonValue {
  const problems = schemaProblems(schema, value);
  if (problems.length > 0) {
    throw badOutput(problems.join('\n'));
  }
  return kept(value);
}

/** An output as it is kept: a text that is too long ends with how much was left out. */
export function kept(value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    return withoutEnd(value);
  }
  const length = JSON.stringify(value).length;
  if (length > LONGEST_TEXT) {
    throw badOutput(`It has ${length} characters as JSON; at most ${LONGEST_TEXT} are kept. Write it to a file.`);
  }
  return value;
}

function withoutEnd(text: string): string {
  const trimmed = text.replace(/\r?\n$/, '');
  return trimmed.length <= LONGEST_TEXT
    ? trimmed
    : `${trimmed.slice(0, LONGEST_TEXT)}\n… ${trimmed.length - LONGEST_TEXT} more characters are not kept.`;
}

/** Models like to put JSON into a fence. */
function parseJson(text: string): JsonValue {
  const bare = /^\s*```(?:json)?\s*\n([\s\S]*?)\n```\s*$/.exec(text)?.[1] ?? text;
  try {
    return kept(JSON.parse(bare) as JsonValue);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw badOutput(`It is no JSON: ${error.message}`);
    }
    throw error;
  }
}
