import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { visibleText } from '../../base/visibleText.ts';
import type { ApprovalCard } from '../../protocol/approvalView.ts';
import type { TaskSummary } from '../../protocol/taskView.ts';
import type { TranscriptItem } from '../../protocol/transcriptView.ts';
import '../approval/inbox.ts';
import { button } from '../controls/button.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { icon } from '../parts/icon.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import type { LiveText } from '../state/liveText.ts';
import { MAIN_THREAD } from '../state/panelState.ts';
import { isLive } from '../state/taskGroups.ts';
import { itemAt, type Thread } from '../state/thread.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { movedIndex, rovingMove } from '../virtual/rovingFocus.ts';
import { VirtualRows } from '../virtual/virtualRows.ts';
import './agentThread.ts';
import { fetchPages } from './fetchPages.ts';
import { liveBlocks, liveStyles } from './liveBlocks.ts';
import { OpenParts } from './openParts.ts';
import './transcriptItem.ts';
import type { TranscriptItemElement } from './transcriptItem.ts';

const SPOKEN_KINDS: Readonly<Record<TranscriptItem['kind'], string>> = {
  prompt: 'Prompt',
  text: 'Claude',
  thinking: 'Thought',
  tool: 'Tool call',
  notice: 'Notice',
  decision: 'Decision',
  turnEnd: 'End of the turn',
};
const ITEM_ESTIMATE = 48;
const OVERSCAN = 600;

/** The transcript of a task: what was said and done, then what is being written, then what waits for the person. */
export class Transcript extends LitElement {
  static override properties = {
    context: { attribute: false },
    task: { attribute: false },
    thread: { attribute: false },
    live: { attribute: false },
    approvals: { attribute: false },
    follow: { attribute: false },
  };
  declare context: PanelContext;
  declare task: TaskSummary;
  declare thread: Thread;
  declare live: LiveText;
  declare approvals: ReadonlyMap<string, ApprovalCard>;
  declare follow: boolean;

  static override styles = [
    ...baseStyles,
    controlStyles,
    liveStyles,
    css`
      :host {
        position: relative;
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }
      #scroller {
        position: relative;
        flex: 1;
        min-block-size: 0;
        overflow-y: auto;
        overflow-x: hidden;
        overflow-anchor: none;
        padding-block: 5px;
      }
      .item {
        padding: 5px var(--gutter);
        scroll-margin: 8px;
      }
      .item.nested {
        margin-inline-start: 14px;
        border-inline-start: 2px solid var(--line);
      }
      .item:focus-visible {
        outline: 1px solid var(--focus);
        outline-offset: -2px;
        border-radius: var(--radius);
      }
      .loading {
        block-size: 30px;
        border-radius: var(--radius);
        background: var(--line);
        opacity: 0.4;
      }
      .tail {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
      }
      .tail > .live,
      .tail > .working {
        padding: 0 var(--gutter);
        min-inline-size: 0;
      }
      .tail > :first-child {
        margin-block-start: 5px;
      }
      .latest {
        position: absolute;
        inset-block-end: 8px;
        inset-inline: 0;
        display: flex;
        justify-content: center;
        pointer-events: none;
      }
      .latest > * {
        pointer-events: auto;
        background: var(--vscode-menu-background, var(--card));
        border-radius: 12px;
        box-shadow: 0 1px 5px var(--vscode-widget-shadow, transparent);
      }
    `,
  ];

  readonly #rows = new VirtualRows(this, {
    estimate: ITEM_ESTIMATE,
    overscan: OVERSCAN,
    onFollow: follow => this.context.store.dispatch({ type: 'navigate', change: { follow } }),
  });
  readonly #openParts = new OpenParts();
  #shownTask = '';
  #current = -1;

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.#shownTask !== this.task.id) {
      this.#shownTask = this.task.id;
      this.#rows.clear();
      this.#current = -1;
    }
    if (changed.has('follow')) {
      this.#rows.follow = this.follow;
    }
    this.#rows.setCount(this.thread.total ?? 0);
  }

  override render(): unknown {
    const total = this.thread.total ?? 0;
    return html`<div id="scroller" @keydown=${this.#keydown} @focusin=${this.#focusin}>
        <div id="rows" role="feed" aria-label="Transcript" aria-busy=${this.thread.total === undefined ? 'true' : 'false'}>
          ${this.#rows.render(index => this.#item(index, total))}
        </div>
        <div class="tail">
          ${liveBlocks(this.live, this.context)} ${this.#working()}
          <panel-inbox .context=${this.context} .approvals=${this.approvals} .taskId=${this.task.id}></panel-inbox>
        </div>
      </div>
      ${
        this.follow
          ? nothing
          : html`<div class="latest">
              ${button({ label: 'Jump to latest', icon: 'arrow-down', onClick: () => this.#jump() })}
            </div>`
      }`;
  }

  override updated(): void {
    const { first, end } = this.#rows.range;
    fetchPages(this.context, this.task.id, MAIN_THREAD, first, Math.max(first, end - 1));
  }

  #item(index: number, total: number): TemplateResult {
    const item = itemAt(this.thread, index);
    const nested = item?.parentToolUseId !== undefined;
    return html`<div
      class="item ${nested ? 'nested' : ''}"
      data-index=${index}
      role="article"
      aria-label=${item === undefined ? 'Loading' : SPOKEN_KINDS[item.kind]}
      aria-posinset=${index + 1}
      aria-setsize=${total}
      tabindex=${index === this.#tabStop(total) ? '0' : '-1'}
    >
      ${
        item === undefined
          ? html`<div class="loading"></div>`
          : html`<panel-transcript-item
              .context=${this.context}
              .taskId=${this.task.id}
              .item=${item}
              ?live=${isLive(this.task.state)}
              .open=${this.#openParts.of(item.id)}
              .onToggle=${(part: string) => {
                this.#openParts.toggle(item.id, part);
                this.requestUpdate();
              }}
            ></panel-transcript-item>`
      }
    </div>`;
  }

  #tabStop(total: number): number {
    return this.#current >= 0 && this.#current < total ? this.#current : total - 1;
  }

  /** Says that something goes on while nothing is being written. */
  #working(): unknown {
    const { state, activity, pendingApprovals, stopping } = this.task;
    const busy = (state === 'running' || state === 'starting') && pendingApprovals === 0 && stopping === undefined;
    return busy && this.live.length === 0 && activity !== ''
      ? html`<div class="working live-line">${icon('loading', 'small spin')}<span class="one-line">${visibleText(activity)}</span></div>`
      : nothing;
  }

  #jump(): void {
    this.context.store.dispatch({ type: 'navigate', change: { follow: true } });
    this.#rows.scrollToEnd();
  }

  readonly #focusin = (event: FocusEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('#rows > [data-index]');
    if (row !== null) {
      this.#current = Number(row.dataset['index']);
    }
  };

  readonly #keydown = (event: KeyboardEvent): void => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('#rows > [data-index]');
    const inner = event.composedPath()[0];
    // Inside an item the keys belong to what has the focus there; only its plain buttons leave them to the list.
    if (row === null || !(inner === row || inner instanceof HTMLButtonElement)) {
      return;
    }
    const move = rovingMove(event);
    if (move !== undefined) {
      this.#focusItem(movedIndex(move, Number(row.dataset['index']), this.thread.total ?? 0));
    } else if (inner === row && (event.key === 'Enter' || event.key === ' ')) {
      row.querySelector<TranscriptItemElement>('panel-transcript-item')?.activate();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  #focusItem(index: number): void {
    this.#current = index;
    this.#rows.scrollToIndex(index);
    void this.updateComplete.then(async () => {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>(`#rows > [data-index="${index}"]`)?.focus();
    });
  }
}

customElements.define('panel-transcript', Transcript);
