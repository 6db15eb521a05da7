import { css, html, type TemplateResult } from 'lit';
import type { TaskSummary } from '../../protocol/taskView.ts';
import { clockText } from '../format/clockText.ts';
import { icon } from '../parts/icon.ts';
import { ticking } from '../parts/ticking.ts';
import type { PanelContext } from '../shell/panelContext.ts';

const STAGES = [
  { stage: 'interrupt', word: 'asked' },
  { stage: 'terminate', word: 'ending it' },
  { stage: 'kill', word: 'by force' },
] as const;

/** How far a stop has come, and since when. */
export function stopLadder(stopping: NonNullable<TaskSummary['stopping']>, context: PanelContext): TemplateResult {
  const at = STAGES.findIndex(({ stage }) => stage === stopping.stage);
  return html`<div class="ladder" role="status">
    ${icon('loading', 'small spin warn')}
    <span class="numbers">Stopping ${ticking(context.ticker, now => clockText(now - stopping.since))}</span>
    <ol aria-label="Stages of the stop">
      ${STAGES.map(
        ({ word }, index) =>
          html`<li class=${index < at ? 'past' : index === at ? 'now' : ''} aria-current=${index === at ? 'step' : 'false'}>
            ${word}
          </li>`,
      )}
    </ol>
  </div>`;
}

export const ladderStyles = css`
  .ladder {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 8px;
    align-items: center;
    margin-block-start: 6px;
    font-size: var(--small);
  }
  .ladder ol {
    display: flex;
    flex-wrap: wrap;
    gap: 0 6px;
    margin: 0;
    padding: 0;
    list-style: none;
    color: var(--faint);
  }
  .ladder li + li::before {
    content: '›';
    margin-inline-end: 6px;
  }
  .ladder li.past {
    color: var(--dim);
  }
  .ladder li.now {
    color: var(--warn-text);
    font-weight: 600;
  }
`;
