import type { TakenSnapshots } from './checkpointFact.ts';

/** One run of a task or chain, between its two snapshots of one folder. */
export interface SnapshotSpan {
  readonly root: string;
  readonly attempt: number;
  /** The process that took it, and is to take the one after. */
  readonly hostId: string;
  readonly before: string;
  /** Milliseconds since the epoch. */
  readonly beforeAt: number;
  /** The last line of the conversation before the run; absent before its first turn. */
  readonly line?: string;
  readonly after?: string;
  readonly afterAt?: number;
  /** How many files or folders one of the two leaves out. */
  readonly notCovered: number;
  /** How many paths differ between the two, as far as that is known. */
  readonly changed?: number;
}

/** The spans of a task after one more fact about it; `at` is the time of the fact in milliseconds. Pure. */
export function withTaken(
  spans: readonly SnapshotSpan[],
  taken: TakenSnapshots,
  { at, line }: { readonly at: number; readonly line?: string | undefined },
): readonly SnapshotSpan[] {
  const { moment, attempt, hostId, snapshots } = taken;
  const known = line === undefined ? {} : { line };
  let next = spans;
  for (const { root, id, notCovered, changed } of snapshots) {
    if (id === undefined) {
      continue;
    }
    if (moment === 'before') {
      const isKnown = next.some(span => span.root === root && span.attempt === attempt);
      next = isKnown ? next : [...next, { root, attempt, hostId, before: id, beforeAt: at, ...known, notCovered }];
    } else {
      next = next.map(span =>
        span.root === root && span.attempt === attempt && span.after === undefined
          ? {
              ...span,
              ...{ after: id, afterAt: at, notCovered: Math.max(span.notCovered, notCovered) },
              ...(changed === undefined ? {} : { changed }),
            }
          : span,
      );
    }
  }
  return next;
}

/**
 * The spans with an end each, as far as one is known: where the process died before it could take the snapshot after,
 * the one before the next run of the same task stands in for it. Pure.
 */
export function withKnownEnds(
  spans: readonly SnapshotSpan[],
): readonly (SnapshotSpan & { readonly isLate: boolean })[] {
  return spans.map((span, at) => {
    if (span.after !== undefined) {
      return { ...span, isLate: false };
    }
    const next = spans.slice(at + 1).find(other => other.root === span.root);
    return next === undefined
      ? { ...span, isLate: true }
      : { ...span, after: next.before, afterAt: next.beforeAt, isLate: true };
  });
}

/** Whether two spans of the same folder have some time in common; an open one lasts until now. */
export function overlap(one: SnapshotSpan, other: SnapshotSpan): boolean {
  return (
    one.root === other.root &&
    one.beforeAt <= (other.afterAt ?? Number.POSITIVE_INFINITY) &&
    other.beforeAt <= (one.afterAt ?? Number.POSITIVE_INFINITY)
  );
}

/**
 * Spans that do not overlap, oldest first: those that do are made one, from the first beginning to the last end. One
 * that has no end keeps none. Pure.
 */
export function mergedSpans(spans: readonly SnapshotSpan[]): readonly SnapshotSpan[] {
  const merged: SnapshotSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.beforeAt - b.beforeAt)) {
    const last = merged.at(-1);
    if (last === undefined || !overlap(last, span)) {
      merged.push(span);
      continue;
    }
    // Between the new ends other paths may differ.
    const { after: _after, afterAt: _at, changed: _changed, ...start } = last;
    const end = laterEnd(last, span);
    merged[merged.length - 1] = {
      ...start,
      ...(end?.after === undefined || end.afterAt === undefined ? {} : { after: end.after, afterAt: end.afterAt }),
      notCovered: Math.max(last.notCovered, span.notCovered),
    };
  }
  return merged;
}

function laterEnd(one: SnapshotSpan, other: SnapshotSpan): SnapshotSpan | undefined {
  if (one.afterAt === undefined || other.afterAt === undefined) {
    return undefined;
  }
  return one.afterAt >= other.afterAt ? one : other;
}
