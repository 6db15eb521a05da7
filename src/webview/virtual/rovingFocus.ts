type RovingMove = 'previous' | 'next' | 'first' | 'last' | 'pageUp' | 'pageDown';

/** The move that a key stands for in a list, if any. */
export function rovingMove(event: {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}): RovingMove | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
    return undefined;
  }
  switch (event.key) {
    case 'ArrowUp':
      return 'previous';
    case 'ArrowDown':
      return 'next';
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    case 'PageUp':
      return 'pageUp';
    case 'PageDown':
      return 'pageDown';
    default:
      return undefined;
  }
}

/** Where the move leads in a list of `count` rows; the list does not wrap, so that one notices its end. */
export function movedIndex(move: RovingMove, from: number, count: number, page = 10): number {
  const steps = { previous: -1, next: 1, pageUp: -page, pageDown: page, first: -count, last: count } as const;
  return Math.max(0, Math.min(count - 1, from + steps[move]));
}
