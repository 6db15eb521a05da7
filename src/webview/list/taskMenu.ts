import type { TaskSummary } from '../../protocol/taskView.ts';
import { copyText } from '../parts/copyText.ts';
import type { MenuEntry } from '../parts/menu.ts';
import { ACTION_LABELS, CHANGE_LABELS } from '../shell/actionLabels.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { possibleActions, possibleChangeActions } from '../shell/taskActions.ts';

/** Everything that can be done with a task, for the menu of its row and of its view. */
export function taskMenu(
  task: TaskSummary,
  context: PanelContext,
  more: { readonly open?: () => void; readonly rename: () => void },
): MenuEntry[] {
  const actions = [...possibleActions(task), ...(task.unread ? (['markRead'] as const) : [])];
  return [
    ...(more.open === undefined
      ? []
      : [{ label: 'Open', icon: 'chevron-right', keys: 'Enter', run: more.open } as const]),
    ...actions.map(action => ({
      ...ACTION_LABELS[action],
      run: () => void context.actions.run(action, task.id),
    })),
    ...possibleChangeActions(task).map(action => ({
      ...CHANGE_LABELS[action],
      run: () => void context.actions.changes(action, task.id),
    })),
    { label: 'Rename', icon: 'edit', keys: 'F2', run: more.rename },
    { label: 'Copy the title', icon: 'copy', run: () => void copyText(task.title) },
  ];
}
