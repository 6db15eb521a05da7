import { css, html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Disposable } from '../../base/disposable.ts';
import { plural } from '../format/countText.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { emptyThread, itemAt, type Thread } from '../state/thread.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { fetchPages } from './fetchPages.ts';
import { OpenParts } from './openParts.ts';

const SHOWN_AT_FIRST = 20;
const SHOWN_MORE = 80;

/** What a sub-agent did, newest steps last. Earlier ones come on request, so that a long run stays cheap. */
class AgentThread extends LitElement {
  static override properties = {
    context: { attribute: false },
    taskId: { attribute: false },
    thread: { attribute: false },
    live: { type: Boolean },
    shown: { state: true },
    steps: { state: true },
  };
  declare context: PanelContext;
  declare taskId: string;
  declare thread: string;
  declare live: boolean;
  declare shown: number;
  declare steps: Thread;
  #subscription: Disposable | undefined;
  readonly #openParts = new OpenParts();

  static override styles = [
    ...baseStyles,
    css`
      .steps {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        padding-inline-start: 9px;
        border-inline-start: 2px solid var(--line);
      }
      button.more {
        font-size: var(--small);
        color: var(--vscode-textLink-foreground);
      }
    `,
  ];

  constructor() {
    super();
    this.shown = SHOWN_AT_FIRST;
    this.steps = emptyThread;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#subscription = this.context.store.onFrame(state => {
      this.steps = state.threads.get(this.thread) ?? emptyThread;
    });
    this.steps = this.context.store.state.threads.get(this.thread) ?? emptyThread;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#subscription?.dispose();
  }

  override render(): unknown {
    const total = this.steps.total ?? 0;
    const first = Math.max(0, total - this.shown);
    const indexes = Array.from({ length: total - first }, (_, place) => first + place);
    return html`<div class="steps" role="group" aria-label="Steps of the agent">
      ${
        first > 0
          ? html`<button
              class="plain more"
              @click=${() => {
                this.shown += SHOWN_MORE;
              }}
            >
              ${plural(first, 'earlier step')}
            </button>`
          : nothing
      }
      ${repeat(
        indexes,
        index => index,
        index => this.#step(index),
      )}
    </div>`;
  }

  override updated(): void {
    const total = this.steps.total ?? 0;
    fetchPages(this.context, this.taskId, this.thread, Math.max(0, total - this.shown), Math.max(0, total - 1));
  }

  #step(index: number): unknown {
    const item = itemAt(this.steps, index);
    return item === undefined
      ? nothing
      : html`<panel-transcript-item
          .context=${this.context}
          .taskId=${this.taskId}
          .item=${item}
          ?live=${this.live}
          .open=${this.#openParts.of(item.id)}
          .onToggle=${(part: string) => {
            this.#openParts.toggle(item.id, part);
            this.requestUpdate();
          }}
        ></panel-transcript-item>`;
  }
}

customElements.define('panel-agent-thread', AgentThread);
