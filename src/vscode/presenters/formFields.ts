import type { JsonObject, JsonValue } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalBody } from '../../protocol/approvalView.ts';

type FormField = Extract<ApprovalBody, { kind: 'elicitation' }>['fields'][number];

/** The fields of a form that an MCP server asks for. The protocol allows a flat object of simple values only. */
export function formFields(schema: JsonObject): FormField[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asObject(schema['properties'])).map(([name, value]) => {
    const property = asObject(value);
    const options = choices(property);
    const initial = property['default'];
    const description = property['description'];
    return {
      name,
      title: visibleText(asText(property['title']) ?? name),
      ...(typeof description === 'string' ? { description: visibleText(description) } : {}),
      type: options === undefined ? simpleType(property['type']) : 'choice',
      ...(options === undefined ? {} : { options }),
      required: required.includes(name),
      ...(isSimple(initial) ? { initial } : {}),
    };
  });
}

function choices(property: JsonObject): FormField['options'] {
  const titled = property['oneOf'] ?? property['anyOf'];
  if (Array.isArray(titled)) {
    return titled.flatMap(item => {
      const { const: value, title } = asObject(item);
      return typeof value === 'string' ? [{ value, label: visibleText(asText(title) ?? value) }] : [];
    });
  }
  const values = property['enum'];
  const names = property['enumNames'];
  return Array.isArray(values)
    ? values.flatMap((value, index) => {
        const label = Array.isArray(names) ? asText(names[index]) : undefined;
        return typeof value === 'string' ? [{ value, label: visibleText(label ?? value) }] : [];
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
