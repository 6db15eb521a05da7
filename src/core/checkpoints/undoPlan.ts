import type { FileState, NotCovered } from './checkpoint.ts';

/** What a snapshot knows of a path. */
export type PathState = FileState | { readonly kind: 'absent' } | { readonly kind: 'unknown' };

/** What is at a path at this moment. */
export type NowState =
  | FileState
  /** `blockedBy`: a file or link that stands where a folder of this path should be, or a name that differs only in case. */
  | { readonly kind: 'absent'; readonly blockedBy?: string }
  /** `holds`: it and all that is below it, folders with a `/` at the end; undefined when it is too much to say. */
  | { readonly kind: 'folder'; readonly holds: readonly string[] | undefined }
  /** It cannot be read, is too large to be compared, or is no file. */
  | { readonly kind: 'unknown' };

export type ConflictReason =
  /** Its content, kind or permissions are not what was left there. */
  | 'editedSince'
  | 'removedSince'
  /** Something else has come where a file should be put back. */
  | 'somethingNewInPlace'
  /** A file or link stands where its folder should be. */
  | 'folderReplaced'
  /** Another task worked at the same time, and it may have been that one. */
  | 'otherTask'
  /** One of the snapshots, or what is there now, does not cover it. */
  | 'notCovered';

/** `saveBoth` leaves what is there and puts the earlier content beside it. */
export type ConflictChoice = 'keepMine' | 'putBack' | 'saveBoth';

type UndoAction =
  /** Put back what was there before. */
  | { readonly kind: 'restore' }
  /** Remove what was not there before. */
  | { readonly kind: 'remove' }
  /** It is as it was before already. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'conflict'; readonly reason: ConflictReason; readonly choices: readonly ConflictChoice[] };

export interface UndoItem {
  readonly path: string;
  readonly action: UndoAction;
  readonly before: PathState;
  readonly after: PathState;
  readonly now: NowState;
}

export interface UndoPlan {
  /** The folder, absolute. */
  readonly root: string;
  /** Ids of snapshots: what was before is put back where what is now is what was left after. Oldest first. */
  readonly spans: readonly { readonly before: string; readonly after: string }[];
  /** One for each path that differs between them, by path. */
  readonly items: readonly UndoItem[];
  /** Folders that came, the deepest first: each is removed when it is empty by then. */
  readonly foldersToRemove: readonly string[];
  /** Folders that went and held nothing. */
  readonly foldersToMake: readonly string[];
  /** Where nothing can be put back, because one of the two snapshots does not cover it. */
  readonly notCovered: readonly NotCovered[];
}

export interface UndoQuestion {
  readonly path: string;
  readonly before: PathState;
  readonly after: PathState;
  readonly now: NowState;
  /** Why it is not put back without a choice, although nothing has changed since. */
  readonly doubt?: 'editedSince' | 'otherTask';
}

export function isSameState(one: PathState | NowState, other: PathState | NowState): boolean {
  if (one.kind === 'file' || one.kind === 'link') {
    return (
      one.kind === other.kind &&
      one.blob === other.blob &&
      (one.kind === 'link' || one.permissions === other.permissions)
    );
  }
  return one.kind === 'absent' && other.kind === 'absent';
}

/**
 * What undoing does with each path, from three states: before, after, and now. Only where what is now is what was left
 * after is anything changed; everything else is a conflict. Pure.
 * @param foldersToRemove may be below a path that is put back as a file
 */
export function decideUndo(
  questions: readonly UndoQuestion[],
  foldersToRemove: ReadonlySet<string>,
): readonly UndoItem[] {
  const removed = new Set(
    questions
      .filter(({ before, after, now, doubt }) => doubt === undefined && before.kind === 'absent' && isThere(after, now))
      .map(({ path }) => path),
  );
  const goes = (held: string): boolean =>
    held.endsWith('/') ? foldersToRemove.has(held.slice(0, -1)) : removed.has(held);
  return questions.map(question => {
    const { path, before, after, now } = question;
    return { path, action: decide(question, removed, goes), before, after, now };
  });
}

/** What was left after is there. */
function isThere(after: PathState, now: NowState): boolean {
  return now.kind !== 'absent' && isSameState(after, now);
}

function decide(
  { path, before, after, now, doubt }: UndoQuestion,
  removed: ReadonlySet<string>,
  goes: (held: string) => boolean,
): UndoAction {
  if (removed.has(path)) {
    return { kind: 'remove' };
  }
  if (before.kind === 'unknown' || after.kind === 'unknown' || now.kind === 'unknown') {
    // What is there is likely in no snapshot either: it could not be brought back.
    return conflict('notCovered', before, now.kind === 'absent' && now.blockedBy === undefined ? ['putBack'] : []);
  }
  if (isSameState(before, now)) {
    return { kind: 'unchanged' };
  }
  if (now.kind === 'folder') {
    const makesRoom = doubt === undefined && after.kind === 'absent' && now.holds?.every(goes) === true;
    return makesRoom ? { kind: 'restore' } : conflict('somethingNewInPlace', before, []);
  }
  if (now.kind === 'absent' && now.blockedBy !== undefined && !removed.has(now.blockedBy)) {
    return { kind: 'conflict', reason: 'folderReplaced', choices: ['keepMine'] };
  }
  if (doubt !== undefined) {
    return conflict(doubt, before, ['putBack']);
  }
  if (isSameState(after, now)) {
    return { kind: 'restore' };
  }
  if (now.kind === 'absent') {
    return conflict('removedSince', before, ['putBack']);
  }
  return conflict(after.kind === 'absent' ? 'somethingNewInPlace' : 'editedSince', before, ['putBack']);
}

/** What was not there before cannot be put beside anything. */
function conflict(reason: ConflictReason, before: PathState, more: readonly ConflictChoice[]): UndoAction {
  const hasContent = before.kind === 'file' || before.kind === 'link';
  const putBack = before.kind === 'unknown' ? [] : more;
  return {
    kind: 'conflict',
    reason,
    choices: ['keepMine', ...putBack, ...(hasContent ? (['saveBoth'] as const) : [])],
  };
}
