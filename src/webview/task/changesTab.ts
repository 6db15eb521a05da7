import { css, html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TaskDetail } from '../../protocol/taskView.ts';
import { plural } from '../format/countText.ts';
import { splitPath } from '../format/pathText.ts';
import { changeCounts } from '../parts/diffLines.ts';
import { icon } from '../parts/icon.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { changeButton } from './changeStrip.ts';

/** The files that the task changed, each of which opens its diff. */
export function changesTab(detail: TaskDetail, live: boolean, context: PanelContext): TemplateResult {
  const { files } = detail;
  if (files.length === 0) {
    return html`${liveReview(detail, live, context)}
      <p class="nothing">
        ${
          detail.canReview
            ? 'No file was changed by an editing tool. The review also shows what shell commands changed.'
            : 'No file was changed by an editing tool yet. What shell commands change is not listed here.'
        }
      </p>`;
  }
  const added = files.reduce((sum, file) => sum + file.added, 0);
  const removed = files.reduce((sum, file) => sum + file.removed, 0);
  return html`${liveReview(detail, live, context)}
    <div class="sum">
      <span class="grow">${plural(files.length, 'file')}</span>${changeCounts({ added, removed })}
    </div>
    <ul class="files">
      ${files.map(file => {
        const { folder, name } = splitPath(file.path);
        const open = (): void =>
          void context.actions.request({ type: 'openChange', taskId: detail.id, path: file.path });
        return html`<li>
          <button class="plain file" title=${visibleText(file.path)} @click=${open}>
            ${icon(file.kind === 'created' ? 'new-file' : 'edit', 'small')}
            <span class="path one-line" dir="ltr"
              ><span>${visibleText(name)}</span>
              <span class="dim small">${visibleText(folder)}</span></span
            >
            <span class="hidden-visually">${file.kind}</span>${changeCounts(file)}
          </button>
        </li>`;
      })}
    </ul>`;
}

/** While it runs; afterwards everything that can be done about the changes is below, whatever tab is shown. */
function liveReview({ id, canReview }: TaskDetail, live: boolean, context: PanelContext): unknown {
  return live && canReview ? html`<div class="change-actions">${changeButton('review', id, context)}</div>` : nothing;
}

export const changesStyles = css`
  .change-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    align-items: center;
    padding: 9px var(--gutter) 0;
  }
  .sum {
    display: flex;
    gap: 8px;
    padding: 9px var(--gutter) 6px;
    font-size: var(--small);
    color: var(--dim);
  }
  ul.files {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button.file {
    display: flex;
    gap: 8px;
    align-items: center;
    inline-size: 100%;
    padding: 4px var(--gutter);
  }
  button.file:hover {
    background: var(--hover);
  }
  button.file:focus-visible {
    outline-offset: -1px;
  }
  button.file .icon {
    color: var(--dim);
  }
  button.file .path {
    flex: 1;
  }
  button.file .counts {
    font-size: var(--small);
    white-space: nowrap;
  }
`;
