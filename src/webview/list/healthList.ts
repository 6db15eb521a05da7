import { css, html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { HealthItem } from '../../protocol/panelView.ts';
import { button } from '../controls/button.ts';
import { icon } from '../parts/icon.ts';
import type { PanelContext } from '../shell/panelContext.ts';

const LOOKS = {
  ok: { name: 'pass', tone: 'ok', word: 'all right' },
  warning: { name: 'warning', tone: 'warn', word: 'warning' },
  error: { name: 'error', tone: 'bad', word: 'problem' },
} as const;

export function healthList(health: readonly HealthItem[], context: PanelContext): TemplateResult {
  return html`<ul class="health" aria-label="Health">
    ${health.map(item => healthItem(item, context))}
    ${health.length === 0 ? html`<li>${icon('pass', 'small ok')}<span>Nothing to report.</span></li>` : nothing}
  </ul>`;
}

function healthItem(item: HealthItem, context: PanelContext): TemplateResult {
  const { name, tone, word } = LOOKS[item.level];
  const { command } = item;
  return html`<li>
    ${icon(name, `small ${tone}`)}<span class="hidden-visually">${word}:</span>
    <div class="health-body">
      <span class="health-text" dir="auto"
        >${visibleText(item.text)}${
          item.remedy === undefined ? nothing : html`<span class="remedy">${visibleText(item.remedy)}</span>`
        }</span
      >
      ${
        command === undefined
          ? nothing
          : button({ label: visibleText(command.title), onClick: () => context.actions.command(command.id) })
      }
    </div>
  </li>`;
}

export const healthStyles = css`
  ul.health {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 7px;
    margin: 0;
    padding: 6px 8px;
    list-style: none;
    font-size: var(--small);
    color: var(--foreground);
  }
  ul.health li {
    display: flex;
    gap: 7px;
    align-items: flex-start;
    overflow-wrap: anywhere;
  }
  ul.health .health-body {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: 3px 7px;
    align-items: flex-start;
    min-inline-size: 0;
  }
  ul.health .icon {
    margin-block-start: 2px;
  }
  ul.health .health-text {
    flex: 1 1 130px;
    min-inline-size: 0;
  }
  ul.health .remedy {
    display: block;
    color: var(--dim);
  }
`;
