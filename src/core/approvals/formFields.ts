import type { JsonObject, JsonValue } from '../../base/json.ts';

/** One field of a form that an MCP server asks for. All texts are untrusted. */
export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly type: 'text' | 'number' | 'integer' | 'boolean' | 'choice';
  /** Of a `choice`. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly required: boolean;
  readonly initial?: string | number | boolean;
}

/** The fields of a flat JSON Schema of simple values, which is all that the protocol allows. */
export function formFields(schema: JsonObject, order: readonly string[] = []): readonly FormField[] {
  const properties = asObject(schema['properties']);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  // JSON does not keep the order that the server wrote, so it is told apart.
  const names = new Set([...order.filter(name => Object.hasOwn(properties, name)), ...Object.keys(properties)]);
  return [...names].map(name => fieldOf(name, asObject(properties[name]), required.includes(name)));
}

/** What is wrong with the content of a form, as a sentence; undefined when it can be sent. */
export function formProblem(
  fields: readonly FormField[],
  content: Readonly<Record<string, unknown>>,
): string | undefined {
  const stranger = Object.keys(content).find(name => fields.every(field => field.name !== name));
  if (stranger !== undefined) {
    return `The form has no field "${stranger}".`;
  }
  for (const field of fields) {
    const value = Object.hasOwn(content, field.name) ? content[field.name] : undefined;
    const problem = value === undefined || value === '' ? missing(field) : fieldProblem(field, value);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

/** What is wrong with one value of a form, as a sentence. */
export function fieldProblem(field: FormField, value: unknown): string | undefined {
  const what = `The field "${field.name}"`;
  switch (field.type) {
    case 'text':
      return typeof value === 'string' ? undefined : `${what} has to be a text.`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${what} has to be true or false.`;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : `${what} has to be a number.`;
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : `${what} has to be a whole number.`;
    case 'choice': {
      const values = (field.options ?? []).map(option => option.value);
      return typeof value === 'string' && values.includes(value)
        ? undefined
        : `${what} has to be one of: ${values.join(', ')}.`;
    }
  }
}

function missing(field: FormField): string | undefined {
  return field.required ? `The field "${field.name}" is needed.` : undefined;
}

function fieldOf(name: string, property: JsonObject, required: boolean): FormField {
  const options = choices(property);
  const initial = property['default'];
  const description = property['description'];
  return {
    name,
    title: asText(property['title']) ?? name,
    ...(typeof description === 'string' ? { description } : {}),
    type: options === undefined ? simpleType(property['type']) : 'choice',
    ...(options === undefined ? {} : { options }),
    required,
    ...(isSimple(initial) ? { initial } : {}),
  };
}

function choices(property: JsonObject): FormField['options'] {
  const titled = property['oneOf'] ?? property['anyOf'];
  if (Array.isArray(titled)) {
    return titled.flatMap(item => {
      const { const: value, title } = asObject(item);
      return typeof value === 'string' ? [{ value, label: asText(title) ?? value }] : [];
    });
  }
  const values = property['enum'];
  const names = property['enumNames'];
  return Array.isArray(values)
    ? values.flatMap((value, index) => {
        const label = Array.isArray(names) ? asText(names[index]) : undefined;
        return typeof value === 'string' ? [{ value, label: label ?? value }] : [];
      })
    : undefined;
}

function simpleType(type: JsonValue | undefined): FormField['type'] {
  return type === 'number' || type === 'integer' || type === 'boolean' ? type : 'text';
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function asText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isSimple(value: JsonValue | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
