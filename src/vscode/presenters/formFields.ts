import type { JsonObject } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';
import { formFields } from '../../core/approvals/formFields.ts';
import type { ApprovalBody } from '../../protocol/approvalView.ts';

type ShownField = Extract<ApprovalBody, { kind: 'elicitation' }>['fields'][number];

/** The fields of a form as they are shown. Names and values stay as they are: they go back to the server. */
export function shownFields(form: {
  readonly schema: JsonObject;
  readonly propertyOrder?: readonly string[];
}): ShownField[] {
  return formFields(form.schema, form.propertyOrder).map(({ options, ...field }) => ({
    ...field,
    title: visibleText(field.title),
    ...(field.description === undefined ? {} : { description: visibleText(field.description) }),
    ...(options === undefined
      ? {}
      : { options: options.map(({ value, label }) => ({ value, label: visibleText(label) })) }),
  }));
}
