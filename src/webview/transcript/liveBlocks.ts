import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { visibleText } from '../../base/visibleText.ts';
import { countText } from '../format/countText.ts';
import { icon } from '../parts/icon.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import type { LiveBlock, LiveText } from '../state/liveText.ts';
import { toolTitle } from './toolLook.ts';

/** What is being written right now, below the last item. */
export function liveBlocks(live: LiveText, context: PanelContext): TemplateResult {
  return html`${repeat(
    live,
    block => `${block.messageId} ${block.blockIndex}`,
    block => html`<div class="live ${block.kind}" aria-hidden="true">${liveBlock(block, context)}</div>`,
  )}`;
}

/** The end of a thought, as much as fits into a few lines. */
const THOUGHT_SHOWN = 260;

function liveBlock(block: LiveBlock, context: PanelContext): unknown {
  switch (block.kind) {
    case 'text':
      return html`<panel-markdown .text=${block.text} .openLink=${context.actions.openLink}></panel-markdown>`;
    case 'thinking':
      return html`<div class="live-line">${icon('loading', 'small spin')}<span>Thinking</span></div>
        <div class="live-thought" dir="auto">${visibleText(lastWords(block.text))}</div>`;
    case 'toolInput': {
      const name = block.toolName === undefined ? 'a tool call' : visibleText(toolTitle(block.toolName));
      return html`<div class="live-line numbers">
        ${icon('loading', 'small spin')}<span
          >Writing ${name}${block.text === '' ? '' : ` · ${countText(block.text.length)} characters`}</span
        >
      </div>`;
    }
  }
}

function lastWords(text: string): string {
  const line = text.trimEnd().slice(-THOUGHT_SHOWN);
  return text.length > line.length ? `…${line.slice(line.indexOf(' ') + 1)}` : line;
}

export const liveStyles = css`
  /* Where the text will stand once it is said. */
  .live.text {
    margin-inline: 2px;
  }
  .live-line {
    display: flex;
    gap: 6px;
    align-items: center;
    font-size: var(--small);
    color: var(--dim);
  }
  .live-thought {
    margin: 3px 0 0 6px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--line);
    font-size: var(--small);
    color: var(--dim);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;
