import { css, html, LitElement } from 'lit';

/** Space kept between a popover and the edges of the view, in px. */
const MARGIN = 6;

/** Shows its content above everything, beside an anchor. A click elsewhere or Escape closes it; that decides nothing. */
export class Popover extends LitElement {
  static override properties = { label: { type: String }, onClose: { attribute: false } };
  declare label: string;
  declare onClose: (() => void) | undefined;
  #anchor: HTMLElement | undefined;

  static override styles = css`
    :host {
      position: fixed;
      inset: auto;
      margin: 0;
      padding: 4px;
      max-inline-size: min(380px, calc(100vw - 12px));
      max-block-size: calc(100vh - 12px);
      overflow: auto;
      color: var(--vscode-menu-foreground, var(--foreground));
      background: var(--vscode-menu-background, var(--card));
      border: 1px solid var(--vscode-menu-border, var(--line));
      border-radius: var(--radius-large);
      box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
      outline: none;
    }
  `;

  get isOpen(): boolean {
    return this.matches(':popover-open');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'auto';
    this.addEventListener('toggle', this.#toggled);
    this.addEventListener('keydown', this.#keydown);
  }

  override render(): unknown {
    return html`<slot></slot>`;
  }

  showBeside(anchor: HTMLElement): void {
    this.#anchor = anchor;
    this.showPopover();
    this.#place(anchor.getBoundingClientRect());
  }

  close(): void {
    if (this.isOpen) {
      this.hidePopover();
    }
  }

  #place(anchor: DOMRect): void {
    const own = this.getBoundingClientRect();
    const below = window.innerHeight - anchor.bottom - MARGIN;
    const above = anchor.top - MARGIN;
    const placeBelow = below >= own.height || below >= above;
    const top = placeBelow
      ? Math.min(anchor.bottom + 2, window.innerHeight - own.height - MARGIN)
      : anchor.top - own.height - 2;
    const rightToLeft = getComputedStyle(this).direction === 'rtl';
    const wanted = rightToLeft ? anchor.right - own.width : anchor.left;
    const left = Math.min(wanted, window.innerWidth - own.width - MARGIN);
    this.style.top = `${Math.max(MARGIN, top)}px`;
    this.style.left = `${Math.max(MARGIN, left)}px`;
  }

  readonly #toggled = (event: Event): void => {
    if ((event as ToggleEvent).newState === 'closed') {
      this.onClose?.();
    }
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.#anchor?.focus();
    }
  };
}

customElements.define('panel-popover', Popover);
