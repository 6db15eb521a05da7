import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { visibleText } from '../../base/visibleText.ts';
import type { ChainStep } from '../../protocol/chainView.ts';
import { icon } from '../parts/icon.ts';
import { ticking } from '../parts/ticking.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { kindLook, spokenStep, stepFacts, stepLook } from './stepLook.ts';

interface ListOptions {
  readonly steps: readonly ChainStep[];
  readonly chosen: string | undefined;
  readonly context: PanelContext;
  readonly onChoose: (stepId: string | undefined) => void;
  /** What is shown below the step that is chosen. */
  readonly details: unknown;
}

/** The steps of a chain one below the other, where there is no room for a graph. */
export function stepList({ steps, chosen, context, onChoose, details }: ListOptions): TemplateResult {
  return html`<ol class="steps" aria-label="Steps">
    ${repeat(
      steps,
      step => step.id,
      (step, place) => {
        const look = stepLook(step);
        const open = step.id === chosen;
        const facts = (now: number): string => visibleText(stepFacts(step, now));
        return html`<li class=${step.state}>
          <button
            class="plain step"
            data-step=${step.id}
            aria-expanded=${open ? 'true' : 'false'}
            aria-label=${visibleText(spokenStep(step, place + 1, steps, context.clock.now()))}
            @click=${() => onChoose(open ? undefined : step.id)}
          >
            ${icon(look.icon, `${look.tone} ${look.spins === true ? 'spin' : ''}`)}
            <span class="name one-line" dir="auto">${visibleText(step.title)}</span>
            <span class="kind">${icon(kindLook(step).icon, 'small')}</span>
            <span class="facts one-line numbers">${ticking(context.ticker, facts)}</span>
          </button>
          ${open ? details : ''}
        </li>`;
      },
    )}
  </ol>`;
}

export const stepListStyles = css`
  ol.steps {
    margin: 0;
    padding: 4px 0;
    list-style: none;
  }
  ol.steps button.step {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr) auto;
    column-gap: 8px;
    align-items: center;
    inline-size: 100%;
    padding: 6px var(--gutter) 7px;
  }
  ol.steps button.step:hover {
    background: var(--hover);
  }
  ol.steps button.step:focus-visible {
    outline-offset: -1px;
    border-radius: 0;
  }
  ol.steps .kind {
    display: flex;
    color: var(--dim);
  }
  ol.steps .facts {
    grid-column: 2 / 4;
    font-size: var(--small);
    color: var(--dim);
  }
  ol.steps .waiting .name,
  ol.steps .skipped .name {
    color: var(--dim);
  }
  ol.steps li > .details {
    padding: 0 var(--gutter) 8px 36px;
  }
`;
