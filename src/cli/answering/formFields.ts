import type { JsonObject, JsonValue } from '../../base/json.ts';

/** One field of a form that an MCP server asks for. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'number' | 'yesNo' | 'choice';
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  /** What to type, in brackets, with a space before it. */
  readonly hint: string;
}

export type ParsedField =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'leftOut' }
  | { readonly kind: 'wrong' };

/** The fields of a flat JSON Schema, which is all that the protocol allows. */
export function formFields(schema: JsonObject): readonly FormField[] {
  const properties = asObject(schema['properties']);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).map(([name, value]) => fieldOf(name, asObject(value), required.includes(name)));
}

function fieldOf(name: string, schema: JsonObject, isRequired: boolean): FormField {
  const choices = Array.isArray(schema['enum']) ? schema['enum'].filter(item => typeof item === 'string') : [];
  const type = schema['type'];
  const kind =
    choices.length > 0
      ? 'choice'
      : type === 'boolean'
        ? 'yesNo'
        : type === 'number' || type === 'integer'
          ? 'number'
          : 'text';
  const what = { text: '', number: 'a number', yesNo: 'y or n', choice: choices.join(', ') }[kind];
  const parts = [what, isRequired ? '' : 'may be empty'].filter(part => part !== '');
  return {
    name,
    label: asText(schema['title']) || asText(schema['description']) || name,
    kind,
    choices,
    isRequired,
    hint: parts.length === 0 ? '' : ` (${parts.join('; ')})`,
  };
}

/** What a typed line means for a field. */
export function parseField(field: FormField, typed: string): ParsedField {
  const text = typed.trim();
  if (text === '') {
    return field.isRequired ? { kind: 'wrong' } : { kind: 'leftOut' };
  }
  switch (field.kind) {
    case 'number':
      return Number.isFinite(Number(text)) ? { kind: 'value', value: Number(text) } : { kind: 'wrong' };
    case 'yesNo':
      return /^(y|yes|n|no)$/i.test(text) ? { kind: 'value', value: /^y/i.test(text) } : { kind: 'wrong' };
    case 'choice': {
      const choice = field.choices.find(other => other.toLowerCase() === text.toLowerCase());
      return choice === undefined ? { kind: 'wrong' } : { kind: 'value', value: choice };
    }
    case 'text':
      return { kind: 'value', value: text };
  }
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
