import { html, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalBody } from '../../protocol/approvalView.ts';
import type { DiffView } from '../../protocol/transcriptView.ts';
import { plural } from '../format/countText.ts';
import { changeCounts, diffLines } from '../parts/diffLines.ts';
import type { CardParts } from './cardParts.ts';

type Gate = Extract<ApprovalBody, { kind: 'gate' }>;

/** Text up to this many lines is shown whole. */
const SHORT_TEXT = 14;
const DIFF_LINES = 6;

/** A chain asks whether to go on, with what the person decides on. */
export function gateBody(body: Gate, parts: CardParts): TemplateResult {
  return html`<div class="ask" dir="auto">${visibleText(body.message)}</div>
    ${(body.diffs ?? []).map((diff, place) => shownDiff(diff, `diff ${place}`, parts))}
    ${body.shown === undefined ? '' : shownText(body.shown, parts)}`;
}

function shownDiff(diff: DiffView, part: string, parts: CardParts): TemplateResult {
  const toggle = (): void => parts.toggle(part);
  return html`<div class="box">
    <div class="box-head">
      <span class="mono grow wrap" dir="ltr">${visibleText(diff.path)}</span>
      ${changeCounts(diff)}
    </div>
    ${diffLines({ diff, limit: DIFF_LINES, expanded: parts.isOpen(part), onToggle: toggle, onOpen: toggle })}
  </div>`;
}

/** Markdown would join the lines of a plain text. */
function withBreaks(text: string): string {
  return text.replaceAll('\n', '  \n');
}

function shownText(text: string, parts: CardParts): TemplateResult {
  const lines = text.split('\n').length;
  const folded = lines > SHORT_TEXT && !parts.isOpen('shown');
  return html`<div class="box">
    <div class="plan ${folded ? 'folded' : 'open'}" tabindex="0" role="group" aria-label="What it shows">
      <panel-markdown .text=${withBreaks(text)} .openLink=${parts.context.actions.openLink}></panel-markdown>
    </div>
    ${
      lines > SHORT_TEXT
        ? html`<button class="plain more" @click=${() => parts.toggle('shown')}>
            ${folded ? `Show all of it, ${plural(lines, 'line')}` : 'Show less'}
          </button>`
        : ''
    }
  </div>`;
}
