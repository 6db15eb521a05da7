import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string | undefined;
}

function readValue(event: Event): string {
  return String((event.currentTarget as { value?: unknown } | null)?.value ?? '');
}

function checkedOf(event: Event): boolean {
  return (event.currentTarget as { checked?: unknown } | null)?.checked === true;
}

/** The toolkit gives its elements a name of its own when they are connected; ours has to come after it. */
function named(label: string): (element: Element | undefined) => void {
  return element => {
    if (element !== undefined) {
      queueMicrotask(() => {
        element.ariaLabel = label;
      });
    }
  };
}

function choiceText(choice: Choice): TemplateResult {
  return html`<span dir="auto">${choice.label}</span>${
    choice.detail === undefined || choice.detail === ''
      ? nothing
      : html`<br /><span class="dim small" dir="auto">${choice.detail}</span>`
  }`;
}

/** In the toolkit's own name the words of the two lines run together. */
function choiceName({ label, detail }: Choice): string {
  return detail === undefined || detail === '' ? label : `${label}: ${detail}`;
}

export function checkbox(options: {
  readonly choice: Choice;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}): TemplateResult {
  return html`<vscode-checkbox
    class="choice"
    ${ref(named(choiceName(options.choice)))}
    .checked=${options.checked}
    @change=${(event: Event) => options.onChange(checkedOf(event))}
    >${choiceText(options.choice)}</vscode-checkbox
  >`;
}

export function radioGroup(options: {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}): TemplateResult {
  return html`<vscode-radio-group
    class="choices"
    orientation="vertical"
    aria-label=${options.label}
    .value=${options.value}
    @change=${(event: Event) => options.onChange(readValue(event))}
    >${repeat(
      options.choices,
      choice => choice.value,
      choice => html`<vscode-radio class="choice" ${ref(named(choiceName(choice)))} value=${choice.value}
        >${choiceText(choice)}</vscode-radio
      >`,
    )}</vscode-radio-group
  >`;
}

export function textField(options: {
  readonly label: string;
  readonly value: string;
  readonly invalid?: boolean;
  readonly numeric?: boolean;
  readonly onInput: (value: string) => void;
}): TemplateResult {
  return html`<vscode-text-field
    class="field-control ${options.invalid === true ? 'invalid' : ''}"
    ${ref(named(options.label))}
    .ariaInvalid=${options.invalid === true ? 'true' : 'false'}
    inputmode=${options.numeric === true ? 'decimal' : nothing}
    .value=${options.value}
    @input=${(event: Event) => options.onInput(readValue(event))}
  ></vscode-text-field>`;
}

export function dropdown(options: {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly invalid?: boolean;
  readonly onChange: (value: string) => void;
}): TemplateResult {
  return html`<vscode-dropdown
    class="field-control ${options.invalid === true ? 'invalid' : ''}"
    aria-label=${options.label}
    .ariaInvalid=${options.invalid === true ? 'true' : 'false'}
    .value=${options.value}
    @change=${(event: Event) => options.onChange(readValue(event))}
    >${repeat(
      options.choices,
      choice => choice.value,
      choice => html`<vscode-option value=${choice.value}>${choice.label}</vscode-option>`,
    )}</vscode-dropdown
  >`;
}
