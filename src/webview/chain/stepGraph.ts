import { html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { visibleText } from '../../base/visibleText.ts';
import type { ChainStep } from '../../protocol/chainView.ts';
import { icon } from '../parts/icon.ts';
import { ticking } from '../parts/ticking.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { edgePath } from './edgePath.ts';
import type { PlacedNode } from './graphLayout.ts';
import { graphMove } from './graphMoves.ts';
import { graphStyles } from './graphStyles.ts';
import { type FittingLayout, loadGraphLayout } from './loadGraphLayout.ts';
import { kindLook, spokenStep, stepFacts, stepLook } from './stepLook.ts';

/** A higher graph scrolls, in px. */
const MOST_HEIGHT = 520;

const ACTIVE: ReadonlySet<ChainStep['state']> = new Set(['running', 'retrying', 'asking']);

/** The steps of a chain as a graph, drawn anew as they change. One tab stop; arrow keys move, Enter chooses. */
class StepGraph extends LitElement {
  static override properties = {
    context: { attribute: false },
    steps: { attribute: false },
    label: { type: String },
    chosen: { attribute: false },
    onChoose: { attribute: false },
    onFault: { attribute: false },
    width: { attribute: false },
    fittingLayout: { state: true },
    current: { state: true },
  };
  declare context: PanelContext;
  declare steps: readonly ChainStep[];
  declare label: string;
  declare chosen: string | undefined;
  declare onChoose: (stepId: string) => void;
  /** The part that places the steps could not be loaded. */
  declare onFault: (error: unknown) => void;
  /** The room there is, in px. */
  declare width: number;
  declare fittingLayout: FittingLayout | undefined;
  /** The step that has, or last had, the focus. */
  declare current: string | undefined;
  #layout: ReturnType<FittingLayout> | undefined;
  #layoutKey = '';
  #shown = false;

  static override styles = [...baseStyles, graphStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    loadGraphLayout().then(
      fittingLayout => {
        this.fittingLayout = fittingLayout;
      },
      error => this.onFault(error),
    );
  }

  override willUpdate(_changed: PropertyValues<this>): void {
    const { fittingLayout, steps, width } = this;
    const key = JSON.stringify([width, steps.map(({ id, needs }) => [id, needs])]);
    if (fittingLayout !== undefined && (key !== this.#layoutKey || this.#layout === undefined)) {
      this.#layoutKey = key;
      this.#layout = fittingLayout(steps, { width, height: MOST_HEIGHT });
    }
  }

  override render(): unknown {
    const layout = this.#layout;
    if (layout === undefined) {
      return nothing;
    }
    const byId = new Map(this.steps.map(step => [step.id, step]));
    const focusable = this.current ?? this.chosen ?? this.steps[0]?.id;
    return html`<div class="scroll">
      <div
        class="graph"
        role="group"
        aria-label=${this.label}
        .style=${`inline-size:${layout.width}px;block-size:${layout.height}px`}
        @keydown=${this.#keydown}
      >
        <svg width=${layout.width} height=${layout.height} aria-hidden="true">
          <defs>
            <marker id="arrow" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">
              <path d="M0 0L6 3L0 6z"></path>
            </marker>
          </defs>
          ${layout.edges.map(edge => {
            const went = byId.get(edge.from)?.state === 'succeeded';
            return svg`<path class="edge ${went ? 'went' : ''}" d=${edgePath(edge.points, layout.direction)} marker-end="url(#arrow)"></path>`;
          })}
        </svg>
        ${repeat(
          layout.nodes,
          node => node.id,
          node => this.#node(node, byId.get(node.id), node.id === focusable),
        )}
      </div>
    </div>`;
  }

  /** A graph that is larger than its room shows what goes on, once. */
  override updated(): void {
    if (!this.#shown && this.#layout !== undefined) {
      this.#shown = true;
      const active = this.steps.find(({ state }) => ACTIVE.has(state));
      this.#button(active?.id)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  override focus(): void {
    this.#button(this.current ?? this.chosen ?? this.steps[0]?.id)?.focus();
  }

  #node({ id, x, y }: PlacedNode, step: ChainStep | undefined, focusable: boolean): TemplateResult | typeof nothing {
    if (step === undefined) {
      return nothing;
    }
    const look = stepLook(step);
    const title = visibleText(step.title);
    const moves = ACTIVE.has(step.state);
    const facts = (now: number): string => visibleText(stepFacts(step, now));
    const place = this.steps.indexOf(step) + 1;
    return html`<button
      class="plain node ${step.state} ${id === this.chosen ? 'chosen' : ''}"
      data-step=${id}
      tabindex=${focusable ? '0' : '-1'}
      aria-pressed=${id === this.chosen ? 'true' : 'false'}
      aria-label=${visibleText(spokenStep(step, place, this.steps, this.context.clock.now()))}
      title=${step.note === '' ? title : `${title}: ${visibleText(step.note)}`}
      .style=${`inset-inline-start:${x}px;inset-block-start:${y}px;inline-size:${this.#layout?.nodeWidth}px;block-size:${this.#layout?.nodeHeight}px`}
      @click=${() => this.onChoose(id)}
      @focus=${() => {
        this.current = id;
      }}
    >
      ${icon(look.icon, `small ${look.tone} ${look.spins === true ? 'spin' : ''}`)}
      <span class="name one-line" dir="auto">${title}</span>
      <span class="kind" aria-hidden="true">${icon(kindLook(step).icon, 'small')}</span>
      <span class="facts one-line numbers"
        >${moves ? ticking(this.context.ticker, facts) : facts(this.context.clock.now())}</span
      >
    </button>`;
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    const from = (event.target as HTMLElement).dataset['step'];
    const to = from === undefined ? undefined : graphMove(event.key, from, this.#layout?.nodes ?? []);
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      this.#button(to)?.focus();
      event.preventDefault();
      event.stopPropagation();
    }
  };

  #button(id: string | undefined): HTMLElement | undefined {
    return id === undefined
      ? undefined
      : (this.renderRoot.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`) ?? undefined);
  }
}

customElements.define('panel-step-graph', StepGraph);
