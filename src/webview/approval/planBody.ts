import { html, type TemplateResult } from 'lit';
import { plural } from '../format/countText.ts';
import type { CardParts } from './cardParts.ts';

/** A plan up to this many lines is shown whole. */
const SHORT_PLAN = 14;

export function planBody(plan: string, parts: CardParts): TemplateResult {
  const lines = plan.split('\n').length;
  const folded = lines > SHORT_PLAN && !parts.isOpen('plan');
  return html`<div class="ask">Here is a plan. Should it be carried out?</div>
    <div class="box">
      <div class="plan ${folded ? 'folded' : 'open'}" tabindex="0" role="group" aria-label="The plan">
        <panel-markdown .text=${plan} .openLink=${parts.context.actions.openLink}></panel-markdown>
      </div>
      ${
        lines > SHORT_PLAN
          ? html`<button class="plain more" @click=${() => parts.toggle('plan')}>
              ${folded ? `Show the whole plan, ${plural(lines, 'line')}` : 'Show less'}
            </button>`
          : ''
      }
    </div>`;
}
