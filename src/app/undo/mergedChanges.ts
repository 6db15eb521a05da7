import type { PathChange } from '../../core/checkpoints/checkpoint.ts';

/** What several runs changed together, one after the other. By path. Pure. */
export function mergedChanges(runs: readonly (readonly PathChange[])[]): readonly PathChange[] {
  const [first = [], ...others] = runs;
  if (others.length === 0) {
    return first;
  }
  const merged = new Map<string, PathChange>();
  for (const change of runs.flat()) {
    const known = merged.get(change.path);
    merged.set(change.path, known === undefined ? change : together(known, change));
  }
  return [...merged.values()]
    .filter(({ before, after }) => before?.blob !== after?.blob || before?.permissions !== after?.permissions)
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function together({ before, from, added, removed }: PathChange, later: PathChange): PathChange {
  const { before: _before, from: _from, ...rest } = later;
  return {
    ...rest,
    ...(before === undefined ? {} : { before }),
    ...(from === undefined ? {} : { from }),
    kind: before === undefined ? 'added' : later.after === undefined ? 'deleted' : 'modified',
    added: added + later.added,
    removed: removed + later.removed,
  };
}
