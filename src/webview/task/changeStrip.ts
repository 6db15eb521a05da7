import { css, html, nothing, type TemplateResult } from 'lit';
import type { TaskSummary, TaskUndo } from '../../protocol/taskView.ts';
import { button } from '../controls/button.ts';
import { plural } from '../format/countText.ts';
import { icon } from '../parts/icon.ts';
import { CHANGE_LABELS } from '../shell/actionLabels.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { type ChangeAction, possibleChangeActions } from '../shell/taskActions.ts';

/** What a task that does not run has changed, or that it is undone, with what can be done about it. */
export function changeStrip(task: TaskSummary, context: PanelContext): unknown {
  const { undo } = task;
  if (undo === undefined) {
    return nothing;
  }
  return html`<div class="change-strip" role="group" aria-label="Changes of the task">
    <span class="change-words"
      >${icon(undo.undone === undefined ? 'diff' : 'discard', 'small')}<span role="status">${words(undo)}</span></span
    >
    <span class="change-buttons">
      ${possibleChangeActions(task).map(action => changeButton(action, task.id, context))}
    </span>
  </div>`;
}

export function changeButton(action: ChangeAction, taskId: string, context: PanelContext): TemplateResult {
  const { label, icon: name, detail } = CHANGE_LABELS[action];
  return button({
    label,
    icon: name,
    ...(detail === undefined ? {} : { hint: detail }),
    onClick: () => void context.actions.changes(action, taskId),
  });
}

function words({ undone, files }: TaskUndo): string {
  switch (undone) {
    case undefined:
      return files === undefined ? 'Changes of files' : `${plural(files, 'file')} changed`;
    case 'all':
      return 'Undone. Claude does not know of it.';
    case 'lastRun':
      return 'Its last run is undone. Claude does not know of it.';
    case 'some':
      return 'Partly undone. Claude does not know of it.';
  }
}

export const changeStripStyles = css`
  .change-strip {
    display: flex;
    flex-wrap: wrap;
    flex: none;
    gap: 5px 7px;
    align-items: center;
    padding: 6px var(--gutter);
    border-block-start: 1px solid var(--line);
    font-size: var(--small);
  }
  .change-words {
    display: flex;
    flex: 1 1 111px;
    gap: 7px;
    align-items: flex-start;
    min-inline-size: 0;
  }
  .change-words > .icon {
    margin-block-start: 2px;
    color: var(--dim);
  }
  .change-buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
  }
  @media (max-width: 300px) {
    .change-buttons .icon {
      display: none;
    }
  }
`;
