import type { SnapshotDiff, UnsizedState } from '../git/snapshotDiff.ts';

export interface ComposedPath {
  /** Before the first of the spans that changed it. */
  readonly before?: UnsizedState;
  /** After the last of them. */
  readonly after?: UnsizedState;
  /** Somebody else changed it between two of them. */
  readonly isInterrupted: boolean;
}

export interface ComposedDiff {
  readonly paths: ReadonlyMap<string, ComposedPath>;
  readonly foldersAdded: ReadonlySet<string>;
  readonly emptyFoldersGone: ReadonlySet<string>;
}

/** What several spans of time changed together, one after the other; what happened between them is left out. Pure. */
export function composeDiffs(diffs: readonly SnapshotDiff[]): ComposedDiff {
  const paths = new Map<string, ComposedPath>();
  for (const diff of diffs) {
    for (const [path, { before, after }] of diff.paths) {
      const known = paths.get(path);
      const first = known === undefined ? before : known.before;
      paths.set(path, {
        ...(first === undefined ? {} : { before: first }),
        ...(after === undefined ? {} : { after }),
        isInterrupted: known !== undefined && (known.isInterrupted || !isSame(known.after, before)),
      });
    }
  }
  for (const [path, { before, after, isInterrupted }] of paths) {
    if (!isInterrupted && isSame(before, after)) {
      paths.delete(path);
    }
  }
  return { paths, ...composeFolders(diffs) };
}

function composeFolders(diffs: readonly SnapshotDiff[]): Omit<ComposedDiff, 'paths'> {
  const added = new Set<string>();
  const gone = new Map<string, { readonly wasEmpty: boolean }>();
  for (const diff of diffs) {
    for (const folder of diff.foldersGone) {
      if (!added.delete(folder)) {
        gone.set(folder, { wasEmpty: diff.emptyFoldersGone.has(folder) });
      }
    }
    for (const folder of diff.foldersAdded) {
      if (!gone.delete(folder)) {
        added.add(folder);
      }
    }
  }
  return {
    foldersAdded: added,
    emptyFoldersGone: new Set([...gone].filter(([, { wasEmpty }]) => wasEmpty).map(([folder]) => folder)),
  };
}

function isSame(one: UnsizedState | undefined, other: UnsizedState | undefined): boolean {
  return one?.kind === other?.kind && one?.blob === other?.blob && one?.permissions === other?.permissions;
}
