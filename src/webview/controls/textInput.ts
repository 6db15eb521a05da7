import { css, html, LitElement, type PropertyValues } from 'lit';
import { baseStyles } from '../styles/baseStyles.ts';

interface AreaElement extends HTMLElement {
  value: string;
  readonly control?: HTMLTextAreaElement;
}

/** Whether a key belongs to an input method that is composing a word; such keys never mean anything else. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/**
 * A field of several lines that grows with its text. Enter or Ctrl/Cmd+Enter hands the text in, as `submitWith` says;
 * Escape gives up. Both are told to the owner and to nobody else.
 */
export class TextInput extends LitElement {
  static override properties = {
    value: { type: String },
    label: { type: String },
    placeholder: { type: String },
    rows: { type: Number },
    invalid: { type: Boolean },
    submitWith: { attribute: false },
    onInput: { attribute: false },
    onSubmit: { attribute: false },
    onCancel: { attribute: false },
  };
  declare value: string;
  declare label: string;
  declare placeholder: string;
  declare rows: number;
  declare invalid: boolean;
  declare submitWith: 'enter' | 'modEnter';
  declare onInput: ((text: string) => void) | undefined;
  declare onSubmit: (() => void) | undefined;
  declare onCancel: (() => void) | undefined;

  static override styles = [
    ...baseStyles,
    css`
      vscode-text-area {
        display: block;
        inline-size: 100%;
      }
      vscode-text-area::part(control) {
        display: block;
        inline-size: 100%;
        min-inline-size: 0;
        min-block-size: var(--input-min-height, 1.45em);
        max-block-size: var(--input-max-height, 40vh);
        padding: var(--input-padding, 7px 10px);
        color: var(--vscode-input-foreground);
        background: var(--input-background, transparent);
        border: 1px solid var(--input-edge, transparent);
        border-radius: var(--radius);
        font-family: var(--input-font, inherit);
        font-size: var(--input-size, inherit);
        line-height: 1.45;
        field-sizing: content;
        overflow-wrap: anywhere;
      }
      vscode-text-area::part(control):focus {
        border-color: var(--input-focus-edge, transparent);
      }
      vscode-text-area::part(control)::placeholder {
        color: var(--vscode-input-placeholderForeground);
        opacity: 1;
      }
      :host([invalid]) vscode-text-area::part(control) {
        border-color: var(--vscode-inputValidation-errorBorder);
      }
    `,
  ];

  constructor() {
    super();
    this.value = '';
    this.label = '';
    this.placeholder = '';
    this.rows = 1;
    this.invalid = false;
    this.submitWith = 'modEnter';
  }

  override render(): unknown {
    return html`<vscode-text-area
      rows=${this.rows}
      placeholder=${this.placeholder}
      .value=${this.value}
      @input=${this.#input}
      @keydown=${this.#keydown}
    ></vscode-text-area>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('label') || changed.has('invalid')) {
      // The toolkit writes a name of its own when it is connected, so ours has to come after it.
      const area = this.#area();
      if (area !== undefined) {
        area.ariaLabel = this.label;
        area.ariaInvalid = String(this.invalid);
      }
    }
  }

  /** Takes effect once the field is drawn; the caret goes to the end. */
  override focus(): void {
    void this.updateComplete.then(() => {
      const area = this.#area();
      area?.focus();
      area?.control?.setSelectionRange(area.value.length, area.value.length);
    });
  }

  #area(): AreaElement | undefined {
    return this.renderRoot.querySelector<AreaElement>('vscode-text-area') ?? undefined;
  }

  readonly #input = (event: Event): void => {
    event.stopPropagation();
    this.value = (event.currentTarget as AreaElement).value;
    this.onInput?.(this.value);
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    if (isComposing(event)) {
      event.stopPropagation();
      return;
    }
    const submits =
      event.key === 'Enter' &&
      !event.shiftKey &&
      !event.altKey &&
      (this.submitWith === 'enter' || event.ctrlKey || event.metaKey);
    if (submits && this.onSubmit !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) {
        this.onSubmit();
      }
    } else if (event.key === 'Escape' && this.onCancel !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      this.onCancel();
    }
  };
}

customElements.define('panel-text-input', TextInput);
