import { type FormField, fieldProblem } from '../../core/approvals/formFields.ts';

type TypedField =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'leftOut' }
  | { readonly kind: 'wrong' };

/** What is asked for a field, and in brackets what to type. Untrusted text. */
export function fieldPrompt(field: FormField): string {
  const what = {
    text: '',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'y or n',
    choice: (field.options ?? []).map(optionText).join(', '),
  }[field.type];
  const parts = [what, field.required ? '' : 'may be empty'].filter(part => part !== '');
  const title = field.title === field.name ? field.description || field.name : field.title;
  return `${title}${parts.length === 0 ? '' : ` (${parts.join('; ')})`}`;
}

/** What a typed line means for a field. */
export function readTyped(field: FormField, typed: string): TypedField {
  const text = typed.trim();
  if (text === '') {
    return field.required ? { kind: 'wrong' } : { kind: 'leftOut' };
  }
  const value = typedValue(field, text);
  return value === undefined || fieldProblem(field, value) !== undefined ? { kind: 'wrong' } : { kind: 'value', value };
}

function typedValue({ type, options = [] }: FormField, text: string): string | number | boolean | undefined {
  switch (type) {
    case 'number':
    case 'integer':
      return Number(text);
    case 'boolean':
      return /^(y|yes|n|no)$/i.test(text) ? /^y/i.test(text) : undefined;
    case 'choice': {
      const is = (other: string): boolean => other.toLowerCase() === text.toLowerCase();
      return (options.find(({ value }) => is(value)) ?? options.find(({ label }) => is(label)))?.value;
    }
    case 'text':
      return text;
  }
}

function optionText({ value, label }: { readonly value: string; readonly label: string }): string {
  return label === value ? value : `${value}: ${label}`;
}
