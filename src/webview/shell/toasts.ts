import { css, html, LitElement } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Disposable } from '../../base/disposable.ts';
import type { Failure } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import { iconButton } from '../controls/button.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { icon } from '../parts/icon.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import type { PanelContext } from './panelContext.ts';

const SHOWN_AT_MOST = 3;

/** What the person asked for and did not get: what happened and what helps. It stays until it is closed. */
class Toasts extends LitElement {
  static override properties = { context: { attribute: false }, failures: { state: true } };
  declare context: PanelContext;
  declare failures: readonly { readonly number: number; readonly failure: Failure }[];
  #subscription: Disposable | undefined;
  #count = 0;

  static override styles = [
    ...baseStyles,
    controlStyles,
    css`
      :host {
        display: grid;
        flex: none;
      }
      .toast {
        display: flex;
        gap: 7px;
        align-items: flex-start;
        padding: 6px 6px 6px var(--gutter);
        font-size: var(--small);
        overflow-wrap: anywhere;
        color: var(--vscode-inputValidation-errorForeground, var(--foreground));
        background: var(--vscode-inputValidation-errorBackground);
        border-block-start: 1px solid var(--vscode-inputValidation-errorBorder);
      }
      .toast > .icon {
        margin-block-start: 3px;
      }
      .remedy {
        display: block;
        opacity: 0.85;
      }
    `,
  ];

  constructor() {
    super();
    this.failures = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#subscription = this.context.actions.onFailure(failure => {
      this.#count += 1;
      const others = this.failures.filter(each => each.failure.message !== failure.message);
      this.failures = [...others, { number: this.#count, failure }].slice(-SHOWN_AT_MOST);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#subscription?.dispose();
  }

  override render(): unknown {
    return html`<div role="alert">
      ${repeat(
        this.failures,
        each => each.number,
        ({ number, failure }) =>
          html`<div class="toast">
            ${icon('error', 'small bad')}
            <span class="grow" dir="auto" title=${visibleText(failure.detail ?? '')}
              >${visibleText(failure.message)}<span class="remedy">${visibleText(failure.remedy ?? '')}</span></span
            >
            ${iconButton({
              icon: 'close',
              label: 'Close',
              onClick: () => {
                this.failures = this.failures.filter(each => each.number !== number);
              },
            })}
          </div>`,
      )}
    </div>`;
  }
}

customElements.define('panel-toasts', Toasts);
