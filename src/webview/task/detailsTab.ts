import { html, nothing, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { TaskDetail, TaskSummary } from '../../protocol/taskView.ts';
import { button } from '../controls/button.ts';
import { momentText } from '../format/clockText.ts';
import { copyText } from '../parts/copyText.ts';
import type { PanelContext } from '../shell/panelContext.ts';

/** Where and how the task runs. */
export function detailsTab(task: TaskSummary, detail: TaskDetail, context: PanelContext): TemplateResult {
  const now = context.clock.now();
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Folder', detail.cwd],
    ['Profile', task.profile],
    ['Model', task.model],
    ['Permissions', detail.permissionMode],
    ['Account', detail.authSource],
    ['Claude Code', detail.cliVersion],
    ['Begun', momentText(task.created, now)],
    ['Ended', task.ended === undefined ? undefined : momentText(task.ended, now)],
    ['Task', task.id],
    ['Session', detail.sessionId],
  ];
  return html`<section>
      <h2>Details</h2>
      <dl class="table wide">
        ${rows.map(([name, value]) =>
          value === undefined || value === ''
            ? nothing
            : html`<dt>${name}</dt>
                <dd dir="auto">${visibleText(value)}</dd>`,
        )}
      </dl>
      ${
        detail.sessionId === undefined
          ? nothing
          : button({ label: 'Copy the session id', onClick: () => void copyText(detail.sessionId ?? '') })
      }
    </section>
    ${
      detail.forkedFrom === undefined
        ? nothing
        : html`<section>
            <h2>Forked from</h2>
            <button
              class="plain link"
              @click=${() => context.store.dispatch({ type: 'openTask', taskId: detail.forkedFrom?.id })}
            >
              ${visibleText(detail.forkedFrom.title)}
            </button>
          </section>`
    }
    <section>
      <h2>Prompt</h2>
      <panel-long-text class="prompt" .text=${detail.prompt} .lines=${20} label="Prompt"></panel-long-text>
    </section>`;
}
