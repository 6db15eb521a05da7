import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { ChainSummary } from '../../protocol/chainView.ts';
import '../approval/inbox.ts';
import { controlStyles } from '../controls/controlStyles.ts';
import { failureNoteStyles } from '../parts/failureNote.ts';
import '../parts/longText.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import type { PanelState } from '../state/panelState.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { headerStyles } from '../task/taskHeader.ts';
import { chainHeader } from './chainHeader.ts';
import { stepDetailStyles, stepDetails } from './stepDetails.ts';
import './stepGraph.ts';
import { stepList, stepListStyles } from './stepList.ts';
import { stepLook } from './stepLook.ts';

/** From this width on the steps are a graph, in px. */
const GRAPH_FROM = 460;
/** On both sides; with the graph's own it is the gutter. */
const GRAPH_PADDING = 8;

/** One chain, open: what it is, its steps as they run, and the step that is chosen. */
export class ChainView extends LitElement {
  static override properties = {
    context: { attribute: false },
    state: { attribute: false },
    wide: { type: Boolean },
    room: { state: true },
    graphFailed: { state: true },
  };
  declare context: PanelContext;
  declare state: PanelState;
  declare wide: boolean;
  /** The width there is, in px. */
  declare room: number;
  /** The graph could not be drawn; the list says the same. */
  declare graphFailed: boolean;
  readonly #observer = new ResizeObserver(() => {
    this.room = this.clientWidth;
  });

  static override styles = [
    ...baseStyles,
    controlStyles,
    headerStyles,
    failureNoteStyles,
    stepListStyles,
    stepDetailStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }
      #scroller {
        flex: 1;
        min-block-size: 0;
        overflow-y: auto;
        overflow-x: hidden;
        padding-block-end: 12px;
      }
      .buttons {
        margin-inline-end: 0;
      }
      .inputs {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 14px;
        margin: 4px 0 0;
        font-size: var(--small);
      }
      .inputs div {
        display: flex;
        flex-wrap: wrap;
        column-gap: 6px;
        min-inline-size: 0;
      }
      .inputs dt {
        color: var(--dim);
      }
      .inputs dd {
        max-inline-size: 100%;
        margin: 0;
      }
      panel-inbox {
        padding-block-start: 8px;
      }
      .drawing {
        padding: 12px 4px;
        border-block-end: 1px solid var(--line);
      }
      .chosen {
        padding: 12px var(--gutter);
      }
      h2 {
        display: flex;
        gap: 8px;
        align-items: baseline;
        margin: 0 0 4px;
        font-size: inherit;
        font-weight: 600;
      }
      h2 .dim {
        font-size: var(--small);
        font-weight: 400;
      }
      .hint {
        padding: 4px var(--gutter);
        font-size: var(--small);
        color: var(--dim);
      }
      .lost {
        padding: 16px var(--gutter);
        color: var(--dim);
      }
    `,
  ];

  constructor() {
    super();
    this.room = 0;
    this.graphFailed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    this.room = this.clientWidth;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get('state') as PanelState | undefined;
    return changed.size > 1 || !changed.has('state') || before === undefined || this.#differs(before);
  }

  override render(): unknown {
    const { state, context, wide } = this;
    const { openChainId } = state.navigation;
    const chain = openChainId === undefined ? undefined : state.chains.get(openChainId);
    if (chain === undefined) {
      return html`<div class="lost">
        <button class="plain" @click=${this.#back}>‹ Tasks</button>
        <p>Loading the chain…</p>
      </div>`;
    }
    const detail = state.chainDetail;
    return html`${chainHeader({ chain, detail, context, wide, onBack: this.#back })}
      <div id="scroller">
        ${
          wide
            ? nothing
            : html`<panel-inbox .context=${context} .approvals=${approvalsOf(chain, state.approvals)}></panel-inbox>`
        }
        ${detail === undefined ? html`<p class="hint">Loading the steps…</p>` : this.#steps(chain.title)}
      </div>`;
  }

  /** Puts the focus where the chain begins, for the keyboard and for screen readers. */
  focusHeader(): void {
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  #steps(title: string): unknown {
    const steps = this.state.chainDetail?.steps ?? [];
    const { openStepId } = this.state.navigation;
    if (this.room < GRAPH_FROM || this.graphFailed) {
      return stepList({
        steps,
        chosen: openStepId,
        context: this.context,
        onChoose: this.#choose,
        details: this.#details(),
      });
    }
    const chosen = steps.find(step => step.id === openStepId);
    return html`<div class="drawing">
        <panel-step-graph
          .context=${this.context}
          .steps=${steps}
          .label=${`Steps of ${title}`}
          .chosen=${openStepId}
          .width=${this.room - GRAPH_PADDING}
          .onChoose=${this.#choose}
          .onFault=${(error: unknown) => {
            this.graphFailed = true;
            this.context.host.reportProblem(`The graph cannot be drawn: ${String(error)}`);
          }}
        ></panel-step-graph>
      </div>
      ${
        chosen === undefined
          ? html`<p class="hint">Choose a step to see what it does and what came out.</p>`
          : html`<section class="chosen" aria-label=${`Step ${chosen.title}`}>
              <h2><span class="one-line" dir="auto">${chosen.title}</span><span class="dim">${stepLook(chosen).word}</span></h2>
              ${this.#details()}
            </section>`
      }`;
  }

  #details(): unknown {
    const { navigation, chainDetail, tasks } = this.state;
    const step = chainDetail?.steps.find(({ id }) => id === navigation.openStepId);
    if (chainDetail === undefined || step === undefined) {
      return nothing;
    }
    return stepDetails({
      chainId: chainDetail.id,
      step,
      chosen: chainDetail.chosen?.stepId === step.id ? chainDetail.chosen : undefined,
      tasks,
      context: this.context,
    });
  }

  /** Other work changes all the time; that is no reason to draw this again. */
  #differs(before: PanelState): boolean {
    const { state } = this;
    const id = state.navigation.openChainId ?? '';
    return (
      before.navigation !== state.navigation ||
      before.chains.get(id) !== state.chains.get(id) ||
      before.chainDetail !== state.chainDetail ||
      before.approvals !== state.approvals ||
      (state.chains.get(id)?.taskIds ?? []).some(taskId => before.tasks.get(taskId) !== state.tasks.get(taskId))
    );
  }

  readonly #choose = (stepId: string | undefined): void => {
    const { openChainId } = this.state.navigation;
    if (openChainId !== undefined) {
      this.context.store.dispatch({ type: 'openChain', chainId: openChainId, stepId });
    }
  };

  readonly #back = (): void => {
    this.context.store.dispatch({ type: 'back' });
  };
}

/** What waits for the person in a chain: its gates, and what its tasks ask. */
function approvalsOf(chain: ChainSummary, approvals: PanelState['approvals']): PanelState['approvals'] {
  const tasks = new Set(chain.taskIds);
  return new Map(
    [...approvals].filter(
      ([, card]) => card.chainId === chain.id || (card.taskId !== undefined && tasks.has(card.taskId)),
    ),
  );
}

customElements.define('panel-chain-view', ChainView);
