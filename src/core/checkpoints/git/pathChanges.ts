import type { FileState, PathChange } from '../checkpoint.ts';
import { permissionsIn } from '../scan/snapshotNotes.ts';
import { isAtOrBelow } from '../systemPath.ts';
import type { TreeSide } from './diffTree.ts';
import { diffSnapshots } from './snapshotDiff.ts';
import type { SnapshotReader, StoredSnapshot } from './snapshotReader.ts';

/** What differs between two snapshots, for people: renames found, lines counted. By path. */
export async function pathChanges(
  reader: SnapshotReader,
  before: StoredSnapshot,
  after: StoredSnapshot,
): Promise<readonly PathChange[]> {
  const [files, { paths }] = await Promise.all([
    reader.changedFiles(before.tree, after.tree),
    diffSnapshots(reader, before, after),
  ]);
  // A path that one of them does not cover has not come or gone.
  const gaps = new Set([...before.notes.notCovered, ...after.notes.notCovered].map(({ path }) => path));
  const sizes = await reader.sizes(
    new Set([...paths.values()].flatMap(({ before: one, after: other }) => [one, other].flatMap(s => s?.blob ?? []))),
  );
  const permissions = { before: permissionsIn(before.notes), after: permissionsIn(after.notes) };
  const sized = (state: Omit<FileState, 'size'>): FileState => ({ ...state, size: sizes.get(state.blob) ?? 0 });
  const stateOf = (side: TreeSide, at: (path: string, mode: string) => number, path: string): FileState =>
    sized({ kind: side.mode === '120000' ? 'link' : 'file', blob: side.blob, permissions: at(path, side.mode) });
  const changes = new Map<string, PathChange>();
  for (const { path, from, before: one, after: other, lines } of files) {
    const change: PathChange = {
      path,
      kind: 'modified',
      ...(from === undefined ? {} : { from }),
      ...(one === undefined ? {} : { before: stateOf(one, permissions.before, from ?? path) }),
      ...(other === undefined ? {} : { after: stateOf(other, permissions.after, path) }),
      isBinary: lines === undefined,
      added: lines?.added ?? 0,
      removed: lines?.removed ?? 0,
    };
    changes.set(path, { ...change, kind: kindOf(change) });
  }
  for (const [path, { before: one, after: other }] of paths) {
    if (one !== undefined && other !== undefined && !changes.has(path)) {
      const states = { before: sized(one), after: sized(other) };
      changes.set(path, { path, kind: 'modeChanged', ...states, isBinary: false, added: 0, removed: 0 });
    }
  }
  return [...changes.values()]
    .filter(({ path, from }) => !isAtOrBelow(gaps, path) && (from === undefined || !isAtOrBelow(gaps, from)))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function kindOf({ from, before, after }: PathChange): PathChange['kind'] {
  if (from !== undefined) {
    return 'renamed';
  }
  if (before === undefined || after === undefined) {
    return before === undefined ? 'added' : 'deleted';
  }
  if (before.kind !== after.kind) {
    return 'typeChanged';
  }
  return before.blob === after.blob ? 'modeChanged' : 'modified';
}
