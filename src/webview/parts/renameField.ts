import { css, html, LitElement } from 'lit';
import { button } from '../controls/button.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { textField } from '../controls/formControls.ts';
import { isComposing } from '../controls/textInput.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import type { Popover } from './popover.ts';

const LONGEST_TITLE = 200;

/** Asks for a new title beside what is renamed. */
export class RenameField extends LitElement {
  static override properties = { text: { state: true } };
  declare text: string;
  #done: ((title: string) => void) | undefined;
  #anchor: HTMLElement | undefined;

  static override styles = [
    ...baseStyles,
    controlStyles,
    css`
      form {
        display: flex;
        gap: 6px;
        padding: 4px;
        inline-size: min(300px, 84vw);
      }
    `,
  ];

  constructor() {
    super();
    this.text = '';
  }

  override render(): unknown {
    return html`<panel-popover>
      <form
        aria-label="Rename the task"
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Enter' && !isComposing(event)) {
            event.preventDefault();
            event.stopPropagation();
            this.#submit();
          }
        }}
      >
        <span class="grow">
          ${textField({
            label: 'Title',
            value: this.text,
            invalid: this.#title() === '',
            onInput: text => {
              this.text = text;
            },
          })}
        </span>
        ${button({ label: 'Rename', look: 'primary', disabled: this.#title() === '', onClick: () => this.#submit() })}
      </form>
    </panel-popover>`;
  }

  async ask(anchor: HTMLElement, title: string, done: (title: string) => void): Promise<void> {
    this.text = title;
    this.#done = done;
    this.#anchor = anchor;
    await this.updateComplete;
    this.#popover()?.showBeside(anchor);
    const field = this.renderRoot.querySelector<HTMLElement & { control?: HTMLInputElement }>('.field-control');
    field?.focus();
    field?.control?.select();
  }

  #title(): string {
    return this.text.trim().slice(0, LONGEST_TITLE);
  }

  #submit(): void {
    const title = this.#title();
    if (title !== '') {
      this.#popover()?.close();
      this.#anchor?.focus();
      this.#done?.(title);
    }
  }

  #popover(): Popover | undefined {
    return this.renderRoot.querySelector<Popover>('panel-popover') ?? undefined;
  }
}

customElements.define('panel-rename', RenameField);
