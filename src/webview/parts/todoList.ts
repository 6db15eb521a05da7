import { css, html, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import { icon } from './icon.ts';

interface Todo {
  readonly content: string;
  readonly status: 'pending' | 'inProgress' | 'completed';
}

const SPOKEN = { pending: 'to do', inProgress: 'in progress', completed: 'done' } as const;

export function todoList(todos: readonly Todo[], live: boolean): TemplateResult {
  return html`<ul class="todos" aria-label="Plan">
    ${todos.map(
      todo =>
        html`<li class=${todo.status}>
          ${todoIcon(todo.status, live)}<span dir="auto">${visibleText(todo.content)}</span
          ><span class="hidden-visually">${SPOKEN[todo.status]}</span>
        </li>`,
    )}
  </ul>`;
}

function todoIcon(status: Todo['status'], live: boolean): TemplateResult {
  switch (status) {
    case 'completed':
      return icon('pass', 'small ok');
    case 'inProgress':
      return live ? icon('loading', 'small info spin') : icon('circle-filled', 'small info');
    case 'pending':
      return icon('circle', 'small dim');
  }
}

export const todoStyles = css`
  .todos {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 3px;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--small);
  }
  .todos li {
    display: flex;
    gap: 7px;
    align-items: flex-start;
    color: var(--dim);
    overflow-wrap: anywhere;
  }
  .todos li .icon {
    margin-block-start: 2px;
  }
  .todos li.inProgress {
    color: var(--foreground);
  }
`;
