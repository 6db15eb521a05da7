import { nearestWord } from './nearestWord.ts';
import { asRecord, shownWord } from './shapeFaults.ts';
import { patternProblem } from './textPattern.ts';
import type { YamlPath } from './yamlText.ts';

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];
/** Words whose value is a schema, a list of schemas, or a map of schemas. */
const SCHEMAS = new Set(['items', 'additionalProperties', 'not', 'if', 'then', 'else']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const MAPS = new Set(['properties', '$defs', 'definitions']);
const DEEPEST = 100;

export interface SchemaFault {
  /** The way inside the schema. */
  readonly path: YamlPath;
  /** The end of a sentence that begins with the schema. */
  readonly why: string;
}

/**
 * What no value could ever fit, or what would be overlooked: a mistake of the author. Words that are not known here say
 * nothing, as in JSON Schema. Pure.
 */
export function schemaFaults(schema: unknown): readonly SchemaFault[] {
  const found: SchemaFault[] = [];
  look(schema, [], found);
  return found;
}

function look(schema: unknown, path: YamlPath, found: SchemaFault[]): void {
  const tell = (key: string, why: string): void => void found.push({ path: [...path, key], why });
  const record = asRecord(schema);
  if (record === undefined) {
    if (typeof schema !== 'boolean') {
      found.push({ path, why: 'must be a map, true or false' });
    }
    return;
  }
  if (path.length > DEEPEST) {
    return;
  }
  for (const [key, value] of Object.entries(record)) {
    const problem = valueProblem(key, value);
    if (problem !== undefined) {
      tell(key, problem);
    } else if (SCHEMAS.has(key)) {
      look(value, [...path, key], found);
    } else if (LISTS.has(key) && Array.isArray(value)) {
      for (const [index, one] of value.entries()) {
        look(one, [...path, key, index], found);
      }
    } else if (MAPS.has(key)) {
      for (const [name, one] of Object.entries(asRecord(value) ?? {})) {
        look(one, [...path, key, name], found);
      }
    }
  }
}

function valueProblem(key: string, value: unknown): string | undefined {
  if (key === 'type') {
    const odd = [value].flat().find(type => typeof type !== 'string' || !TYPES.includes(type));
    const nearest = typeof odd === 'string' ? nearestWord(odd, TYPES) : undefined;
    return odd === undefined
      ? undefined
      : `has the type ${shownWord(String(odd))}, and there are only ${TYPES.join(', ')}${nearest === undefined ? '' : `; did you mean ${nearest}`}`;
  }
  if (key === 'pattern') {
    const problem = typeof value === 'string' ? patternProblem(value) : 'it is no text';
    return problem === undefined ? undefined : `has a pattern that is none: ${problem}`;
  }
  if (key === 'required') {
    return Array.isArray(value) && value.every(name => typeof name === 'string')
      ? undefined
      : 'has a "required" that is no list of names';
  }
  if (key === 'enum' || LISTS.has(key)) {
    return Array.isArray(value) ? undefined : `has "${key}", which must be a list`;
  }
  return MAPS.has(key) && asRecord(value) === undefined ? `has "${key}", which must be a map` : undefined;
}
