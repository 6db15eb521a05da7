import { css, html, LitElement, nothing } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import { plural } from '../format/countText.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { firstLines } from './firstLines.ts';

/** More characters than this in one step make the view slow; the rest comes on request. */
const STEP = 60_000;

/**
 * Text exactly as it is, hidden characters made visible. Long text is cut at a number of lines, and says so on a button
 * that shows the rest; nothing is ever left out silently.
 */
class LongText extends LitElement {
  static override properties = {
    text: { attribute: false },
    lines: { type: Number },
    label: { type: String },
    shown: { state: true },
  };
  declare text: string;
  /** Lines shown at first. */
  declare lines: number;
  declare label: string;
  /** Characters shown; 0 is the first lines only. */
  declare shown: number;

  static override styles = [
    ...baseStyles,
    css`
      .scroll {
        max-block-size: min(50vh, 420px);
        overflow: auto;
      }
      pre {
        margin: 0;
        padding: 5px 8px;
        font-family: var(--mono);
        font-size: var(--mono-size);
        line-height: 1.5;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        color: inherit;
        tab-size: 4;
      }
      button.more {
        display: block;
        inline-size: 100%;
        padding: 2px 8px;
        font-size: var(--small);
        color: var(--vscode-textLink-foreground);
        border-block-start: 1px solid var(--line);
      }
      button.more:hover {
        text-decoration: underline;
      }
    `,
  ];

  constructor() {
    super();
    this.text = '';
    this.lines = 8;
    this.label = '';
    this.shown = 0;
  }

  override render(): unknown {
    const head = firstLines(this.text, this.lines);
    const text = this.shown === 0 ? head.text : this.text.slice(0, this.shown);
    const rest = this.text.length - text.length;
    const open = this.shown > 0;
    return html`<div class=${open ? 'scroll' : ''} tabindex=${open ? '0' : nothing} role="group" aria-label=${this.label || nothing}>
        <pre dir="ltr">${visibleText(text)}</pre>
      </div>
      ${
        rest > 0
          ? html`<button class="plain more" @click=${this.#more}>
              ${open ? `Show more (${rest.toLocaleString()} characters left)` : moreText(head.hiddenLines, rest)}
            </button>`
          : open && head.text.length < this.text.length
            ? html`<button class="plain more" @click=${() => (this.shown = 0)}>Show less</button>`
            : nothing
      }`;
  }

  readonly #more = (): void => {
    this.shown += STEP;
  };
}

function moreText(lines: number, characters: number): string {
  return lines > 0 ? plural(lines, 'more line') : plural(characters, 'more character');
}

customElements.define('panel-long-text', LongText);
