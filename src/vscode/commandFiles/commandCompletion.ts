import { STEP_FIELDS, WORKSPACE_FIELDS } from '../../core/catalog/valueScope.ts';
import { type JsonSchema, schemasAt, valuesOf } from './schemaPlace.ts';
import { type YamlPlace, yamlPlace } from './yamlPlace.ts';

interface CommandCompletion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'reference';
  readonly description?: string;
  /** What is written in place of the word. */
  readonly insert: string;
}

export interface CompletionList {
  readonly items: readonly CommandCompletion[];
  /** Where the word begins that a choice replaces; it ends at the cursor. */
  readonly from: number;
}

/** What completion goes by. */
export interface CommandKnowledge {
  /** What is in `schemas/command.schema.json`. */
  readonly schema: JsonSchema;
  readonly commands: readonly string[];
  readonly actions: readonly string[];
}

/** What can be written at a place of a command's file, half written as it may be. Pure. */
export function completeCommand(text: string, offset: number, known: CommandKnowledge): CompletionList {
  const reference = referenceAt(text, offset);
  if (reference !== undefined) {
    return { items: completeReference(text, offset, reference), from: offset - lastName(reference).length };
  }
  const place = yamlPlace(text, offset);
  if (place === undefined) {
    return { items: [], from: offset };
  }
  const items =
    place.kind === 'key' ? completeKey(text, offset, place, known.schema) : completeValue(text, place, known);
  return { items, from: offset - place.word.length };
}

/** What the key at this place means; nothing when there is no key. */
export function describeKeyAt(
  text: string,
  offset: number,
  schema: JsonSchema,
): { readonly key: string; readonly text: string } | undefined {
  const start = text.slice(0, offset).search(/[\w-]*$/);
  const word = /^[\w-]*/.exec(text.slice(start))?.[0] ?? '';
  if (word === '' || text[start + word.length] !== ':') {
    return undefined;
  }
  const place = yamlPlace(text, start);
  const found = place === undefined ? [] : schemasAt(schema, place.path, place.siblings);
  const described = found.map(one => one.properties?.[word]?.description).find(one => one !== undefined);
  return described === undefined ? undefined : { key: word, text: described };
}

function completeKey(
  text: string,
  offset: number,
  { path, siblings }: YamlPlace,
  schema: JsonSchema,
): readonly CommandCompletion[] {
  const last = path.at(-1);
  const owner = path.at(-2);
  if (last === '*' && owner === 'needs') {
    return stepsBefore(text, offset).map(valueItem);
  }
  const keys = new Map<string, JsonSchema>();
  for (const { properties = {} } of schemasAt(schema, path, siblings)) {
    for (const [key, value] of Object.entries(properties)) {
      if (!siblings.has(key) && !keys.has(key)) {
        keys.set(key, value);
      }
    }
  }
  return [...keys].map(([key, { description }]) => ({
    label: key,
    kind: 'key' as const,
    insert: `${key}: `,
    ...(description === undefined ? {} : { description }),
  }));
}

function completeValue(
  text: string,
  { path, siblings, key = '' }: YamlPlace,
  { schema, commands, actions }: CommandKnowledge,
): readonly CommandCompletion[] {
  if (key === 'step' && path.at(-1) === 'onFailure') {
    return stepIds(text).map(valueItem);
  }
  if (key === 'command') {
    return commands.map(valueItem);
  }
  if (key === 'action') {
    return actions.map(valueItem);
  }
  const own = schemasAt(schema, path, siblings).flatMap(one => {
    const property = one.properties?.[key];
    return property === undefined ? [] : schemasAt(property, []);
  });
  const others = key === 'type' && path[0] === 'inputs' ? schemasAt(schema, [...path, key]) : [];
  return [...new Set([...own, ...others].flatMap(valuesOf))].map(valueItem);
}

/** What is written of a reference whose braces are open at the cursor. */
function referenceAt(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const open = line.lastIndexOf('${{');
  const inside = open < 0 ? undefined : line.slice(open + 3);
  return inside === undefined || inside.includes('}}') ? undefined : inside.trimStart();
}

function completeReference(text: string, offset: number, written: string): readonly CommandCompletion[] {
  const way = written.split('.').slice(0, -1);
  const names = (list: readonly string[], description?: string): readonly CommandCompletion[] =>
    list.map(label => ({
      label,
      kind: 'reference' as const,
      insert: label,
      ...(description === undefined ? {} : { description }),
    }));
  switch (way[0]) {
    case undefined:
      return names(['inputs', 'steps', 'item', 'workspace']);
    case 'inputs':
      return way.length === 1 ? names(inputNames(text), 'An input of this command.') : [];
    case 'steps':
      return way.length === 1
        ? names(stepsBefore(text, offset), 'A step that comes before.')
        : names(way.length === 2 ? STEP_FIELDS : []);
    case 'workspace':
      return way.length === 1 ? names(WORKSPACE_FIELDS) : [];
    default:
      return [];
  }
}

function lastName(written: string): string {
  return /[\w-]*$/.exec(written)?.[0] ?? '';
}

const STEP_LINE = /^\s*(?:-\s*)?(?:\{\s*)?id:\s*["']?([A-Za-z][\w-]*)/gm;

function stepIds(text: string): readonly string[] {
  return [...text.matchAll(STEP_LINE)].map(([, id = '']) => id);
}

/** The steps above the one that the cursor is in. */
function stepsBefore(text: string, offset: number): readonly string[] {
  const above = stepIds(text.slice(0, offset));
  const here = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const isOwnHead = /^\s*-/.test(here);
  const isNew = isOwnHead && stepIds(here).length === 0 && !/needs/.test(textOfItem(text, offset));
  return isNew ? above : above.slice(0, -1);
}

/** The lines from the last line above that begins a step, up to the cursor. */
function textOfItem(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const start = [...before.matchAll(STEP_LINE)].at(-1)?.index ?? 0;
  return before.slice(start);
}

function inputNames(text: string): readonly string[] {
  const section = /^inputs:([\s\S]*?)(?=^\S|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  return [...section.matchAll(/(?:^\s*(?:-\s*)?|[{,]\s*)name:\s*["']?([A-Za-z][\w-]*)/gm)].map(([, name = '']) => name);
}

function valueItem(label: string): CommandCompletion {
  return { label, kind: 'value', insert: label };
}
