import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TaskSummary } from '../../protocol/taskView.ts';
import { iconButton } from '../controls/button.ts';
import { clockText } from '../format/clockText.ts';
import { moneyText } from '../format/moneyText.ts';
import { icon } from '../parts/icon.ts';
import { ticking } from '../parts/ticking.ts';
import { ACTION_LABELS, CHANGE_LABELS } from '../shell/actionLabels.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { possibleActions, possibleChangeActions } from '../shell/taskActions.ts';
import { workedMs } from '../state/taskGroups.ts';
import { activityText, spokenTask, taskLook } from './taskLook.ts';

interface RowOptions {
  readonly task: TaskSummary;
  readonly index: number;
  readonly open: boolean;
  /** 3 below its chain. */
  readonly level: 2 | 3;
  readonly focusable: boolean;
  readonly context: PanelContext;
  readonly onOpen: () => void;
  readonly onMenu: (anchor: HTMLElement) => void;
}

/** Actions offered on the row itself; the others are in its menu. */
const ON_ROW = 2;

export function taskRow(options: RowOptions): TemplateResult {
  const { task, context } = options;
  const look = taskLook(task);
  const activity = visibleText(activityText(task));
  const title = visibleText(task.title);
  const progress = task.todosTotal > 0 && task.ended === undefined ? task.todosDone / task.todosTotal : undefined;
  return html`<div
    class="row ${options.open ? 'open' : ''} ${task.unread ? 'unread' : ''} ${options.level === 3 ? 'inner' : ''}"
    data-index=${options.index}
    data-task=${task.id}
    role="treeitem"
    aria-level=${options.level}
    aria-selected=${options.open ? 'true' : 'false'}
    aria-label=${visibleText(spokenTask(task, context.clock.now()))}
    tabindex=${options.focusable ? '0' : '-1'}
    @click=${options.onOpen}
    @contextmenu=${(event: MouseEvent) => {
      event.preventDefault();
      options.onMenu(event.currentTarget as HTMLElement);
    }}
  >
    ${icon(look.icon, `state ${look.tone} ${look.spins === true ? 'spin' : ''}`)}
    <span class="title one-line" dir="auto" title=${title}>${title}</span>
    <span class="facts numbers" aria-hidden="true">${facts(task, context)}</span>
    <span class="actions">${rowActions(options)}</span>
    ${activity === '' ? nothing : html`<span class="activity one-line" dir="auto" title=${activity}>${activity}</span>`}
    ${
      progress === undefined
        ? nothing
        : html`<span class="progress" aria-hidden="true"
            ><span class=${look.tone} .style=${`inline-size:${Math.round(progress * 100)}%`}></span
          ></span>`
    }
  </div>`;
}

function facts(task: TaskSummary, context: PanelContext): unknown {
  if (task.state === 'queued') {
    return 'queued';
  }
  const cost = task.rehearsal ? 'rehearsal' : moneyText(task.costUsd);
  const clock =
    task.runningSince === undefined
      ? clockText(task.workedMs)
      : ticking(context.ticker, now => clockText(workedMs(task, now)));
  return html`${cost} · ${clock}`;
}

function rowActions(options: RowOptions): unknown {
  const { task, context } = options;
  const stopRow = (event: Event): void => event.stopPropagation();
  const near = possibleActions(task).filter(action => action !== 'fork' && action !== 'runAgain');
  const [ofChanges] = possibleChangeActions(task);
  const entries = [
    ...(ofChanges === undefined
      ? []
      : [{ look: CHANGE_LABELS[ofChanges], run: () => context.actions.changes(ofChanges, task.id) }]),
    ...near.map(action => ({ look: ACTION_LABELS[action], run: () => context.actions.run(action, task.id) })),
  ];
  return [
    ...entries.slice(0, ON_ROW).map(({ look, run }) =>
      iconButton({
        icon: look.icon,
        label: `${look.label}: ${visibleText(task.title)}`,
        untabbable: true,
        onClick: event => {
          stopRow(event);
          void run();
        },
      }),
    ),
    iconButton({
      icon: 'ellipsis',
      label: `More: ${visibleText(task.title)}`,
      untabbable: true,
      popup: 'menu',
      onClick: event => {
        stopRow(event);
        options.onMenu(event.currentTarget as HTMLElement);
      },
    }),
  ];
}
