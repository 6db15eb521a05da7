import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { CoverageLimits } from '../../../../../src/core/checkpoints/checkpoint.ts';
import type { Checkpoints, UndoSpan } from '../../../../../src/core/checkpoints/checkpoints.ts';
import { bytesOfName } from '../../../../../src/core/checkpoints/systemPath.ts';
import type { ConflictChoice, UndoPlan } from '../../../../../src/core/checkpoints/undoPlan.ts';
import { recordOf, type UndoResult } from '../../../../../src/core/checkpoints/undoResult.ts';
import { checkpointsOf } from '../openCheckpoints.ts';
import { type DiskState, differences, diskState, FOLDER } from './diskState.ts';
import { anyEdit, applyEdits, type Edit } from './edits.ts';
import { type FolderKind, KINDS, makeFolder } from './folderKinds.ts';

/** What happens in one folder: a task works, once or twice, and a person in between and after. */
export interface Story {
  readonly kinds: readonly FolderKind[];
  readonly start: readonly Edit[];
  readonly runs: readonly { readonly byTask: readonly Edit[]; readonly byPerson: readonly Edit[] }[];
  readonly choice: ConflictChoice;
}

const edits = (most: number): fc.Arbitrary<Edit[]> => fc.array(anyEdit, { maxLength: most });

export function anyStory(size: { readonly mostRuns: number; readonly mostFolders: number }): fc.Arbitrary<Story> {
  const byPerson = fc.oneof({ weight: 1, arbitrary: fc.constant<Edit[]>([]) }, { weight: 2, arbitrary: edits(4) });
  return fc.record({
    kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: size.mostFolders }),
    start: edits(8),
    runs: fc.array(fc.record({ byTask: edits(8), byPerson }), { minLength: 1, maxLength: size.mostRuns }),
    choice: fc.constantFrom('keepMine', 'keepMine', 'putBack', 'saveBoth'),
  });
}

/** Small, so that the contents of the edits reach them. */
const LIMITS: CoverageLimits = {
  fileBytes: 4096,
  totalBytes: 1024 * 1024,
  totalFiles: 10_000,
  ignoredFileBytes: 1024,
  ignoredBytes: 2000,
  ignoredFolderFiles: 4,
};

const never = new AbortController().signal;

/** Plays stories in a workspace of its own, and looks whether what must hold does. */
export class UndoStage {
  readonly #workspace: string;
  readonly #templates: string;
  readonly #checkpoints: readonly Checkpoints[];

  constructor(folder: string) {
    this.#workspace = path.join(folder, 'workspace');
    this.#templates = path.join(folder, 'templates');
    for (const kind of KINDS) {
      makeFolder(path.join(this.#templates, kind), kind);
    }
    mkdirSync(this.#workspace, { recursive: true });
    this.#checkpoints = ['one', 'two'].map(name =>
      checkpointsOf(path.join(this.#workspace, name), { workspace: this.#workspace, limits: LIMITS }),
    );
  }

  async play(story: Story): Promise<void> {
    try {
      await this.#play(story);
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${shown(story)}`, { cause: error });
    }
  }

  async #play(story: Story): Promise<void> {
    const stores = this.#checkpoints.slice(0, story.kinds.length);
    for (const [at, checkpoints] of stores.entries()) {
      await this.#playIn(checkpoints, story, story.kinds[at] ?? 'plain');
    }
  }

  async #playIn(checkpoints: Checkpoints, story: Story, kind: FolderKind): Promise<void> {
    const { root } = checkpoints;
    this.#reset(root, kind);
    applyEdits(root, story.start);
    const repository = gitState(root);
    const spans: UndoSpan[] = [];
    const states: { readonly before: DiskState; readonly after: DiskState; readonly later: DiskState }[] = [];
    for (const { byTask, byPerson } of story.runs) {
      const before = { id: (await checkpoints.take({ subject: 's', moment: 'before' })).id, state: diskState(root) };
      applyEdits(root, byTask);
      const after = { id: (await checkpoints.take({ subject: 's', moment: 'after' })).id, state: diskState(root) };
      applyEdits(root, byPerson);
      spans.push({ before: before.id, after: after.id });
      states.push({ before: before.state, after: after.state, later: diskState(root) });
    }
    const now = diskState(root);
    const plan = await checkpoints.planUndoOf(spans);
    expectSame('planning changes nothing', now, diskState(root));
    const choices = new Map(plan.items.map(item => [item.path, story.choice]));
    const undo = await checkpoints.apply(plan, choices, never);
    expectOnlyUnsaved(undo);
    const undone = diskState(root);
    checkUndo({ plan, states, now, undone, choice: story.choice, undo });
    const again = await checkpoints.planRedo(recordOf(undo));
    const redo = await checkpoints.apply(again, new Map(), never);
    expectNothingFailed('redo', redo);
    expectSame('a redo restores to the byte', now, withoutCopiesLeft(diskState(root), undo, again));
    expectSame("the user's repository is untouched", repository, gitState(root));
    if (existsSync(path.join(root, 'pwned'))) {
      throw new Error('A file name was run.');
    }
  }

  #reset(root: string, kind: FolderKind): void {
    mkdirSync(root, { recursive: true });
    for (const name of readdirSync(root, { encoding: 'buffer' })) {
      rmSync(Buffer.concat([Buffer.from(`${root}/`), name]), { recursive: true, force: true });
    }
    cpSync(path.join(this.#templates, kind), root, { recursive: true, verbatimSymlinks: true });
  }
}

/** Names and sizes, as the counterexample of fast-check would be pages of bytes. */
function shown(story: Story): string {
  return JSON.stringify(story, (key, value: unknown) => {
    if (value !== null && typeof value === 'object' && 'data' in value && Array.isArray(value.data)) {
      const bytes = Buffer.from(value.data);
      return key === 'content' ? `${bytes.length} bytes` : bytes.toString('latin1');
    }
    return value;
  });
}

function gitState(root: string): DiskState {
  const folder = path.join(root, '.git');
  return existsSync(folder) ? diskState(folder, []) : new Map();
}

interface Outcome {
  readonly plan: UndoPlan;
  readonly states: readonly { readonly before: DiskState; readonly after: DiskState; readonly later: DiskState }[];
  readonly now: DiskState;
  readonly undone: DiskState;
  readonly choice: ConflictChoice;
  readonly undo: UndoResult;
}

/** What must hold of every path, from what is on the disk alone. */
function checkUndo({ plan, states, now, undone, choice, undo }: Outcome): void {
  const saved = new Set(undo.done.flatMap(({ savedAs }) => (savedAs === undefined ? [] : [latin(savedAs)])));
  const gaps = plan.notCovered.map(gap => latin(gap.path));
  const paths = new Set([
    ...now.keys(),
    ...undone.keys(),
    ...states.flatMap(s => [...s.before.keys(), ...s.after.keys()]),
  ]);
  /** The first run of the task that changed a path; before it the person could do as they liked. */
  const firstRun = (one: string): number => states.findIndex(s => s.before.get(one) !== s.after.get(one));
  const byPerson = (one: string): boolean =>
    states.slice(Math.max(0, firstRun(one))).some(s => s.after.get(one) !== s.later.get(one));
  /** A folder that the task put in the place of a file, and that the person took away: the file comes back. */
  const onlyMadeRoom = (one: string): boolean =>
    states
      .slice(Math.max(0, firstRun(one)))
      .filter(s => s.after.get(one) !== s.later.get(one))
      .every(s => s.after.get(one) === FOLDER && s.later.get(one) === undefined);
  const touchedByPerson = [...paths].filter(byPerson);
  for (const one of paths) {
    const byTask = firstRun(one) >= 0;
    const first = states[Math.max(0, firstRun(one))]?.before.get(one);
    const is = undone.get(one);
    const was = now.get(one);
    const fail = (why: string): never => {
      throw new Error(`${why}: ${JSON.stringify(one)} was ${first} before, ${was} at last, and is ${is} now`);
    };
    if (saved.has(one)) {
      if (choice !== 'saveBoth' || was !== undefined) {
        fail('something was saved where it should not');
      }
      continue;
    }
    if (is === was) {
      // Whoever alone changed it has it back, unless something near it, or a gap, stood in the way.
      const mustGoBack = byTask && !byPerson(one) && first !== was && first !== FOLDER && was !== FOLDER;
      const isUnsaved = undo.failed.some(other => isRelated(one, latin(other.path)));
      const isNear =
        isUnsaved || touchedByPerson.some(other => isRelated(one, other)) || gaps.some(gap => isRelated(one, gap));
      if (mustGoBack && !isNear) {
        fail('the work of the task was not undone');
      }
      continue;
    }
    if (is === FOLDER && [...undone.keys()].some(other => other.startsWith(`${one}/`))) {
      continue; // It holds something that came back.
    }
    const lastRun = states.findLastIndex(s => s.before.get(one) !== s.after.get(one));
    const sinceLast = states.slice(Math.max(0, lastRun));
    if (byTask && is === sinceLast[0]?.before.get(one) && sinceLast.every(s => s.after.get(one) === s.later.get(one))) {
      continue; // What the last run took away came back, whoever had put it there.
    }
    if (!byTask) {
      fail('something was changed that the task did not touch');
    }
    if (byPerson(one) && !onlyMadeRoom(one) && choice === 'keepMine' && is !== FOLDER && was !== FOLDER) {
      fail('the work of the person was lost');
    }
    if (is !== first && !(is === undefined && gaps.some(gap => isRelated(one, gap)))) {
      fail('something came that was not there before');
    }
  }
}

function isRelated(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

function latin(name: string): string {
  return bytesOfName(name).toString('latin1');
}

function expectSame(what: string, expected: DiskState, found: DiskState): void {
  const different = differences(expected, found);
  if (different.length > 0) {
    throw new Error(`${what}, but:\n${different.join('\n')}`);
  }
}

/** A copy that made its generated folder too large for a snapshot stays: the redo names the folder as not covered. */
function withoutCopiesLeft(state: DiskState, undo: UndoResult, redo: UndoPlan): DiskState {
  const gaps = redo.notCovered.map(gap => `${latin(gap.path)}/`);
  const copies = undo.done.flatMap(({ savedAs }) => (savedAs === undefined ? [] : [latin(savedAs)]));
  const left = new Set(copies.filter(copy => gaps.some(gap => copy.startsWith(gap))));
  return new Map([...state].filter(([one]) => !left.has(one)));
}

/** What has outgrown the limits since is in no snapshot, and then nothing is put in its place. */
function expectOnlyUnsaved(undo: UndoResult): void {
  expectNothingFailed('undo', { ...undo, failed: undo.failed.filter(({ failure }) => failure.reason !== 'notSaved') });
}

function expectNothingFailed(what: string, { failed }: UndoResult): void {
  if (failed.length > 0) {
    throw new Error(`the ${what} failed at ${JSON.stringify(failed)}`);
  }
}
