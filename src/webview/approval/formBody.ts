import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalBody } from '../../protocol/approvalView.ts';
import { checkbox, dropdown, textField } from '../controls/formControls.ts';
import { icon } from '../parts/icon.ts';
import type { CheckedForm, FormField, FormValues } from './formValues.ts';

type Elicitation = Extract<ApprovalBody, { kind: 'elicitation' }>;

/** A form that an MCP server wants filled in. The server is named, because it, not the agent, gets the answers. */
export function formBody(options: {
  readonly body: Elicitation;
  readonly values: FormValues;
  readonly checked: CheckedForm;
  /** Errors are shown only after the person tried to send. */
  readonly showErrors: boolean;
  readonly onChange: (name: string, value: string | boolean) => void;
  readonly openLink: (href: string) => void;
}): TemplateResult {
  const { body } = options;
  return html`${body.title === undefined ? nothing : html`<div class="field-title" dir="auto">${visibleText(body.title)}</div>`}
    <div class="ask" dir="auto">${visibleText(body.message)}</div>
    <div class="caution">
      ${icon('mcp', 'small')}<span
        >The MCP server <strong>${visibleText(body.server)}</strong>
        ${body.fields.length === 0 ? 'asks.' : 'asks and gets what you enter. Enter no secrets.'}</span
      >
    </div>
    ${body.url === undefined ? nothing : pageLink(body.url, options.openLink)}
    <div class="fields">${body.fields.map(field => formField(field, options))}</div>`;
}

/** The whole address is shown, because a page may look like another one. Only web pages can be opened. */
function pageLink(url: string, openLink: (href: string) => void): TemplateResult {
  const shown = visibleText(url);
  if (!/^https?:/i.test(url) || shown !== url) {
    return html`<div class="caution">
      ${icon('warning', 'small')}<span>This address is not opened from here: <bdi>${shown}</bdi></span>
    </div>`;
  }
  return html`<div class="page">
    <div class="dim small">The server wants you to open this page. Open it only if you trust it.</div>
    <button class="plain" @click=${() => openLink(url)}><bdi>${shown}</bdi></button>
  </div>`;
}

function formField(
  field: FormField,
  options: Pick<Parameters<typeof formBody>[0], 'values' | 'checked' | 'showErrors' | 'onChange'>,
): TemplateResult {
  const title = visibleText(field.title === '' ? field.name : field.title);
  const value = options.values[field.name];
  const error = options.showErrors ? options.checked.errors[field.name] : undefined;
  const change = (next: string | boolean): void => options.onChange(field.name, next);
  return html`<div class="field">
    ${
      field.type === 'boolean'
        ? nothing
        : html`<div class="field-title" dir="auto">
            ${title}${field.required ? nothing : html` <span class="dim">optional</span>`}
          </div>`
    }
    ${control(field, title, value, error, change)}
    ${
      field.description === undefined
        ? nothing
        : html`<div class="dim small" dir="auto">${visibleText(field.description)}</div>`
    }
    ${error === undefined ? nothing : html`<div class="field-error" role="alert">${error}</div>`}
  </div>`;
}

function control(
  field: FormField,
  title: string,
  value: string | boolean | undefined,
  error: string | undefined,
  change: (next: string | boolean) => void,
): TemplateResult {
  switch (field.type) {
    case 'boolean':
      return checkbox({ choice: { value: field.name, label: title }, checked: value === true, onChange: change });
    case 'choice':
      return dropdown({
        label: title,
        choices: [
          { value: '', label: field.required ? 'Choose…' : 'Nothing' },
          ...(field.options ?? []).map(option => ({ value: option.value, label: visibleText(option.label) })),
        ],
        value: String(value ?? ''),
        invalid: error !== undefined,
        onChange: change,
      });
    default:
      return textField({
        label: title,
        value: String(value ?? ''),
        numeric: field.type !== 'text',
        invalid: error !== undefined,
        onInput: change,
      });
  }
}
