import { describe, expect, it } from 'vitest';
import { ANSWERED_SHOWN_MS, inboxCards, nextLeaving, pendingCount } from '../../../../src/webview/state/inbox.ts';
import { approval, NOW } from '../samples.ts';

const answered = (id: string, at: number) =>
  approval(id, { created: 1, status: { state: 'answered', at, by: 'kim', choice: 'allowOnce', label: 'Allow' } });

describe('the inbox', () => {
  it('shows what waits longest first', () => {
    const cards = inboxCards(
      [approval('b', { created: 2 }), approval('a', { created: 1 }), approval('c', { created: 2 })],
      NOW,
    );
    expect(cards.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('shows who answered for a moment, then lets the card go', () => {
    const card = answered('x', NOW);
    expect(inboxCards([card], NOW + ANSWERED_SHOWN_MS - 1)).toHaveLength(1);
    expect(inboxCards([card], NOW + ANSWERED_SHOWN_MS)).toHaveLength(0);
  });

  it('knows when the next card has to go', () => {
    expect(nextLeaving([approval('a'), answered('x', NOW), answered('y', NOW - 100)])).toBe(
      NOW - 100 + ANSWERED_SHOWN_MS,
    );
    expect(nextLeaving([approval('a')])).toBeUndefined();
  });

  it('counts only what still waits', () => {
    expect(
      pendingCount([approval('a'), answered('x', NOW), approval('b', { status: { state: 'expired', at: NOW } })]),
    ).toBe(1);
  });

  it('can be of one task', () => {
    expect(
      inboxCards([approval('a', { taskId: 't1' }), approval('b', { taskId: 't2' })], NOW, 't2').map(({ id }) => id),
    ).toEqual(['b']);
  });
});
