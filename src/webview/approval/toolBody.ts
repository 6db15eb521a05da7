import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalBody } from '../../protocol/approvalView.ts';
import { changeCounts, diffLines } from '../parts/diffLines.ts';
import { icon } from '../parts/icon.ts';
import type { CardParts } from './cardParts.ts';

type ToolAsk = Extract<ApprovalBody, { kind: 'tool' }>;

const DIFF_LINES = 6;
const TARGET_LINES = 8;
const INPUT_LINES = 10;
/** A target up to this long stands beside the headline. */
const SHORT_TARGET = 56;
const COMMAND_TOOLS: ReadonlySet<string> = new Set(['Bash', 'PowerShell']);

export function toolBody(body: ToolAsk, parts: CardParts): TemplateResult {
  const boxed = COMMAND_TOOLS.has(body.toolName) || body.target.length > SHORT_TARGET || body.target.includes('\n');
  const showsWhole = body.diff !== undefined || COMMAND_TOOLS.has(body.toolName) || isOneValue(body.input);
  const inputShown = !showsWhole !== parts.isOpen('input');
  // The input of a server's tool says it all; one of its values beside the name would only confuse.
  const target = body.toolName.startsWith('mcp__') && inputShown ? '' : body.target;
  return html`<div class="ask with-fold">
      <span class="grow"
        ><span dir="auto">${visibleText(body.headline)}</span> ${
          boxed || target === '' ? nothing : html`<code dir="ltr">${visibleText(target)}</code>`
        } ${body.diff === undefined ? nothing : changeCounts(body.diff)}</span
      >${inputFold(body, parts, inputShown)}
    </div>
    ${
      boxed && target !== ''
        ? html`<panel-long-text class="box" .text=${target} .lines=${TARGET_LINES} label="What it would do"></panel-long-text>`
        : nothing
    }
    ${hiddenWarning(body)} ${proposedDiff(body, parts)} ${wholeInput(body, inputShown)}`;
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

/** The whole input is shown at once where nothing else shows it, else on request. */
function inputFold(body: ToolAsk, parts: CardParts, shown: boolean): unknown {
  return hasInput(body)
    ? html`<button
        class="plain fold"
        aria-expanded=${shown ? 'true' : 'false'}
        title="The whole input, as the tool gets it"
        @click=${() => parts.toggle('input')}
      >
        ${icon(shown ? 'chevron-down' : 'chevron-right', 'small')}<span>Input</span>
      </button>`
    : nothing;
}

function wholeInput(body: ToolAsk, shown: boolean): unknown {
  return shown && hasInput(body)
    ? html`<panel-long-text class="box" .text=${body.input} .lines=${INPUT_LINES} label="The whole input"></panel-long-text>`
    : nothing;
}

/** An input of one value: the target is that value. */
function isOneValue(input: string): boolean {
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null && Object.keys(value).length === 1;
  } catch {
    return false;
  }
}

function hasInput(body: ToolAsk): boolean {
  return body.input !== '' && body.input !== '{}';
}

export function openProposal(parts: CardParts, edit: boolean): void {
  void parts.context.actions.request({ type: 'openProposal', approvalId: parts.card.id, edit });
}
