import { css, html, nothing, type TemplateResult } from 'lit';
import type { Failure } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import { icon } from './icon.ts';

interface FailureNoteOptions {
  /** What it answers, such as "Why it ended". */
  readonly label: string;
  /** Says the details as well, where there is room for them. */
  readonly whole?: boolean;
}

/** What went wrong and what helps. */
export function failureNote(
  { message, detail, remedy }: Pick<Failure, 'message' | 'detail' | 'remedy'>,
  { label, whole = false }: FailureNoteOptions,
): TemplateResult {
  const text = whole && detail !== undefined ? `${message} ${detail}` : message;
  return html`<div class="failure" role="group" aria-label=${label}>
    ${icon('error', 'small bad')}
    <span dir="auto"
      >${visibleText(text)}${
        remedy === undefined ? nothing : html`<span class="remedy">${visibleText(remedy)}</span>`
      }</span
    >
  </div>`;
}

export const failureNoteStyles = css`
  .failure {
    display: flex;
    gap: 6px;
    align-items: flex-start;
    margin-block-start: 6px;
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  .failure .icon {
    margin-block-start: 2px;
  }
  .failure .remedy {
    display: block;
    color: var(--dim);
  }
`;
