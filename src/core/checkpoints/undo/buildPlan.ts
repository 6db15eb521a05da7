import type { FileState, NotCovered } from '../checkpoint.ts';
import type { StoredSnapshot } from '../git/snapshotReader.ts';
import { ancestorsOf, isAtOrBelow } from '../systemPath.ts';
import { decideUndo, type NowState, type PathState, type UndoPlan, type UndoQuestion } from '../undoPlan.ts';
import type { ComposedDiff } from './composeDiffs.ts';

interface PlanParts {
  readonly root: string;
  /** One after the other; at least one. */
  readonly spans: readonly { readonly before: StoredSnapshot; readonly after: StoredSnapshot }[];
  readonly diff: ComposedDiff;
  readonly sizes: ReadonlyMap<string, number>;
  /** Only these, and what is below them. */
  readonly paths: readonly string[] | undefined;
  /** True for a path that another task may have changed. */
  readonly isDoubtful: (path: string) => boolean;
  readonly now: (path: string) => Promise<NowState>;
}

/** Puts the three states together and lets {@link decideUndo} decide. */
export async function buildPlan(parts: PlanParts): Promise<UndoPlan> {
  const { root, spans, diff, sizes, paths, isDoubtful, now } = parts;
  const chosen = paths === undefined ? undefined : new Set(paths);
  const isChosen = (path: string): boolean => chosen === undefined || isAtOrBelow(chosen, path);
  const gaps = {
    before: gapsOf(spans.flatMap(({ before }) => before.notes.notCovered)),
    after: gapsOf(spans.flatMap(({ after }) => after.notes.notCovered)),
  };
  const questions: UndoQuestion[] = [];
  for (const [path, { before, after, isInterrupted }] of diff.paths) {
    // Below a folder that one of them leaves out, nothing is known; the folder itself is named.
    if (isChosen(path) && !isBelowGap(gaps.before, path) && !isBelowGap(gaps.after, path)) {
      questions.push({
        path,
        before: stateOf(before, gaps.before.has(path), sizes),
        after: stateOf(after, gaps.after.has(path), sizes),
        now: await now(path),
        // What was not covered at one end of a run may have become anything before the next one.
        ...(isInterrupted || (spans.length > 1 && (gaps.before.has(path) || gaps.after.has(path)))
          ? { doubt: 'editedSince' }
          : isDoubtful(path)
            ? { doubt: 'otherTask' }
            : {}),
      });
    }
  }
  questions.sort((one, other) => (one.path < other.path ? -1 : 1));
  const aboveChosen = new Set((paths ?? []).flatMap(ancestorsOf));
  const holders = new Set([...questions.flatMap(({ path }) => ancestorsOf(path)), ...aboveChosen]);
  const foldersToRemove = [...diff.foldersAdded]
    .filter(folder => (isChosen(folder) || holders.has(folder)) && !isAtOrBelow(gaps.before, folder))
    .sort()
    .reverse();
  return {
    root,
    spans: spans.map(({ before, after }) => ({ before: before.id, after: after.id })),
    items: decideUndo(questions, new Set(foldersToRemove)),
    foldersToRemove,
    foldersToMake: [...diff.emptyFoldersGone]
      .filter(folder => isChosen(folder) && !isAtOrBelow(gaps.after, folder))
      .sort(),
    notCovered: together(
      spans.flatMap(({ before, after }) => [...before.notes.notCovered, ...after.notes.notCovered]),
    ).filter(({ path }) => isChosen(path) || aboveChosen.has(path)),
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

function together(gaps: readonly NotCovered[]): readonly NotCovered[] {
  return [...new Map(gaps.map(gap => [gap.path, gap])).values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
