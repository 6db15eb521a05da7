import { css, html, nothing } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TaskDetail } from '../../protocol/taskView.ts';
import { icon } from '../parts/icon.ts';
import { todoList } from '../parts/todoList.ts';

/** The plan as it stands: the step in progress on one line, all of them on request. */
export function planStrip(options: {
  readonly todos: TaskDetail['todos'];
  readonly live: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
}): unknown {
  const { todos, open } = options;
  if (todos.length === 0) {
    return nothing;
  }
  const done = todos.filter(todo => todo.status === 'completed').length;
  const now = todos.find(todo => todo.status === 'inProgress') ?? todos.find(todo => todo.status === 'pending');
  const words = now === undefined ? 'All steps done' : now.content;
  return html`<div class="plan-strip">
    <button class="plain plan-head" aria-expanded=${open ? 'true' : 'false'} @click=${options.onToggle}>
      ${icon(open ? 'chevron-down' : 'chevron-right', 'small')}
      <span class="one-line grow" dir="auto">${open ? 'Plan' : visibleText(words)}</span>
      <span class="numbers dim">${done} of ${todos.length}</span>
    </button>
    ${open ? html`<div class="plan-steps" tabindex="0">${todoList(todos, options.live)}</div>` : nothing}
    <div class="plan-progress" aria-hidden="true">
      <span .style=${`inline-size:${Math.round((done / todos.length) * 100)}%`}></span>
    </div>
  </div>`;
}

export const planStyles = css`
  .plan-strip {
    position: relative;
    flex: none;
    border-block-end: 1px solid var(--line);
    font-size: var(--small);
  }
  button.plan-head {
    display: flex;
    gap: 5px;
    align-items: center;
    inline-size: 100%;
    padding: 5px var(--gutter) 5px 8px;
  }
  button.plan-head:hover {
    background: var(--hover);
  }
  button.plan-head:focus-visible {
    outline-offset: -1px;
  }
  button.plan-head .icon {
    color: var(--dim);
  }
  .plan-steps {
    max-block-size: 32vh;
    overflow-y: auto;
    padding: 1px var(--gutter) 8px 27px;
  }
  .plan-progress {
    position: absolute;
    inset-block-end: -1px;
    inset-inline: 0;
    block-size: 1px;
  }
  .plan-progress > span {
    display: block;
    block-size: 1px;
    background: var(--running);
    transition: inline-size 0.3s;
  }
  @media (prefers-reduced-motion: reduce) {
    .plan-progress > span {
      transition: none;
    }
  }
`;
