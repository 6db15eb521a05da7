import { css, html, LitElement, nothing } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { HealthItem, PanelFacts } from '../../protocol/panelView.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { plural } from '../format/countText.ts';
import { moneyText } from '../format/moneyText.ts';
import { icon } from '../parts/icon.ts';
import type { Popover } from '../parts/popover.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { healthList, healthStyles } from './healthList.ts';

/** What today cost, and whether all is well; the reasons are one click away. */
class Footer extends LitElement {
  static override properties = {
    context: { attribute: false },
    facts: { attribute: false },
    onKeys: { attribute: false },
  };
  declare context: PanelContext;
  declare facts: PanelFacts | undefined;
  declare onKeys: () => void;

  static override styles = [
    ...baseStyles,
    controlStyles,
    healthStyles,
    css`
      :host {
        display: flex;
        flex: none;
        gap: 10px;
        align-items: center;
        padding: 5px var(--gutter);
        border-block-start: 1px solid var(--line);
        font-size: var(--small);
        color: var(--dim);
      }
      button.health-button,
      button.keys {
        display: inline-flex;
        gap: 6px;
        align-items: center;
        padding: 2px 5px;
        margin-inline-end: -5px;
        border-radius: var(--radius);
      }
      button.health-button:hover,
      button.keys:hover {
        background: var(--vscode-toolbar-hoverBackground, transparent);
      }
      .dot {
        inline-size: 8px;
        block-size: 8px;
        border-radius: 50%;
        background: currentColor;
      }
      panel-popover {
        inline-size: min(340px, calc(100vw - 12px));
      }
    `,
  ];

  override render(): unknown {
    const health = this.facts?.health ?? [];
    const { tone, word } = overall(health);
    return html`<span class="numbers" title="What the tasks of today cost">${moneyText(this.facts?.todayUsd ?? 0)} today</span>
      <span class="grow"></span>
      <button class="plain keys" title="Keyboard shortcuts" aria-label="Keyboard shortcuts" @click=${this.onKeys}>
        ${icon('keyboard', 'small')}
      </button>
      <button
        class="plain health-button"
        aria-haspopup="dialog"
        title=${health.map(item => visibleText(item.text)).join('\n') || nothing}
        @click=${(event: MouseEvent) =>
          this.renderRoot.querySelector<Popover>('panel-popover')?.showBeside(event.currentTarget as HTMLElement)}
      >
        <span class="dot ${tone}" aria-hidden="true"></span><span>${word}</span>
      </button>
      <panel-popover tabindex="-1">${healthList(health, this.context)}</panel-popover>`;
  }
}

function overall(health: readonly HealthItem[]): { readonly tone: string; readonly word: string } {
  const errors = health.filter(item => item.level === 'error').length;
  const warnings = health.filter(item => item.level === 'warning').length;
  if (errors > 0) {
    return { tone: 'bad', word: plural(errors, 'problem') };
  }
  return warnings > 0 ? { tone: 'warn', word: plural(warnings, 'warning') } : { tone: 'ok', word: 'healthy' };
}

customElements.define('panel-footer', Footer);
