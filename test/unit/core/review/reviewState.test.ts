import { describe, expect, it } from 'vitest';
import type { ReviewDecision, ReviewFact } from '../../../../src/core/review/reviewFact.ts';
import { decisionOf, fileDecision, NOTHING_REVIEWED, reduceReview } from '../../../../src/core/review/reviewState.ts';

const where = { root: '/w', path: 'src/a.ts' };
const decided = (decision: ReviewDecision, hunk?: string): ReviewFact => ({
  type: 'claude-panel.review.decided',
  data: {
    ...where,
    decision,
    by: { surface: 'palette', name: 'Ada', hostId: 'h' },
    ...(hunk === undefined ? {} : { hunk }),
  },
});
const stateAfter = (...facts: readonly ReviewFact[]): typeof NOTHING_REVIEWED =>
  facts.reduce(reduceReview, NOTHING_REVIEWED);

describe('the state of a review', () => {
  it('is open for what nobody decided', () => {
    expect(decisionOf(NOTHING_REVIEWED, where)).toBe('open');
  });

  it('takes a decision about a file for all of its hunks', () => {
    expect(decisionOf(stateAfter(decided('accepted')), { ...where, hunk: 'one' })).toBe('accepted');
  });

  it('lets a later decision about one hunk win over the file', () => {
    const state = stateAfter(decided('accepted'), decided('putBack', 'one'));
    expect(decisionOf(state, { ...where, hunk: 'one' })).toBe('putBack');
    expect(decisionOf(state, { ...where, hunk: 'two' })).toBe('accepted');
  });

  it('forgets single hunks when the whole file is decided', () => {
    expect(decisionOf(stateAfter(decided('putBack', 'one'), decided('accepted')), { ...where, hunk: 'one' })).toBe(
      'accepted',
    );
  });

  it('takes a decision back', () => {
    expect(decisionOf(stateAfter(decided('accepted', 'one'), decided('open', 'one')), { ...where, hunk: 'one' })).toBe(
      'open',
    );
  });

  it('calls a file open as long as one hunk is', () => {
    const hunks = [{ id: 'one' }, { id: 'two' }];
    expect(fileDecision(stateAfter(decided('accepted', 'one')), where, hunks)).toBe('open');
    expect(fileDecision(stateAfter(decided('accepted', 'one'), decided('putBack', 'two')), where, hunks)).toBe(
      'accepted',
    );
  });
});
