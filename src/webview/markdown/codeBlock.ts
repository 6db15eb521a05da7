import { css, html, LitElement, nothing } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import { iconButton } from '../controls/button.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { plural } from '../format/countText.ts';
import { copyText } from '../parts/copyText.ts';
import { baseStyles } from '../styles/baseStyles.ts';

const LINES_AT_FIRST = 24;
const COPIED_SHOWN_MS = 1500;

/** A block of code, with a button that copies it exactly as it came. */
class CodeBlock extends LitElement {
  static override properties = {
    code: { attribute: false },
    language: { attribute: false },
    open: { state: true },
    copied: { state: true },
  };
  declare code: string;
  declare language: string;
  declare open: boolean;
  declare copied: boolean;

  static override styles = [
    ...baseStyles,
    controlStyles,
    css`
      :host {
        position: relative;
        margin-block: 6px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--vscode-textCodeBlock-background);
      }
      pre {
        margin: 0;
        padding: 7px 9px;
        overflow-x: auto;
        font-family: var(--mono);
        font-size: var(--mono-size);
        line-height: 1.5;
        tab-size: 4;
      }
      .copy {
        position: absolute;
        inset-block-start: 3px;
        inset-inline-end: 3px;
        border-radius: var(--radius);
        background: var(--vscode-textCodeBlock-background);
        opacity: 0;
      }
      :host(:hover) .copy,
      .copy:focus-within {
        opacity: 1;
      }
      @media (hover: none) {
        .copy {
          opacity: 1;
        }
      }
      button.more {
        display: block;
        inline-size: 100%;
        padding: 2px 9px;
        font-size: var(--small);
        color: var(--vscode-textLink-foreground);
        border-block-start: 1px solid var(--line);
      }
    `,
  ];

  constructor() {
    super();
    this.code = '';
    this.language = '';
    this.open = false;
    this.copied = false;
  }

  override render(): unknown {
    const lines = this.code.split('\n');
    const hidden = this.open ? 0 : Math.max(0, lines.length - LINES_AT_FIRST);
    const shown = hidden > 0 ? lines.slice(0, LINES_AT_FIRST).join('\n') : this.code;
    return html`<pre tabindex="0" dir="ltr" aria-label=${this.language === '' ? 'Code' : `Code, ${visibleText(this.language)}`}>
${visibleText(shown)}</pre
      >
      ${
        hidden > 0
          ? html`<button class="plain more" @click=${() => (this.open = true)}>${plural(hidden, 'more line')}</button>`
          : nothing
      }
      <div class="copy">
        ${iconButton({
          icon: this.copied ? 'check' : 'copy',
          label: this.copied ? 'Copied' : 'Copy the code',
          onClick: () => void this.#copy(),
        })}
      </div>`;
  }

  async #copy(): Promise<void> {
    if (await copyText(this.code)) {
      this.copied = true;
      setTimeout(() => {
        this.copied = false;
      }, COPIED_SHOWN_MS);
    }
  }
}

customElements.define('panel-code-block', CodeBlock);
