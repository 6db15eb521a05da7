import type { TranscriptItem } from '../../protocol/transcriptView.ts';

/** Items are fetched and forgotten a page at a time, so that a long transcript costs no more than a short one. */
export const PAGE_SIZE = 100;
/** Pages kept at most; those furthest from what is looked at go first. */
const PAGES_KEPT = 24;

interface Page {
  /** Items by their place in the page; holes are not known yet. */
  readonly items: readonly (TranscriptItem | undefined)[];
  /** Asked for and not here yet. */
  readonly asked: boolean;
  /** May be out of date, because messages were missed since it came. */
  readonly stale: boolean;
}

/** The main thread of a task, or that of one sub-agent. */
export interface Thread {
  /** Unknown until the first page is here. */
  readonly total: number | undefined;
  readonly pages: ReadonlyMap<number, Page>;
}

export const emptyThread: Thread = { total: undefined, pages: new Map() };

export function itemAt(thread: Thread, index: number): TranscriptItem | undefined {
  return thread.pages.get(Math.floor(index / PAGE_SIZE))?.items[index % PAGE_SIZE];
}

/** Puts items at their places. What is known already and not named stays. */
function put(
  thread: Thread,
  total: number,
  entries: Iterable<{ readonly index: number; readonly item: TranscriptItem }>,
  cameAsPage: boolean,
): Thread {
  const pages = new Map(thread.pages);
  const copied = new Map<number, (TranscriptItem | undefined)[]>();
  for (const { index, item } of entries) {
    const number = Math.floor(index / PAGE_SIZE);
    let items = copied.get(number);
    if (items === undefined) {
      items = [...(pages.get(number)?.items ?? [])];
      copied.set(number, items);
    }
    items[index % PAGE_SIZE] = item;
  }
  for (const [number, items] of copied) {
    const page = pages.get(number);
    pages.set(number, {
      items,
      asked: cameAsPage ? false : (page?.asked ?? false),
      stale: cameAsPage ? false : (page?.stale ?? false),
    });
  }
  return { total, pages };
}

/** A page that was asked for is here. */
export function withPage(thread: Thread, from: number, total: number, items: readonly TranscriptItem[]): Thread {
  const next = put(
    thread,
    total,
    items.map((item, offset) => ({ index: from + offset, item })),
    true,
  );
  const number = Math.floor(from / PAGE_SIZE);
  const page = next.pages.get(number);
  if (page === undefined || !page.asked) {
    return next;
  }
  // An empty answer is an answer too; else it would be waited for and never asked for again.
  return { total, pages: new Map(next.pages).set(number, { ...page, asked: false }) };
}

export function withChangedItems(
  thread: Thread,
  total: number,
  items: readonly { readonly index: number; readonly item: TranscriptItem }[],
): Thread {
  return put(
    thread,
    total,
    items.filter(({ index }) => Number.isInteger(index) && index >= 0 && index < total),
    false,
  );
}

/** Numbers of the pages between two places that have to be asked for. */
export function missingPages(thread: Thread, first: number, last: number): number[] {
  if (thread.total === undefined) {
    return thread.pages.get(0)?.asked === true ? [] : [0];
  }
  const missing: number[] = [];
  const lastIndex = Math.min(last, thread.total - 1);
  for (
    let number = Math.floor(Math.max(0, first) / PAGE_SIZE);
    number <= Math.floor(lastIndex / PAGE_SIZE) && lastIndex >= 0;
    number++
  ) {
    if (needsAsking(thread, number, thread.total)) {
      missing.push(number);
    }
  }
  return missing;
}

function needsAsking(thread: Thread, number: number, total: number): boolean {
  const page = thread.pages.get(number);
  if (page === undefined || page.asked) {
    return page === undefined;
  }
  if (page.stale) {
    return true;
  }
  const expected = Math.min(PAGE_SIZE, total - number * PAGE_SIZE);
  for (let place = 0; place < expected; place++) {
    if (page.items[place] === undefined) {
      return true;
    }
  }
  return false;
}

/** Notes that pages were asked for, and forgets pages far from them. */
export function withAsked(thread: Thread, numbers: readonly number[]): Thread {
  const pages = new Map(thread.pages);
  for (const number of numbers) {
    pages.set(number, { items: pages.get(number)?.items ?? [], asked: true, stale: false });
  }
  const centre = numbers[0];
  if (centre !== undefined && pages.size > PAGES_KEPT) {
    const byDistance = [...pages.keys()].sort((a, b) => Math.abs(b - centre) - Math.abs(a - centre));
    for (const number of byDistance.slice(0, pages.size - PAGES_KEPT)) {
      pages.delete(number);
    }
  }
  return { total: thread.total, pages };
}

/** Messages were missed: everything known is shown on, and asked for again when it is looked at. */
export function asStale(thread: Thread): Thread {
  const pages = new Map([...thread.pages].map(([number, page]) => [number, { ...page, asked: false, stale: true }]));
  return { total: thread.total, pages };
}
