import type { SnapshotDiff, UnsizedState } from '../git/snapshotDiff.ts';
import { ancestorsOf } from '../systemPath.ts';

interface ComposedPath {
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

/** Which span was the first to change it. */
type Placed<T> = T & { readonly span: number };

/** What several spans of time changed together, one after the other; what happened between them is left out. Pure. */
export function composeDiffs(diffs: readonly SnapshotDiff[]): ComposedDiff {
  const paths = new Map<string, Placed<ComposedPath>>();
  for (const [span, diff] of diffs.entries()) {
    for (const [path, { before, after }] of diff.paths) {
      const known = paths.get(path);
      const first = known === undefined ? before : known.before;
      paths.set(path, {
        ...(first === undefined ? {} : { before: first }),
        ...(after === undefined ? {} : { after }),
        isInterrupted: known !== undefined && (known.isInterrupted || !isSame(known.after, before)),
        span: known?.span ?? span,
      });
    }
  }
  for (const [path, { before, after, isInterrupted }] of paths) {
    if (!isInterrupted && isSame(before, after)) {
      paths.delete(path);
    }
  }
  const { added, gone } = composeFolders(diffs);
  const emptied = new Map([...gone].filter(([, { wasEmpty }]) => wasEmpty));
  settleOverlaps(paths, emptied);
  return { paths, foldersAdded: added, emptyFoldersGone: new Set(emptied.keys()) };
}

function composeFolders(diffs: readonly SnapshotDiff[]) {
  const added = new Set<string>();
  const gone = new Map<string, Placed<{ readonly wasEmpty: boolean }>>();
  for (const [span, diff] of diffs.entries()) {
    for (const folder of diff.foldersGone) {
      if (!added.delete(folder)) {
        gone.set(folder, { wasEmpty: diff.emptyFoldersGone.has(folder), span });
      }
    }
    for (const folder of diff.foldersAdded) {
      if (!gone.delete(folder)) {
        added.add(folder);
      }
    }
  }
  return { added, gone };
}

/**
 * Where a file was in one span, a folder may have been in another: somebody else put it there in between. Both cannot
 * come back; the later one is what there was last.
 */
function settleOverlaps(paths: Map<string, Placed<ComposedPath>>, folders: Map<string, Placed<object>>): void {
  const interrupt = (path: string): void => {
    const known = paths.get(path);
    if (known !== undefined) {
      paths.set(path, { ...known, isInterrupted: true });
    }
  };
  const wasThere = (path: string): Placed<ComposedPath> | undefined => {
    const known = paths.get(path);
    return known?.before === undefined ? undefined : known;
  };
  for (const path of [...paths.keys()].filter(wasThere)) {
    for (const folder of ancestorsOf(path)) {
      const above = wasThere(folder);
      if (above !== undefined) {
        interrupt(above.span < (paths.get(path)?.span ?? 0) ? folder : path);
      }
    }
  }
  for (const [folder, { span }] of folders) {
    for (const place of [...ancestorsOf(folder), folder]) {
      const file = wasThere(place);
      if (file !== undefined && file.span < span) {
        interrupt(place);
      } else if (file !== undefined) {
        folders.delete(folder);
      }
    }
  }
}

function isSame(one: UnsizedState | undefined, other: UnsizedState | undefined): boolean {
  return one?.kind === other?.kind && one?.blob === other?.blob && one?.permissions === other?.permissions;
}
