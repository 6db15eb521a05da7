import type { FileState } from '../checkpoint.ts';
import { permissionsIn } from '../scan/snapshotNotes.ts';
import { ancestorsOf } from '../systemPath.ts';
import type { TreeSide } from './diffTree.ts';
import type { SnapshotReader, StoredSnapshot } from './snapshotReader.ts';

/** As trees know a file. */
export type UnsizedState = Omit<FileState, 'size'>;

export interface SnapshotDiff {
  /** Each path that differs in content, kind or permissions. */
  readonly paths: ReadonlyMap<string, { readonly before?: UnsizedState; readonly after?: UnsizedState }>;
  /** Folders that are only in the later one. */
  readonly foldersAdded: ReadonlySet<string>;
  /** Folders that are only in the earlier one. */
  readonly foldersGone: ReadonlySet<string>;
  /** Those of them that held nothing. */
  readonly emptyFoldersGone: ReadonlySet<string>;
}

const FOLDER = '040000';

export async function diffSnapshots(
  reader: SnapshotReader,
  before: StoredSnapshot,
  after: StoredSnapshot,
): Promise<SnapshotDiff> {
  const permissionsBefore = permissionsIn(before.notes);
  const permissionsAfter = permissionsIn(after.notes);
  const paths = new Map<string, { before?: UnsizedState; after?: UnsizedState }>();
  const treesAdded = new Set<string>();
  const treesGone = new Set<string>();
  for (const change of await reader.changedPaths(before.tree, after.tree)) {
    const { path } = change;
    if (change.before?.mode === FOLDER && change.after === undefined) {
      treesGone.add(path);
    } else if (change.after?.mode === FOLDER && change.before === undefined) {
      treesAdded.add(path);
    } else {
      // A folder that became a file, or the other way round, comes as both.
      const known = paths.get(path);
      paths.set(path, {
        ...known,
        ...sideOf('before', change.before, path, permissionsBefore),
        ...sideOf('after', change.after, path, permissionsAfter),
      });
    }
  }
  const [heldBefore, heldAfter] = [foldersBesides(before), foldersBesides(after)];
  const needsAll =
    before.notes.emptyFolders.join('\0') !== after.notes.emptyFolders.join('\0') || !hasSamePermissions(before, after);
  if (!needsAll) {
    return {
      paths: withoutFolders(paths),
      foldersAdded: new Set([...treesAdded].filter(folder => !heldBefore.has(folder))),
      foldersGone: new Set([...treesGone].filter(folder => !heldAfter.has(folder))),
      emptyFoldersGone: new Set(),
    };
  }
  const [filesBefore, filesAfter] = await Promise.all([reader.files(before), reader.files(after)]);
  for (const [path, one] of filesBefore) {
    const other = filesAfter.get(path);
    if (other !== undefined && other.kind === one.kind && other.permissions !== one.permissions) {
      paths.set(path, { before: one, after: other });
    }
  }
  const foldersBefore = foldersOf(filesBefore, heldBefore);
  const foldersAfter = foldersOf(filesAfter, heldAfter);
  return {
    paths: withoutFolders(paths),
    foldersAdded: new Set([...foldersAfter].filter(folder => !foldersBefore.has(folder))),
    foldersGone: new Set([...foldersBefore].filter(folder => !foldersAfter.has(folder))),
    emptyFoldersGone: new Set(before.notes.emptyFolders.filter(folder => !foldersAfter.has(folder))),
  };
}

function sideOf<Side extends 'before' | 'after'>(
  side: Side,
  found: TreeSide | undefined,
  path: string,
  permissions: (path: string, mode: string) => number,
): { readonly [S in Side]?: UnsizedState } {
  if (found === undefined || found.mode === FOLDER) {
    return {};
  }
  const state: UnsizedState = {
    kind: found.mode === '120000' ? 'link' : 'file',
    blob: found.blob,
    permissions: permissions(path, found.mode),
  };
  return { [side]: state } as { readonly [S in Side]?: UnsizedState };
}

/** A folder whose files changed is not a change of a path. */
function withoutFolders(paths: SnapshotDiff['paths']): SnapshotDiff['paths'] {
  return new Map([...paths].filter(([, { before, after }]) => before !== undefined || after !== undefined));
}

function hasSamePermissions({ notes: one }: StoredSnapshot, { notes: other }: StoredSnapshot): boolean {
  return (
    one.usual.plain === other.usual.plain &&
    one.usual.executable === other.usual.executable &&
    JSON.stringify(one.permissions) === JSON.stringify(other.permissions)
  );
}

/** Folders that are there although no covered file is in them. */
function foldersBesides({ notes }: StoredSnapshot): ReadonlySet<string> {
  const places = [...notes.emptyFolders, ...notes.notCovered.map(({ path }) => path)];
  return new Set(places.flatMap(place => [...ancestorsOf(place), place]));
}

function foldersOf(files: ReadonlyMap<string, unknown>, besides: ReadonlySet<string>): ReadonlySet<string> {
  const folders = new Set(besides);
  for (const path of files.keys()) {
    for (const folder of ancestorsOf(path)) {
      folders.add(folder);
    }
  }
  return folders;
}
