import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Disposable } from '../../base/disposable.ts';
import type { ApprovalCard } from '../../protocol/approvalView.ts';
import type { PanelContext } from '../shell/panelContext.ts';
import { inboxCards, nextLeaving, pendingCount } from '../state/inbox.ts';
import { baseStyles } from '../styles/baseStyles.ts';
import { countBadge } from '../styles/countBadge.ts';
import './approvalCard.ts';
import type { ApprovalCardElement } from './approvalCard.ts';
import { CardMotion } from './cardMotion.ts';

/** Everything that waits for the person, oldest first: of all tasks, or of one. */
export class Inbox extends LitElement {
  static override properties = {
    context: { attribute: false },
    approvals: { attribute: false },
    taskId: { attribute: false },
  };
  declare context: PanelContext;
  declare approvals: ReadonlyMap<string, ApprovalCard>;
  declare taskId: string | undefined;
  #cards: readonly ApprovalCard[] = [];
  #leaving: Disposable | undefined;
  readonly #motion = new CardMotion(() => this.context.guard.cardsMoved());

  static override styles = [
    ...baseStyles,
    countBadge,
    css`
      h2 {
        display: flex;
        gap: 6px;
        align-items: center;
        margin: 0;
        padding: 5px var(--gutter) 5px;
        font-size: var(--tiny);
        font-weight: 600;
        letter-spacing: 0.03em;
        color: var(--dim);
      }
      .count {
        color: var(--needs-foreground);
        background: var(--needs-background);
      }
      .cards {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
        padding: 0 var(--gutter) 8px;
      }
    `,
  ];

  override willUpdate(): void {
    const before = this.#cards;
    this.#cards = inboxCards(this.approvals.values(), this.context.clock.now(), this.taskId);
    const sameOrder =
      before.length === this.#cards.length && before.every((card, place) => card.id === this.#cards[place]?.id);
    if (!sameOrder) {
      // What is under the pointer now may be another card than a moment ago.
      this.context.guard.cardsMoved();
    }
  }

  override render(): unknown {
    if (this.#cards.length === 0) {
      return nothing;
    }
    const pending = pendingCount(this.#cards);
    return html`<section aria-label=${`Needs you: ${pending}`}>
      ${
        this.taskId === undefined
          ? html`<h2>Needs you ${pending > 0 ? html`<span class="count numbers">${pending}</span>` : nothing}</h2>`
          : nothing
      }
      <div class="cards">
        ${repeat(
          this.#cards,
          card => card.id,
          card =>
            html`<panel-approval-card
              data-approval=${card.id}
              .context=${this.context}
              .card=${card}
              ?inTask=${this.taskId !== undefined}
            ></panel-approval-card>`,
        )}
      </div>
    </section>`;
  }

  override updated(_changed: PropertyValues<this>): void {
    this.#motion.watch(this.#elements().filter(({ card }) => card.status.state === 'pending'));
    this.#leaving?.dispose();
    const at = nextLeaving(this.#cards);
    this.#leaving =
      at === undefined
        ? undefined
        : this.context.clock.after(Math.max(0, at - this.context.clock.now()), () => this.requestUpdate());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leaving?.dispose();
    this.#motion.stop();
  }

  /** Focuses the card beside the focused one, or the first. Returns false when there is none. */
  focusCard(step: 1 | -1): boolean {
    const cards = this.#elements();
    const active = (this.renderRoot as ShadowRoot).activeElement;
    const at = cards.indexOf(active as ApprovalCardElement);
    const next = at < 0 ? cards.at(step === 1 ? 0 : -1) : cards[Math.max(0, Math.min(cards.length - 1, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
    return next !== undefined;
  }

  focusApproval(id: string): boolean {
    const card = this.#elements().find(element => element.card.id === id);
    card?.focus();
    card?.scrollIntoView({ block: 'nearest' });
    return card !== undefined;
  }

  /** A settled card went: the next one gets the focus, as a whole, no button of it. */
  focusHome(): boolean {
    return this.focusCard(1);
  }

  #elements(): ApprovalCardElement[] {
    return [...this.renderRoot.querySelectorAll<ApprovalCardElement>('panel-approval-card')];
  }
}

customElements.define('panel-inbox', Inbox);
