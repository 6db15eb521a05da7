import { css, html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ChainStep, ChosenStep } from '../../protocol/chainView.ts';
import type { TaskSummary } from '../../protocol/taskView.ts';
import { button } from '../controls/button.ts';
import { moneyText } from '../format/moneyText.ts';
import { taskLook } from '../list/taskLook.ts';
import { failureNote } from '../parts/failureNote.ts';
import { icon } from '../parts/icon.ts';
import type { PanelContext } from '../shell/panelContext.ts';

interface DetailOptions {
  readonly chainId: string;
  readonly step: ChainStep;
  /** Absent until the extension told it. */
  readonly chosen: ChosenStep | undefined;
  readonly tasks: ReadonlyMap<string, TaskSummary>;
  readonly context: PanelContext;
}

const LINES = 8;

/** One step in full: what it does, what came out, why it failed, and its tasks. */
export function stepDetails({ chainId, step, chosen, tasks, context }: DetailOptions): TemplateResult {
  return html`<div class="details">
    ${step.note === '' || chosen?.failure !== undefined ? nothing : html`<p class="note" dir="auto">${visibleText(step.note)}</p>`}
    ${chosen?.failure === undefined ? nothing : failureNote(chosen.failure, { label: 'Why it failed', whole: true })}
    ${step.taskIds.length === 0 ? nothing : taskLinks(step, tasks, context)}
    ${(chosen?.chains ?? []).map(
      chain =>
        html`<button
          class="plain line-link"
          @click=${() => context.store.dispatch({ type: 'openChain', chainId: chain.id })}
        >
          ${icon('list-tree', 'small')}<span class="one-line" dir="auto">${visibleText(chain.title)}</span>
        </button>`,
    )}
    ${chosen === undefined || chosen.does === '' ? nothing : box('What it does', chosen.does)}
    ${chosen?.output === undefined || chosen.output.trim() === '' ? nothing : output(chainId, chosen, chosen.output, context)}
    ${
      step.canRunAgain
        ? html`<div class="bar">
            ${button({
              label: 'Run This Step Again',
              icon: 'rerun',
              hint: 'Runs it anew, and then every step that follows from it',
              onClick: () => void context.actions.request({ type: 'rerunStep', chainId, stepId: step.id }),
            })}
          </div>`
        : nothing
    }
  </div>`;
}

function taskLinks(step: ChainStep, tasks: ReadonlyMap<string, TaskSummary>, context: PanelContext): TemplateResult {
  return html`<ul class="links" aria-label=${step.taskIds.length === 1 ? 'Its task' : 'Its tasks'}>
    ${step.taskIds.map(taskId => {
      const task = tasks.get(taskId);
      const look = task === undefined ? undefined : taskLook(task);
      return html`<li>
        <button class="plain line-link" @click=${() => context.store.dispatch({ type: 'openTask', taskId })}>
          ${look === undefined ? icon('comment', 'small') : icon(look.icon, `small ${look.tone} ${look.spins === true ? 'spin' : ''}`)}
          <span class="one-line grow" dir="auto">${visibleText(task?.title ?? 'Task')}</span>
          <span class="dim numbers">${look?.word ?? ''}${task === undefined ? '' : ` · ${moneyText(task.costUsd)}`}</span>
        </button>
      </li>`;
    })}
  </ul>`;
}

function output(chainId: string, chosen: ChosenStep, text: string, context: PanelContext): TemplateResult {
  return html`${box(chosen.outputIsCut ? 'The beginning of its output' : 'Output', text)}
    <button
      class="plain link"
      @click=${() => void context.actions.request({ type: 'openStepOutput', chainId, stepId: chosen.stepId })}
    >
      Open the output in an editor
    </button>`;
}

function box(title: string, text: string): TemplateResult {
  return html`<h3>${title}</h3>
    <div class="text-box"><panel-long-text .text=${text} .lines=${LINES} label=${title}></panel-long-text></div>`;
}

export const stepDetailStyles = css`
  .details {
    min-inline-size: 0;
    font-size: var(--small);
  }
  .details h3 {
    margin: 10px 0 4px;
    font-size: var(--tiny);
    font-weight: 600;
    letter-spacing: 0.03em;
    color: var(--dim);
  }
  .details .note {
    margin: 2px 0 4px;
    color: var(--dim);
    overflow-wrap: anywhere;
  }
  .details ul.links {
    margin: 4px 0;
    padding: 0;
    list-style: none;
  }
  .details button.line-link {
    display: flex;
    gap: 7px;
    align-items: center;
    inline-size: 100%;
    padding: 3px 0;
  }
  .details button.line-link:hover .one-line {
    text-decoration: underline;
  }
  .text-box {
    border: 1px solid var(--line);
    border-radius: 3px;
    background: var(--box);
  }
  .details button.link {
    margin-block-start: 3px;
    color: var(--vscode-textLink-foreground);
  }
  .details button.link:hover {
    text-decoration: underline;
  }
  .details .bar {
    display: flex;
    gap: 6px;
    margin-block-start: 10px;
  }
`;
