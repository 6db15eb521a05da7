import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalBody } from '../../protocol/approvalView.ts';
import { changeCounts, diffLines } from '../parts/diffLines.ts';
import { icon } from '../parts/icon.ts';
import type { CardParts } from './cardParts.ts';

type ToolAsk = Extract<ApprovalBody, { kind: 'tool' }>;

const DIFF_LINES = 8;
const TARGET_LINES = 8;
const INPUT_LINES = 10;
/** A target up to this long stands beside the headline. */
const SHORT_TARGET = 56;
const COMMAND_TOOLS: ReadonlySet<string> = new Set(['Bash', 'PowerShell']);

export function toolBody(body: ToolAsk, parts: CardParts): TemplateResult {
  const boxed = COMMAND_TOOLS.has(body.toolName) || body.target.length > SHORT_TARGET || body.target.includes('\n');
  const showsWhole = body.diff !== undefined || COMMAND_TOOLS.has(body.toolName);
  return html`<div class="ask">
      <span dir="auto">${visibleText(body.headline)}</span>
      ${boxed || body.target === '' ? nothing : html`<code dir="ltr">${visibleText(body.target)}</code>`}
      ${body.diff === undefined ? nothing : changeCounts(body.diff)}
    </div>
    ${
      boxed && body.target !== ''
        ? html`<panel-long-text class="box" .text=${body.target} .lines=${TARGET_LINES} label="What it would do"></panel-long-text>`
        : nothing
    }
    ${hiddenWarning(body)} ${proposedDiff(body, parts)} ${wholeInput(body, parts, !showsWhole)}`;
}

function hiddenWarning(body: ToolAsk): unknown {
  return body.hasHiddenCharacters
    ? html`<div class="caution" role="note">
        ${icon('warning', 'small warn')}<span
          >This holds hidden characters. They are shown as <code>⟨U+…⟩</code>; without the marks it would look
          harmless.</span
        >
      </div>`
    : nothing;
}

function proposedDiff(body: ToolAsk, parts: CardParts): unknown {
  const { diff } = body;
  if (diff === undefined) {
    return nothing;
  }
  const open = (): void => openProposal(parts, false);
  return html`<div class="box">
    <div class="box-head">
      <span class="mono one-line grow" dir="ltr" title=${visibleText(diff.path)}>${visibleText(diff.path)}</span>
      <button class="plain link" @click=${open}>Open diff</button>
    </div>
    ${diffLines({
      diff,
      limit: DIFF_LINES,
      expanded: parts.isOpen('diff'),
      onToggle: () => parts.toggle('diff'),
      onOpen: open,
    })}
  </div>`;
}

/** The whole input: at once where nothing else shows it, else on request. */
function wholeInput(body: ToolAsk, parts: CardParts, atOnce: boolean): unknown {
  if (body.input === '' || body.input === '{}') {
    return nothing;
  }
  const shown = atOnce !== parts.isOpen('input');
  return html`<button
      class="plain fold"
      aria-expanded=${shown ? 'true' : 'false'}
      @click=${() => parts.toggle('input')}
    >
      ${icon(shown ? 'chevron-down' : 'chevron-right', 'small')}<span>Whole input</span>
    </button>
    ${
      shown
        ? html`<panel-long-text class="box" .text=${body.input} .lines=${INPUT_LINES} label="Whole input"></panel-long-text>`
        : nothing
    }`;
}

export function openProposal(parts: CardParts, edit: boolean): void {
  void parts.context.actions.request({ type: 'openProposal', approvalId: parts.card.id, edit });
}
