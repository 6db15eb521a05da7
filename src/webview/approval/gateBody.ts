import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalBody } from '../../protocol/approvalView.ts';
import type { CardParts } from './cardParts.ts';

type Gate = Extract<ApprovalBody, { kind: 'gate' }>;

/** What a chain asks before it goes on, and what its author shows with it. */
export function gateBody(gate: Gate, parts: CardParts): TemplateResult {
  return html`<div class="ask" dir="auto">${visibleText(gate.message)}</div>
    ${
      gate.shown === undefined
        ? nothing
        : html`<div class="box">
            <panel-markdown .text=${gate.shown} .openLink=${parts.context.actions.openLink}></panel-markdown>
          </div>`
    }`;
}
