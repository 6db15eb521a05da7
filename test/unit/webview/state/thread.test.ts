import { describe, expect, it } from 'vitest';
import type { TranscriptItem } from '../../../../src/protocol/transcriptView.ts';
import {
  asStale,
  emptyThread,
  itemAt,
  missingPages,
  PAGE_SIZE,
  withAsked,
  withChangedItems,
  withPage,
} from '../../../../src/webview/state/thread.ts';

const item = (id: string): TranscriptItem => ({ kind: 'text', id, at: 0, text: id });
const items = (from: number, count: number): TranscriptItem[] =>
  Array.from({ length: count }, (_, place) => item(String(from + place)));

describe('a thread', () => {
  it('asks for its first page before it knows its length', () => {
    expect(missingPages(emptyThread, 0, 20)).toEqual([0]);
    expect(missingPages(withAsked(emptyThread, [0]), 0, 20)).toEqual([]);
  });

  it('asks only for what is looked at and not there', () => {
    const thread = withPage(emptyThread, 0, 1000, items(0, PAGE_SIZE));
    expect(missingPages(thread, 0, 99)).toEqual([]);
    expect(missingPages(thread, 95, 130)).toEqual([1]);
    expect(missingPages(thread, 950, 5000)).toEqual([9]);
  });

  it('gives back what was put in', () => {
    const thread = withPage(withPage(emptyThread, 0, 150, items(0, 100)), 100, 150, items(100, 50));
    expect(itemAt(thread, 0)?.id).toBe('0');
    expect(itemAt(thread, 149)?.id).toBe('149');
    expect(itemAt(thread, 150)).toBeUndefined();
  });

  it('takes new items at its end without asking again', () => {
    const thread = withPage(emptyThread, 0, 2, items(0, 2));
    const next = withChangedItems(thread, 3, [{ index: 2, item: item('2') }]);
    expect(itemAt(next, 2)?.id).toBe('2');
    expect(missingPages(next, 0, 2)).toEqual([]);
  });

  it('asks for the part of a page that it did not hear of', () => {
    const thread = withPage(emptyThread, 0, 2, items(0, 2));
    const next = withChangedItems(thread, 5, [{ index: 4, item: item('4') }]);
    expect(missingPages(next, 0, 4)).toEqual([0]);
  });

  it('ignores places that cannot be', () => {
    const next = withChangedItems(emptyThread, 2, [
      { index: -1, item: item('a') },
      { index: 1.5, item: item('b') },
      { index: 2, item: item('c') },
    ]);
    expect([...next.pages.keys()]).toEqual([]);
  });

  it('does not wait for ever for a page that came empty', () => {
    const thread = withPage(withAsked(emptyThread, [0]), 0, 0, []);
    expect(thread.total).toBe(0);
    expect(thread.pages.get(0)?.asked).toBe(false);
  });

  it('shows what it knows and asks for it again after messages were missed', () => {
    const thread = asStale(withPage(emptyThread, 0, 2, items(0, 2)));
    expect(itemAt(thread, 1)?.id).toBe('1');
    expect(missingPages(thread, 0, 1)).toEqual([0]);
    expect(missingPages(withPage(withAsked(thread, [0]), 0, 2, items(0, 2)), 0, 1)).toEqual([]);
  });

  it('stays small however much is scrolled through, and forgets what is farthest away', () => {
    let thread = withPage(emptyThread, 0, 50_000, items(0, PAGE_SIZE));
    for (let page = 0; page < 500; page++) {
      thread = withPage(withAsked(thread, [page]), page * PAGE_SIZE, 50_000, items(page * PAGE_SIZE, PAGE_SIZE));
    }
    expect(thread.pages.size).toBeLessThanOrEqual(24);
    expect(itemAt(thread, 49_999)?.id).toBe('49999');
    expect(itemAt(thread, 0)).toBeUndefined();
  });
});
