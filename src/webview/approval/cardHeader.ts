import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalCard } from '../../protocol/approvalView.ts';
import { clockText } from '../format/clockText.ts';
import { splitPath } from '../format/pathText.ts';
import { icon } from '../parts/icon.ts';
import { ticking } from '../parts/ticking.ts';
import type { PanelContext } from '../shell/panelContext.ts';

/** Who asks, from where, and for how long already. */
export function cardHeader(card: ApprovalCard, context: PanelContext, inTask: boolean): TemplateResult {
  const title = visibleText(card.taskTitle);
  const { taskId, chainId } = card;
  const open = (): void =>
    context.store.dispatch(
      taskId === undefined && chainId !== undefined ? { type: 'openChain', chainId } : { type: 'openTask', taskId },
    );
  return html`<div class="who">
      ${
        inTask
          ? html`<span class="name grow">${ASKS[card.body.kind]}</span>`
          : taskId === undefined && chainId === undefined
            ? html`<span class="name grow one-line" dir="auto">${title}</span>`
            : html`<button class="plain name grow one-line" dir="auto" title=${title} @click=${open}>${title}</button>`
      }
      <span class="numbers waiting">${waiting(card, context)}</span>
    </div>
    <div class="place">
      ${
        inTask
          ? nothing
          : html`<span title=${visibleText(card.folder)}
              >${icon('folder', 'small')}<span class="one-line">${visibleText(splitPath(card.folder).name || card.folder)}</span></span
            >`
      }
      ${
        card.agent === undefined
          ? nothing
          : html`<span
              >${icon('agent', 'small')}<span class="one-line">asked by agent ${visibleText(card.agent)}</span></span
            >`
      }
      ${deadline(card, context)}
    </div>`;
}

const ASKS: Readonly<Record<ApprovalCard['body']['kind'], string>> = {
  tool: 'Asks you',
  question: 'Asks you',
  plan: 'Shows a plan',
  elicitation: 'Asks you',
  workspaceContent: 'Asks you',
  gate: 'Asks you',
};

function waiting(card: ApprovalCard, context: PanelContext): unknown {
  return card.status.state === 'pending'
    ? html`waiting ${ticking(context.ticker, now => clockText(now - card.created))}`
    : nothing;
}

function deadline(card: ApprovalCard, context: PanelContext): unknown {
  const { deadline: at } = card;
  return at === undefined || card.status.state !== 'pending'
    ? nothing
    : html`<span class="numbers deadline"
        >denied by itself in ${ticking(context.ticker, now => clockText(at - now))}</span
      >`;
}
