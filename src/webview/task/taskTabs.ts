import { css, html, type TemplateResult } from 'lit';
import type { TaskDetail, TaskSummary } from '../../protocol/taskView.ts';
import { icon } from '../parts/icon.ts';
import { TASK_TABS, type TaskTab } from '../state/navigation.ts';

interface TabsOptions {
  readonly task: TaskSummary;
  readonly detail: TaskDetail | undefined;
  readonly selected: TaskTab;
  readonly onSelect: (tab: TaskTab) => void;
}

export function taskTabs(options: TabsOptions): TemplateResult {
  const keydown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -TASK_TABS.length, End: TASK_TABS.length }[event.key];
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const at = TASK_TABS.indexOf(options.selected);
    const tab = TASK_TABS[Math.max(0, Math.min(TASK_TABS.length - 1, at + step))];
    if (tab !== undefined) {
      options.onSelect(tab);
      (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-tab="${tab}"]`)?.focus();
    }
  };
  return html`<div class="tabs" role="tablist" aria-label="Parts of the task" @keydown=${keydown}>
    ${TASK_TABS.map(tab => oneTab(tab, options))}
  </div>`;
}

function oneTab(tab: TaskTab, options: TabsOptions): TemplateResult {
  const selected = tab === options.selected;
  const count = countOf(tab, options);
  return html`<button
    class="plain tab ${selected ? 'on' : ''} ${tab}"
    id=${`tab-${tab}`}
    data-tab=${tab}
    role="tab"
    aria-selected=${selected ? 'true' : 'false'}
    aria-controls="tab-panel"
    aria-label=${count === undefined ? LABELS[tab] : `${LABELS[tab]}, ${count}`}
    title=${LABELS[tab]}
    tabindex=${selected ? '0' : '-1'}
    @click=${() => options.onSelect(tab)}
  >
    ${tab === 'details' ? icon('info', 'small') : html`<span>${LABELS[tab]}</span>`}
    ${count === undefined ? '' : html`<span class="number numbers">${count}</span>`}
  </button>`;
}

const LABELS: Readonly<Record<TaskTab, string>> = {
  transcript: 'Transcript',
  changes: 'Changes',
  tools: 'Tools',
  cost: 'Cost',
  details: 'Details',
};

function countOf(tab: TaskTab, { task, detail }: TabsOptions): number | undefined {
  switch (tab) {
    case 'changes':
      return task.filesChanged > 0 ? task.filesChanged : undefined;
    case 'tools': {
      const calls = task.toolCalls ?? detail?.tools?.reduce((sum, tool) => sum + tool.calls, 0) ?? 0;
      return calls > 0 ? calls : undefined;
    }
    default:
      return undefined;
  }
}

export const tabStyles = css`
  .tabs {
    display: flex;
    gap: 10px;
    padding: 0 var(--gutter);
    border-block-end: 1px solid var(--line);
    font-size: var(--small);
    overflow-x: auto;
    scrollbar-width: none;
    flex: none;
  }
  button.tab {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    padding: 7px 0 6px;
    color: var(--dim);
    white-space: nowrap;
    border-block-end: 2px solid transparent;
  }
  button.tab:hover {
    color: var(--foreground);
  }
  button.tab.on {
    color: var(--foreground);
    border-block-end-color: var(--vscode-panelTitle-activeBorder, var(--focus));
  }
  button.tab.details {
    margin-inline-start: auto;
  }
  @container task (min-width: 330px) {
    .tabs {
      gap: 14px;
    }
  }
  @container task (max-width: 275px) {
    .tab .number {
      display: none;
    }
  }
`;
