import { css, html, nothing, type TemplateResult } from 'lit';
import type { TaskSummary } from '../../protocol/taskView.ts';
import { startOfDay } from '../format/clockText.ts';
import { moneyText } from '../format/moneyText.ts';
import { healthList } from '../list/healthList.ts';
import { pendingCount } from '../state/inbox.ts';
import type { PanelState } from '../state/panelState.ts';
import { isFinal, isLive } from '../state/taskGroups.ts';
import type { PanelContext } from './panelContext.ts';

/** What fills the wide panel while no task is open: how things stand. */
export function overview(state: PanelState, context: PanelContext): TemplateResult {
  const tasks = [...state.tasks.values()];
  const today = startOfDay(context.clock.now());
  const ended = tasks.filter(task => isFinal(task.state) && (task.ended ?? 0) >= today);
  const well = ended.filter(task => task.state === 'succeeded').length;
  const pending = pendingCount(state.approvals.values());
  return html`<div class="overview">
    <h1>Today</h1>
    <div class="numbers-row">
      ${figure('Working', String(tasks.filter(task => isLive(task.state)).length), queuedText(tasks))}
      ${figure('Needs you', String(pending), pending === 0 ? 'nothing waits' : 'waits for an answer')}
      ${figure('Ended well', ended.length === 0 ? '–' : `${well} of ${ended.length}`, 'since midnight')}
      ${figure('Cost', moneyText(state.facts?.todayUsd ?? 0), state.facts?.rehearsal === true ? 'rehearsal: nothing is charged' : 'since midnight')}
    </div>
    <h2>Health</h2>
    <div class="health-box">${healthList(state.facts?.health ?? [], context)}</div>
    ${tasks.length === 0 ? nothing : html`<p class="hint">Choose a task on the left to see it here. Press <kbd>?</kbd> for all keys.</p>`}
  </div>`;
}

function queuedText(tasks: readonly TaskSummary[]): string {
  const queued = tasks.filter(task => task.state === 'queued').length;
  const paused = tasks.filter(task => task.state === 'paused').length;
  const parts = [queued > 0 ? `${queued} queued` : '', paused > 0 ? `${paused} paused` : ''].filter(
    part => part !== '',
  );
  return parts.length === 0 ? 'none queued' : parts.join(' · ');
}

function figure(title: string, value: string, note: string): TemplateResult {
  return html`<div class="figure">
    <span class="dim small">${title}</span><b class="numbers">${value}</b><span class="dim small">${note}</span>
  </div>`;
}

export const overviewStyles = css`
  .overview {
    max-inline-size: 760px;
    padding: 18px 22px;
    overflow-y: auto;
  }
  .overview h1 {
    margin: 0 0 10px;
    font-size: calc(var(--vscode-font-size, 13px) * 1.15);
    font-weight: 600;
  }
  .overview h2 {
    margin: 20px 0 8px;
    font-size: inherit;
    font-weight: 600;
  }
  .numbers-row {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
    gap: 12px;
  }
  .figure,
  .health-box {
    border: 1px solid var(--line);
    border-radius: var(--radius-large);
    padding: 9px 12px;
  }
  .health-box {
    padding: 5px 4px;
  }
  .figure {
    display: grid;
  }
  .figure b {
    font-size: calc(var(--vscode-font-size, 13px) * 1.5);
    font-weight: 600;
    line-height: 1.4;
  }
  .hint {
    margin-block-start: 18px;
    font-size: var(--small);
    color: var(--dim);
  }
  .hint kbd {
    padding: 0 5px;
    font: inherit;
    border: 1px solid var(--vscode-keybindingLabel-border, var(--line));
    border-radius: 3px;
  }
`;
