import type { ReviewDecision, ReviewFact } from './reviewFact.ts';

/** What was decided so far; a file or hunk that is not in it is open. */
export interface ReviewState {
  readonly decisions: ReadonlyMap<string, { readonly decision: ReviewDecision; readonly undoId?: string }>;
}

export const NOTHING_REVIEWED: ReviewState = { decisions: new Map() };

/** A decision about a file is one about all of its hunks, so what was decided about single ones before is forgotten. */
export function reduceReview({ decisions }: ReviewState, { data }: ReviewFact): ReviewState {
  const next = new Map(decisions);
  const file = keyOf(data.root, data.path);
  if (data.hunk === undefined) {
    for (const key of decisions.keys()) {
      if (key.startsWith(`${file}\0`)) {
        next.delete(key);
      }
    }
  }
  const key = keyOf(data.root, data.path, data.hunk);
  if (data.decision === 'open') {
    next.delete(key);
  } else {
    next.set(key, { decision: data.decision, ...(data.undoId === undefined ? {} : { undoId: data.undoId }) });
  }
  return { decisions: next };
}

/** A hunk's own decision wins over the one about its file. */
export function decisionOf(
  { decisions }: ReviewState,
  where: { readonly root: string; readonly path: string; readonly hunk?: string },
): ReviewDecision {
  const own = decisions.get(keyOf(where.root, where.path, where.hunk));
  return (own ?? decisions.get(keyOf(where.root, where.path)))?.decision ?? 'open';
}

/** The undo that put a whole file back. */
export function undoOfFile(
  { decisions }: ReviewState,
  where: { readonly root: string; readonly path: string },
): string | undefined {
  return decisions.get(keyOf(where.root, where.path))?.undoId;
}

/** Of a whole file: `open` as long as one of its hunks is. */
export function fileDecision(
  state: ReviewState,
  where: { readonly root: string; readonly path: string },
  hunks: readonly { readonly id: string }[],
): ReviewDecision {
  if (hunks.length === 0) {
    return decisionOf(state, where);
  }
  const decisions = new Set(hunks.map(({ id }) => decisionOf(state, { ...where, hunk: id })));
  return decisions.has('open') ? 'open' : decisions.has('accepted') ? 'accepted' : 'putBack';
}

function keyOf(root: string, path: string, hunk?: string): string {
  return [root, path, ...(hunk === undefined ? [] : [hunk])].join('\0');
}
