import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { baseStyles } from '../styles/baseStyles.ts';
import { movedIndex, rovingMove } from '../virtual/rovingFocus.ts';
import { type IconName, icon } from './icon.ts';
import type { Popover } from './popover.ts';

export interface MenuEntry {
  readonly label: string;
  readonly icon?: IconName;
  /** A second line, in words. */
  readonly detail?: string;
  /** A third line, exactly as it is: a rule, a path. */
  readonly code?: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** A menu that opens beside a button. Arrow keys move, Enter chooses, Escape closes and gives the focus back. */
export class Menu extends LitElement {
  static override properties = { entries: { attribute: false }, label: { type: String } };
  declare entries: readonly MenuEntry[];
  declare label: string;
  #anchor: HTMLElement | undefined;

  static override styles = [
    ...baseStyles,
    css`
      [role='menuitem'] {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        padding: 4px 10px 4px 8px;
        border-radius: var(--radius);
        cursor: pointer;
        outline: none;
        min-inline-size: 150px;
      }
      [role='menuitem']:focus,
      [role='menuitem']:hover {
        color: var(--vscode-menu-selectionForeground, inherit);
        background: var(--vscode-menu-selectionBackground);
        outline: 1px solid var(--vscode-menu-selectionBorder, var(--vscode-contrastActiveBorder, transparent));
        outline-offset: -1px;
      }
      .text {
        display: grid;
        flex: 1;
        min-inline-size: 0;
      }
      .detail,
      .code,
      .keys {
        font-size: var(--small);
        opacity: 0.85;
      }
      .code {
        font-family: var(--mono);
        font-size: var(--mono-size);
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  constructor() {
    super();
    this.entries = [];
    this.label = '';
  }

  override render(): unknown {
    return html`<panel-popover>
      <div role="menu" aria-label=${this.label} @keydown=${this.#keydown}>${this.entries.map(entry => this.#entry(entry))}</div>
    </panel-popover>`;
  }

  async open(anchor: HTMLElement, entries: readonly MenuEntry[] = this.entries): Promise<void> {
    this.#anchor = anchor;
    this.entries = entries;
    await this.updateComplete;
    this.#popover()?.showBeside(anchor);
    this.#items()[0]?.focus();
  }

  #entry(entry: MenuEntry): TemplateResult {
    const choose = (): void => {
      this.#popover()?.close();
      this.#anchor?.focus();
      entry.run();
    };
    return html`<div
      role="menuitem"
      tabindex="-1"
      @click=${choose}
      @keydown=${(event: KeyboardEvent) => {
        if ((event.key === 'Enter' || event.key === ' ') && !event.repeat) {
          event.preventDefault();
          event.stopPropagation();
          choose();
        }
      }}
    >
      ${entry.icon === undefined ? nothing : icon(entry.icon)}
      <span class="text">
        <span dir="auto">${entry.label}</span>
        ${entry.detail === undefined ? nothing : html`<span class="detail">${entry.detail}</span>`}
        ${entry.code === undefined ? nothing : html`<span class="code" dir="ltr">${entry.code}</span>`}
      </span>
      ${entry.keys === undefined ? nothing : html`<span class="keys">${entry.keys}</span>`}
    </div>`;
  }

  #popover(): Popover | undefined {
    return this.renderRoot.querySelector<Popover>('panel-popover') ?? undefined;
  }

  #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') {
      this.#popover()?.close();
      return;
    }
    const move = rovingMove(event);
    if (move !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      const items = this.#items();
      const active = items.indexOf((this.renderRoot as ShadowRoot).activeElement as HTMLElement);
      const wraps = (move === 'next' && active === items.length - 1) || (move === 'previous' && active === 0);
      const to = wraps ? items.length - 1 - active : movedIndex(move, active, items.length);
      items[to]?.focus();
    }
  };
}

customElements.define('panel-menu', Menu);
