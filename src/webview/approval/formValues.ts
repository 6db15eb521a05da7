import type * as z from 'zod';
import type { formFieldSchema } from '../../protocol/approvalView.ts';

export type FormField = z.infer<typeof formFieldSchema>;
/** What the person has put in, as it stands in the controls. */
export type FormValues = Readonly<Record<string, string | boolean>>;
export type FormContent = Readonly<Record<string, string | number | boolean>>;

export interface CheckedForm {
  readonly content: FormContent;
  /** Field name → what is wrong with it. */
  readonly errors: Readonly<Record<string, string>>;
}

export function initialValues(fields: readonly FormField[]): FormValues {
  return Object.fromEntries(fields.map(field => [field.name, initialValue(field)]));
}

function initialValue(field: FormField): string | boolean {
  if (field.type === 'boolean') {
    return field.initial === true;
  }
  return field.initial === undefined ? '' : String(field.initial);
}

/** Reads the values by the types of their fields. An optional field that is left empty is left out. */
export function checkForm(fields: readonly FormField[], values: FormValues): CheckedForm {
  const content: Record<string, string | number | boolean> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const value = values[field.name] ?? initialValue(field);
    if (typeof value === 'boolean') {
      content[field.name] = value;
    } else if (value.trim() === '') {
      if (field.required) {
        errors[field.name] = 'This field is needed.';
      }
    } else {
      const read = readValue(field, value);
      if ('error' in read) {
        errors[field.name] = read.error;
      } else {
        content[field.name] = read.value;
      }
    }
  }
  return { content, errors };
}

function readValue(field: FormField, text: string): { readonly value: string | number } | { readonly error: string } {
  switch (field.type) {
    case 'number':
    case 'integer': {
      const number = Number(text.trim());
      if (!Number.isFinite(number)) {
        return { error: 'This is not a number.' };
      }
      return field.type === 'integer' && !Number.isSafeInteger(number)
        ? { error: 'This has to be a whole number.' }
        : { value: number };
    }
    case 'choice':
      return field.options?.some(option => option.value === text) === true
        ? { value: text }
        : { error: 'Choose one of the values.' };
    default:
      return { value: text };
  }
}
