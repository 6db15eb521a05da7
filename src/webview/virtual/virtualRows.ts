import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { HeightIndex } from './heightIndex.ts';
import { piecesFor, type RowRange, rowsBetween } from './visibleRange.ts';

interface Options {
  /** Height of a row that was never measured, in px. */
  readonly estimate: number;
  /** Rows drawn outside the visible part on either side, in px. */
  readonly overscan: number;
  /** What the person did with the scroll bar: are they at the end now? */
  readonly onFollow?: (atEnd: boolean) => void;
}

/** How far from the end still counts as at the end, in px. */
const END_SLACK = 24;

/**
 * Keeps only the visible rows of a long list in the document. The host gives the scrolling element the id `scroller`
 * and the element around the rows the id `rows`; other content may stand before and after the rows.
 * Rows may have any height and change it: what the person looks at stays where it is, or, when following, the end does.
 */
export class VirtualRows implements ReactiveController {
  readonly #host: ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment };
  readonly #options: Options;
  readonly #heights: HeightIndex;
  readonly #measured = new Map<string, number>();
  #keyOf: (index: number) => string = String;
  #range: RowRange = { first: 0, end: 0 };
  #anchor: { readonly key: string; readonly index: number; readonly offset: number } | undefined;
  #setTop = -1;
  #scroller: HTMLElement | undefined;
  #observer: ResizeObserver | undefined;
  #observed = new Set<Element>();

  /** Whether the end is kept in sight. */
  follow = false;

  constructor(
    host: ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment },
    options: Options,
  ) {
    this.#host = host;
    this.#options = options;
    this.#heights = new HeightIndex(options.estimate);
    host.addController(this);
  }

  /** Rows that are in the document now, besides those kept. */
  get range(): RowRange {
    return this.#range;
  }

  /** A list that only grows at its end: the place of a row is its key. */
  setCount(count: number): void {
    this.#keyOf = String;
    this.#heights.resize(count);
  }

  /** A list whose order changes: heights and the place of the scroll bar go by key. */
  setKeys(keys: readonly string[]): void {
    this.#keyOf = index => keys[index] ?? '';
    this.#heights.reset(keys.map(key => this.#measured.get(key)));
    if (this.#measured.size > keys.length * 2 + 200) {
      const known = new Set(keys);
      for (const key of this.#measured.keys()) {
        if (!known.has(key)) {
          this.#measured.delete(key);
        }
      }
    }
    if (this.#anchor !== undefined) {
      const index = keys.indexOf(this.#anchor.key);
      this.#anchor = index < 0 ? undefined : { ...this.#anchor, index };
    }
  }

  /** Forgets all heights and the place, for another list. */
  clear(): void {
    this.#measured.clear();
    this.#anchor = undefined;
    this.#heights.resize(0);
    this.#range = { first: 0, end: 0 };
  }

  render(row: (index: number) => TemplateResult): unknown {
    this.#range = this.#computeRange();
    const pieces = piecesFor(this.#heights, this.#range, this.#focusedIndex());
    return repeat(
      pieces,
      piece => (piece.kind === 'row' ? `row ${this.#keyOf(piece.index)}` : `space ${piece.before}`),
      piece =>
        piece.kind === 'row'
          ? row(piece.index)
          : html`<div class="virtual-space" role="presentation" .style=${`height:${piece.height}px`}></div>`,
    );
  }

  scrollToIndex(index: number): void {
    const scroller = this.#scroller;
    if (scroller === undefined) {
      return;
    }
    const top = this.#rowsTop() + this.#heights.offsetOf(index);
    const bottom = top + this.#heights.heightOf(index);
    if (top < scroller.scrollTop) {
      scroller.scrollTop = top - 4;
    } else if (bottom > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = Math.min(top, bottom - scroller.clientHeight + 4);
    }
    this.#setTop = scroller.scrollTop;
    this.#followWhenAtEnd(scroller);
    this.#remember();
    this.#host.requestUpdate();
  }

  scrollToEnd(): void {
    this.follow = true;
    this.#settle();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#observed.clear();
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#scroller = undefined;
  }

  hostUpdated(): void {
    this.#attach();
    if (this.#measure()) {
      // The first guess at the heights was wrong, so other rows may be visible.
      const { first, end } = this.#computeRange();
      if (first < this.#range.first || end > this.#range.end) {
        this.#host.requestUpdate();
      }
    }
    this.#settle();
  }

  #attach(): void {
    const scroller = this.#host.renderRoot.querySelector<HTMLElement>('#scroller') ?? undefined;
    if (scroller !== this.#scroller) {
      this.hostDisconnected();
      this.#scroller = scroller;
      scroller?.addEventListener('scroll', this.#onScroll, { passive: true });
    }
    if (scroller === undefined) {
      return;
    }
    this.#observer ??= new ResizeObserver(() => {
      const changed = this.#measure();
      this.#settle();
      if (changed) {
        this.#host.requestUpdate();
      }
    });
    const wanted = new Set<Element>([scroller, ...scroller.children, ...this.#rowElements()]);
    for (const element of this.#observed) {
      if (!wanted.has(element)) {
        this.#observer.unobserve(element);
      }
    }
    for (const element of wanted) {
      if (!this.#observed.has(element)) {
        this.#observer.observe(element);
      }
    }
    this.#observed = wanted;
  }

  readonly #onScroll = (): void => {
    const scroller = this.#scroller;
    if (scroller === undefined || scroller.clientHeight === 0) {
      return;
    }
    const byPerson = Math.abs(scroller.scrollTop - this.#setTop) > 1;
    this.#setTop = scroller.scrollTop;
    if (byPerson) {
      this.#followWhenAtEnd(scroller);
    }
    this.#remember();
    const { first, end } = this.#visible(this.#options.overscan / 2);
    if (first < this.#range.first || end > this.#range.end) {
      this.#host.requestUpdate();
    }
  };

  #followWhenAtEnd({ scrollTop, clientHeight, scrollHeight }: HTMLElement): void {
    const atEnd = scrollTop + clientHeight >= scrollHeight - END_SLACK;
    if (atEnd !== this.follow && this.#options.onFollow !== undefined) {
      this.follow = atEnd;
      this.#options.onFollow(atEnd);
    }
  }

  /** Notes which row is at the top edge, to keep it there when heights change. */
  #remember(): void {
    const scroller = this.#scroller;
    if (scroller === undefined || this.#heights.count === 0) {
      return;
    }
    const inRows = scroller.scrollTop - this.#rowsTop();
    if (inRows <= 0) {
      this.#anchor = undefined;
      return;
    }
    const index = this.#heights.indexAt(inRows);
    this.#anchor = { key: this.#keyOf(index), index, offset: inRows - this.#heights.offsetOf(index) };
  }

  /** Puts the scroll bar where it belongs after a change. */
  #settle(): void {
    const scroller = this.#scroller;
    if (scroller === undefined || scroller.clientHeight === 0) {
      return;
    }
    const end = scroller.scrollHeight - scroller.clientHeight;
    const wanted = this.follow
      ? end
      : this.#anchor === undefined
        ? scroller.scrollTop
        : this.#rowsTop() + this.#heights.offsetOf(this.#anchor.index) + this.#anchor.offset;
    if (Math.abs(wanted - scroller.scrollTop) > 0.5) {
      scroller.scrollTop = wanted;
      this.#setTop = scroller.scrollTop;
    }
  }

  #measure(): boolean {
    let changed = false;
    for (const element of this.#rowElements()) {
      const height = element.getBoundingClientRect().height;
      const index = Number(element.dataset['index']);
      if (height > 0 && Number.isInteger(index)) {
        this.#measured.set(this.#keyOf(index), height);
        changed = this.#heights.set(index, height) || changed;
      }
    }
    return changed;
  }

  #computeRange(): RowRange {
    if (this.#scroller === undefined || this.#scroller.clientHeight === 0) {
      const first = this.follow ? Math.max(0, this.#heights.count - 20) : 0;
      return { first, end: Math.min(this.#heights.count, first + 20) };
    }
    return this.#visible(this.#options.overscan);
  }

  #visible(margin: number): RowRange {
    const scroller = this.#scroller;
    if (scroller === undefined) {
      return this.#range;
    }
    const top = this.follow ? this.#heights.total - scroller.clientHeight : scroller.scrollTop - this.#rowsTop();
    return rowsBetween(this.#heights, top - margin, top + scroller.clientHeight + margin);
  }

  #rowsTop(): number {
    const rows = this.#host.renderRoot.querySelector<HTMLElement>('#rows');
    return rows?.offsetTop ?? 0;
  }

  #rowElements(): Iterable<HTMLElement> {
    return this.#host.renderRoot.querySelectorAll<HTMLElement>('#rows > [data-index]');
  }

  /** The row with the focus stays in the document, or the focus would be lost while scrolling. */
  #focusedIndex(): number[] {
    const root = this.#host.renderRoot;
    const active = root instanceof ShadowRoot ? root.activeElement : null;
    const row = active?.closest<HTMLElement>('#rows > [data-index]');
    return row === null || row === undefined ? [] : [Number(row.dataset['index'])];
  }
}
