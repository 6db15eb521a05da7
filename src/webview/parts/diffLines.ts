import { css, html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { DiffView } from '../../protocol/transcriptView.ts';
import { plural } from '../format/countText.ts';

const SIGNS = { kept: ' ', added: '+', removed: '-' } as const;
const SPOKEN = { kept: '', added: 'added: ', removed: 'removed: ' } as const;

/** How many lines a diff adds and removes. */
export function changeCounts(change: { readonly added: number; readonly removed: number }): TemplateResult {
  return html`<span class="numbers counts"
    >${
      change.added > 0 || change.removed === 0
        ? html`<span class="plus" aria-label=${`${plural(change.added, 'line')} added`}>+${change.added}</span>`
        : nothing
    }
    ${
      change.removed > 0
        ? html`<span class="minus" aria-label=${`${plural(change.removed, 'line')} removed`}>−${change.removed}</span>`
        : nothing
    }</span
  >`;
}

/** The lines of a diff: the first `limit` of them, and a button for the rest. */
export function diffLines(options: {
  readonly diff: DiffView;
  readonly limit: number;
  readonly expanded: boolean;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
}): TemplateResult {
  const { diff, limit, expanded } = options;
  const shown = expanded ? diff.lines : diff.lines.slice(0, limit);
  const folded = diff.lines.length - shown.length;
  return html`<div class="diff" role="group" aria-label="Proposed change" dir="ltr">
    <div class="diff-lines ${expanded ? 'open' : ''}" tabindex=${expanded ? '0' : nothing}>
      ${shown.map(
        line =>
          html`<div class="line ${line.kind}"><span class="sign" aria-hidden="true">${SIGNS[line.kind]}</span
            ><span class="hidden-visually">${SPOKEN[line.kind]}</span>${visibleText(line.text)}</div>`,
      )}
    </div>
    ${
      folded > 0
        ? html`<button class="plain more" @click=${options.onToggle}>${plural(folded + diff.hiddenLines, 'more line')}</button>`
        : nothing
    }
    ${
      folded === 0 && diff.hiddenLines > 0
        ? html`<button class="plain more" @click=${options.onOpen}>
            ${plural(diff.hiddenLines, 'more line')}: open the diff
          </button>`
        : nothing
    }
    ${expanded && diff.lines.length > limit ? html`<button class="plain more" @click=${options.onToggle}>Show less</button>` : nothing}
  </div>`;
}

export const diffStyles = css`
  .counts {
    white-space: nowrap;
  }
  .diff {
    font-family: var(--mono);
    font-size: var(--mono-size);
    line-height: 1.55;
  }
  .diff-lines {
    overflow-x: auto;
  }
  .diff-lines.open {
    max-block-size: min(55vh, 480px);
    overflow: auto;
  }
  .diff .line {
    padding: 0 8px;
    white-space: pre;
    min-inline-size: fit-content;
    min-block-size: 1.55em;
    tab-size: 4;
  }
  .diff .sign {
    display: inline-block;
    inline-size: 1.6ch;
    user-select: none;
    color: var(--dim);
  }
  .diff .added {
    background: var(--added-line);
  }
  .diff .removed {
    background: var(--removed-line);
  }
  .diff .added .sign {
    color: var(--added);
  }
  .diff .removed .sign {
    color: var(--removed);
  }
  .diff button.more {
    display: block;
    inline-size: 100%;
    padding: 2px 8px;
    font-family: var(--vscode-font-family);
    font-size: var(--small);
    color: var(--vscode-textLink-foreground);
    border-block-start: 1px solid var(--line);
  }
  .diff button.more:hover {
    text-decoration: underline;
  }
`;
