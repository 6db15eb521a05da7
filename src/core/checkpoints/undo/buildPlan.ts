import type { FileState, NotCovered } from '../checkpoint.ts';
import type { SnapshotDiff } from '../git/snapshotDiff.ts';
import type { StoredSnapshot } from '../git/snapshotReader.ts';
import { ancestorsOf, isAtOrBelow } from '../systemPath.ts';
import { decideUndo, type NowState, type PathState, type UndoPlan } from '../undoPlan.ts';

interface PlanParts {
  readonly root: string;
  readonly before: StoredSnapshot;
  readonly after: StoredSnapshot;
  readonly diff: SnapshotDiff;
  readonly sizes: ReadonlyMap<string, number>;
  /** Only these, and what is below them. */
  readonly paths: readonly string[] | undefined;
  readonly now: (path: string) => Promise<NowState>;
}

/** Puts the three states together and lets {@link decideUndo} decide. */
export async function buildPlan({ root, before, after, diff, sizes, paths, now }: PlanParts): Promise<UndoPlan> {
  const chosen = paths === undefined ? undefined : new Set(paths);
  const isChosen = (path: string): boolean => chosen === undefined || isAtOrBelow(chosen, path);
  const gaps = { before: gapsOf(before.notes.notCovered), after: gapsOf(after.notes.notCovered) };
  const questions = [];
  for (const [path, { before: one, after: other }] of diff.paths) {
    // Below a folder that one of them leaves out, nothing is known; the folder itself is named.
    if (isChosen(path) && !isBelowGap(gaps.before, path) && !isBelowGap(gaps.after, path)) {
      questions.push({
        path,
        before: stateOf(one, gaps.before.has(path), sizes),
        after: stateOf(other, gaps.after.has(path), sizes),
        now: await now(path),
      });
    }
  }
  questions.sort((one, other) => (one.path < other.path ? -1 : 1));
  const holders = new Set(questions.flatMap(({ path }) => ancestorsOf(path)));
  const foldersToRemove = [...diff.foldersAdded]
    .filter(folder => (isChosen(folder) || holders.has(folder)) && !isAtOrBelow(gaps.before, folder))
    .sort()
    .reverse();
  return {
    root,
    before: before.id,
    after: after.id,
    items: decideUndo(questions, new Set(foldersToRemove)),
    foldersToRemove,
    foldersToMake: diff.emptyFoldersGone.filter(folder => isChosen(folder) && !isAtOrBelow(gaps.after, folder)),
    notCovered: together(before.notes.notCovered, after.notes.notCovered).filter(({ path }) => isChosen(path)),
  };
}

function gapsOf(notCovered: readonly NotCovered[]): ReadonlySet<string> {
  return new Set(notCovered.map(({ path }) => path));
}

function isBelowGap(gaps: ReadonlySet<string>, path: string): boolean {
  return ancestorsOf(path).some(folder => gaps.has(folder));
}

function stateOf(
  found: Omit<FileState, 'size'> | undefined,
  isGap: boolean,
  sizes: ReadonlyMap<string, number>,
): PathState {
  if (found !== undefined) {
    return { ...found, size: sizes.get(found.blob) ?? 0 };
  }
  return { kind: isGap ? 'unknown' : 'absent' };
}

function together(one: readonly NotCovered[], other: readonly NotCovered[]): readonly NotCovered[] {
  const all = new Map([...one, ...other].map(gap => [gap.path, gap]));
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
