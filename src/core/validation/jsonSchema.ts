import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { matchesPattern, patternProblem } from './textPattern.ts';

const DEEPEST = 100;
const MOST_PROBLEMS = 20;

/**
 * What is wrong with a value, one line each: none when it fits. Knows the assertions of JSON Schema 2020-12 that say what a
 * single value is (https://json-schema.org/draft/2020-12/json-schema-validation) and references inside the schema; as there,
 * `format` and words that it does not know say nothing.
 */
export function schemaProblems(schema: JsonValue, value: JsonValue): readonly string[] {
  const found: string[] = [];
  check(schema, value, { root: schema, path: '', depth: 0, found });
  return found.slice(0, MOST_PROBLEMS);
}

interface Place {
  readonly root: JsonValue;
  readonly path: string;
  readonly depth: number;
  readonly found: string[];
}

function check(schema: JsonValue, value: JsonValue, place: Place): void {
  const tell = (what: string): void => void place.found.push(`${place.path || 'the output'} ${what}`);
  if (place.depth > DEEPEST) {
    tell('is nested too deep, or its schema refers to itself');
    return;
  }
  if (schema === false) {
    tell('is not allowed');
  }
  if (!isObject(schema)) {
    return;
  }
  checkValue(schema, value, tell);
  checkGroups(schema, value, { ...place, depth: place.depth + 1 }, tell);
  if (typeof value === 'string') {
    checkText(schema, value, tell);
  } else if (typeof value === 'number') {
    checkNumber(schema, value, tell);
  } else if (Array.isArray(value)) {
    checkList(schema, value, place, tell);
  } else if (isObject(value)) {
    checkObject(schema, value, place, tell);
  }
}

type Tell = (what: string) => void;

function checkValue(schema: JsonObject, value: JsonValue, tell: Tell): void {
  const types = [schema['type'] ?? []].flat();
  if (types.length > 0 && !types.some(type => isOfType(value, type))) {
    tell(`is not of the type ${types.join(' or ')}`);
  }
  if (Array.isArray(schema['enum']) && !schema['enum'].some(one => isDeepStrictEqual(one, value))) {
    tell(`is none of ${JSON.stringify(schema['enum'])}`);
  }
  if (schema['const'] !== undefined && !isDeepStrictEqual(schema['const'], value)) {
    tell(`is not ${JSON.stringify(schema['const'])}`);
  }
}

function checkGroups(schema: JsonObject, value: JsonValue, place: Place, tell: Tell): void {
  const fits = (other: JsonValue): boolean => {
    const found: string[] = [];
    check(other, value, { ...place, found });
    return found.length === 0;
  };
  const group = (name: string): JsonValue[] | undefined => (Array.isArray(schema[name]) ? schema[name] : undefined);
  for (const one of group('allOf') ?? []) {
    check(one, value, place);
  }
  if (group('anyOf')?.some(fits) === false) {
    tell('fits none of the forms of "anyOf"');
  }
  const fitting = group('oneOf')?.filter(fits).length ?? 1;
  if (fitting !== 1) {
    tell(`fits ${fitting} of the forms of "oneOf", not one`);
  }
  if (schema['not'] !== undefined && fits(schema['not'])) {
    tell('is what it must not be');
  }
  if (schema['if'] !== undefined) {
    check(schema[fits(schema['if']) ? 'then' : 'else'] ?? true, value, place);
  }
  if (typeof schema['$ref'] === 'string') {
    const target = resolve(place.root, schema['$ref']);
    if (target === undefined) {
      tell(`cannot be checked: its schema refers to ${schema['$ref']}, which is not in it`);
    } else {
      check(target, value, place);
    }
  }
}

function checkText(schema: JsonObject, value: string, tell: Tell): void {
  const length = [...value].length;
  if (length < atLeast(schema['minLength']) || length > atMost(schema['maxLength'])) {
    tell(`has ${length} characters`);
  }
  const { pattern } = schema;
  // It may be found anywhere in the text.
  const isFound = (inside: string): boolean =>
    patternProblem(inside) === undefined && matchesPattern(`[\\s\\S]*?(?:${inside})[\\s\\S]*`, value) === 'yes';
  if (typeof pattern === 'string' && !isFound(pattern)) {
    tell(`does not match ${pattern}`);
  }
}

function checkNumber(schema: JsonObject, value: number, tell: Tell): void {
  const { multipleOf } = schema;
  const isFine =
    value >= atLeast(schema['minimum']) &&
    value <= atMost(schema['maximum']) &&
    value > atLeast(schema['exclusiveMinimum']) &&
    value < atMost(schema['exclusiveMaximum']) &&
    (typeof multipleOf !== 'number' || Number.isInteger(value / multipleOf));
  if (!isFine) {
    tell(`is ${value}, which is not allowed`);
  }
}

function checkList(schema: JsonObject, value: readonly JsonValue[], place: Place, tell: Tell): void {
  if (value.length < atLeast(schema['minItems']) || value.length > atMost(schema['maxItems'])) {
    tell(`has ${value.length} items`);
  }
  if (
    schema['uniqueItems'] === true &&
    value.some((one, at) => value.slice(0, at).some(other => isDeepStrictEqual(one, other)))
  ) {
    tell('has an item twice');
  }
  const first = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : [];
  for (const [at, item] of value.entries()) {
    check(first[at] ?? schema['items'] ?? true, item, {
      ...place,
      path: `${place.path}[${at}]`,
      depth: place.depth + 1,
    });
  }
}

function checkObject(schema: JsonObject, value: JsonObject, place: Place, tell: Tell): void {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  for (const name of required) {
    if (typeof name === 'string' && !Object.hasOwn(value, name)) {
      tell(`has no "${name}"`);
    }
  }
  const count = Object.keys(value).length;
  if (count < atLeast(schema['minProperties']) || count > atMost(schema['maxProperties'])) {
    tell(`has ${count} fields`);
  }
  for (const [name, inner] of Object.entries(value)) {
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const known = Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties'];
    check(known ?? true, inner, { ...place, path, depth: place.depth + 1 });
  }
}

function isOfType(value: JsonValue, type: JsonValue): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** Such as `#/$defs/finding`. */
function resolve(root: JsonValue, reference: string): JsonValue | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) {
    return undefined;
  }
  return reference
    .slice(2)
    .split('/')
    .filter(step => step !== '')
    .map(step => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<JsonValue | undefined>(
      (found, step) => (isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined),
      root,
    );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function atLeast(limit: JsonValue | undefined): number {
  return typeof limit === 'number' ? limit : Number.NEGATIVE_INFINITY;
}

function atMost(limit: JsonValue | undefined): number {
  return typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY;
}
