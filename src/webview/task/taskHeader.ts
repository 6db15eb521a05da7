import { css, html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TaskDetail, TaskSummary } from '../../protocol/taskView.ts';
import { button, iconButton } from '../controls/button.ts';
import { clockText } from '../format/clockText.ts';
import { percentText, plural } from '../format/countText.ts';
import { moneyText } from '../format/moneyText.ts';
import { taskLook } from '../list/taskLook.ts';
import { failureNote } from '../parts/failureNote.ts';
import { icon } from '../parts/icon.ts';
import { ticking } from '../parts/ticking.ts';
import { ACTION_LABELS } from '../shell/actionLabels.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { possibleActions, type TaskAction } from '../shell/taskActions.ts';
import { isFinal, workedMs } from '../state/taskGroups.ts';
import { stopLadder } from './stopLadder.ts';

interface HeaderOptions {
  readonly task: TaskSummary;
  readonly detail: TaskDetail | undefined;
  readonly context: PanelContext;
  readonly wide: boolean;
  /** The name of what lies behind it. */
  readonly backTo: string;
  readonly onBack: () => void;
  readonly onRename: () => void;
  readonly onMenu: (anchor: HTMLElement) => void;
}

/** Actions that have a button of their own; everything is in the menu. */
const OWN_BUTTON: ReadonlySet<TaskAction> = new Set(['pause', 'stop', 'continue']);

export function taskHeader(options: HeaderOptions): TemplateResult {
  const { task, context } = options;
  return html`<header>
    ${
      options.wide
        ? html`<div class="title-line">${titleText(options)}${tools(options)}</div>`
        : html`<div class="crumb">
              <button class="plain back" @click=${options.onBack}>
                ${icon('chevron-left', 'small')}<span class="one-line">${options.backTo}</span></button
              ><span class="grow"></span>${tools(options)}
            </div>
            <div class="title-line">${titleText(options)}</div>`
    }
    ${facts(options)} ${task.stopping === undefined ? nothing : stopLadder(task.stopping, context)}
    ${task.pausing ? html`<div class="state-line" role="status">${icon('loading', 'small spin')}<span>Pausing: the turn settles, then the process is freed</span></div>` : nothing}
    ${
      task.ownedElsewhere === undefined
        ? nothing
        : html`<div class="state-line">${icon('info', 'small')}<span>Runs in ${visibleText(task.ownedElsewhere)}. You can answer and stop it from here.</span></div>`
    }
    ${task.failure === undefined ? nothing : failureNote(task.failure, { label: 'Why it ended' })}
  </header>`;
}

function titleText({ task, onRename }: HeaderOptions): TemplateResult {
  const title = visibleText(task.title);
  return html`${stateIcon(task)}
    <h1
      class="one-line"
      tabindex="-1"
      dir="auto"
      title=${`${title}. Double-click or F2 renames it.`}
      @dblclick=${onRename}
    >
      ${title}
    </h1>`;
}

function tools({ task, context, onMenu }: HeaderOptions): TemplateResult {
  return html`<span class="buttons"
    >${task.rehearsal ? html`<span class="tag">${icon('beaker', 'small')}rehearsal</span>` : nothing}
    ${headerButtons(task, context)}
    ${iconButton({
      icon: 'ellipsis',
      label: 'More actions',
      popup: 'menu',
      onClick: event => onMenu(event.currentTarget as HTMLElement),
    })}</span
  >`;
}

function stateIcon(task: TaskSummary): TemplateResult {
  const look = taskLook(task);
  return html`<span class="state-icon" role="img" aria-label=${look.word} title=${look.word}
    >${icon(look.icon, `${look.tone} ${look.spins === true ? 'spin' : ''}`)}</span
  >`;
}

function headerButtons(task: TaskSummary, context: PanelContext): unknown {
  return possibleActions(task)
    .filter(action => OWN_BUTTON.has(action))
    .map(action =>
      button({
        label: ACTION_LABELS[action].label,
        look: action === 'continue' ? 'primary' : 'secondary',
        ...(ACTION_LABELS[action].detail === undefined ? {} : { hint: ACTION_LABELS[action].detail }),
        disabled: action === 'stop' && task.stopping?.stage === 'kill',
        onClick: () => void context.actions.run(action, task.id),
      }),
    );
}

function facts({ task, detail, context }: HeaderOptions): TemplateResult {
  const clock =
    task.runningSince === undefined || isFinal(task.state)
      ? clockText(task.workedMs)
      : ticking(context.ticker, now => clockText(workedMs(task, now)));
  const model = [task.model, task.profile].filter((part): part is string => part !== undefined && part !== '');
  const use = detail?.context;
  return html`<div class="facts numbers">
    <span title="What it cost so far"><b>${moneyText(task.costUsd)}</b></span>
    <span title="Time it worked"><b>${clock}</b></span>
    ${task.filesChanged > 0 ? html`<span><b>${task.filesChanged}</b> ${task.filesChanged === 1 ? 'file' : 'files'}</span>` : nothing}
    <span class="one-line">${visibleText(model.join(' · '))}</span>
    ${
      use === undefined
        ? nothing
        : html`<span title=${`${plural(use.tokens, 'token')} of ${use.window.toLocaleString()} in the context window`}
            >context <b>${percentText(use.tokens, use.window)}</b></span
          >`
    }
  </div>`;
}

export const headerStyles = css`
  header {
    padding: 5px var(--gutter) 9px;
    border-block-end: 1px solid var(--line);
  }
  .crumb {
    display: flex;
    gap: 6px;
    align-items: center;
    min-block-size: 26px;
    margin-inline-start: -4px;
    font-size: var(--small);
    color: var(--dim);
  }
  .back {
    display: inline-flex;
    min-inline-size: 0;
    gap: 3px;
    align-items: center;
    padding: 2px 6px 2px 0;
    border-radius: var(--radius);
  }
  .back:hover {
    color: var(--foreground);
  }
  .tag {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    font-size: var(--tiny);
  }
  .title-line {
    display: flex;
    gap: 7px;
    align-items: center;
    min-inline-size: 0;
  }
  .state-icon {
    display: flex;
  }
  h1 {
    flex: 1;
    margin: 0;
    font-size: calc(var(--vscode-font-size, 13px) * 1.08);
    font-weight: 600;
    line-height: 1.5;
  }
  h1:focus-visible {
    outline-offset: 1px;
    border-radius: 3px;
  }
  .buttons {
    display: flex;
    flex: none;
    gap: 5px;
    align-items: center;
    margin-inline-end: -5px;
  }
  header .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 1px 12px;
    margin-block-start: 5px;
    font-size: var(--small);
    color: var(--dim);
  }
  header .facts b {
    font-weight: 500;
    color: var(--foreground);
  }
  .state-line {
    display: flex;
    gap: 6px;
    align-items: flex-start;
    margin-block-start: 6px;
    font-size: var(--small);
    color: var(--dim);
    overflow-wrap: anywhere;
  }
  .state-line .icon {
    margin-block-start: 2px;
  }
`;
