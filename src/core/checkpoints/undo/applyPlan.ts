import { toFailure } from '../../../base/panelError.ts';
import type { FileState } from '../checkpoint.ts';
import { CheckpointError, changedMeanwhile, notSaved, notWritten, unknownCheckpoint } from '../checkpointsErrors.ts';
import { isAtOrBelow } from '../systemPath.ts';
import { type ConflictChoice, isSameState, type NowState, type UndoItem, type UndoPlan } from '../undoPlan.ts';
import type { UndoOutcome } from '../undoResult.ts';
import { inChunksOf } from './chunks.ts';
import type { FileChanger } from './fileChanger.ts';

interface ApplyParts {
  readonly plan: UndoPlan;
  readonly choices: ReadonlyMap<string, ConflictChoice>;
  readonly changer: FileChanger;
  /** What is at a path at this moment. */
  readonly now: (path: string) => Promise<NowState>;
  /** What the snapshot holds that was taken a moment ago: only what is in it can be brought back by a redo. */
  readonly saved: (path: string) => FileState | undefined;
  readonly contents: (blobs: readonly string[]) => Promise<readonly (Uint8Array | undefined)[]>;
  readonly signal: AbortSignal;
}

type Writable = UndoItem & { readonly before: FileState };
type Step = 'restore' | 'remove' | 'saveBoth' | 'nothing';

const BYTES_AT_ONCE = 32 * 1024 * 1024;

/** Does what a plan says: first what goes, then folders, then what comes back. Goes on after a failure. */
export async function applyPlan(parts: ApplyParts): Promise<UndoOutcome> {
  const applying = new Applying(parts);
  const { plan } = parts;
  const steps = plan.items.map(item => ({ item, step: stepOf(item, parts.choices) }));
  for (const { item, step } of steps) {
    if (step === 'remove') {
      await applying.remove(item);
    } else if (step === 'nothing' && item.action.kind === 'conflict') {
      applying.keep(item);
    }
  }
  await applying.folders(new Set(steps.filter(({ step }) => step === 'restore').map(({ item }) => item.path)));
  const writable = steps.filter(
    (entry): entry is { item: Writable; step: 'restore' | 'saveBoth' } =>
      (entry.step === 'restore' || entry.step === 'saveBoth') && 'blob' in entry.item.before,
  );
  for (const chunk of inChunksOf(writable, BYTES_AT_ONCE, ({ item }) => item.before.size)) {
    await applying.putBack(chunk);
  }
  return applying.outcome;
}

function stepOf({ path, action, before }: UndoItem, choices: ReadonlyMap<string, ConflictChoice>): Step {
  switch (action.kind) {
    case 'restore':
    case 'remove':
      return action.kind;
    case 'unchanged':
      return 'nothing';
    case 'conflict': {
      const choice = choices.get(path) ?? 'keepMine';
      if (choice === 'keepMine' || !action.choices.includes(choice)) {
        return 'nothing';
      }
      return choice === 'saveBoth' ? 'saveBoth' : before.kind === 'absent' ? 'remove' : 'restore';
    }
  }
}

class Applying {
  readonly #parts: ApplyParts;
  readonly #done: UndoOutcome['done'][number][] = [];
  readonly #kept: UndoOutcome['kept'][number][] = [];
  readonly #failed: UndoOutcome['failed'][number][] = [];
  readonly #foldersRemoved: string[] = [];
  readonly #foldersMade: string[] = [];

  constructor(parts: ApplyParts) {
    this.#parts = parts;
  }

  get outcome(): UndoOutcome {
    return {
      done: this.#done,
      kept: this.#kept,
      failed: this.#failed,
      foldersRemoved: this.#foldersRemoved,
      foldersMade: this.#foldersMade,
    };
  }

  keep({ path, action }: UndoItem): void {
    if (action.kind === 'conflict') {
      this.#kept.push({ path, reason: action.reason });
    }
  }

  async remove(item: UndoItem): Promise<void> {
    await this.#attempt(item.path, async () => {
      this.#checkSaved(item);
      await this.#parts.changer.remove(item.path, () => this.#isStill(item));
      this.#done.push({ path: item.path, did: 'removed' });
    });
  }

  /** @param files where a file comes back, no folder is made */
  async folders(files: ReadonlySet<string>): Promise<void> {
    const { plan, changer, signal } = this.#parts;
    for (const folder of plan.foldersToRemove) {
      if (!signal.aborted && (await changer.removeEmptyFolder(folder))) {
        this.#foldersRemoved.push(folder);
      }
    }
    for (const folder of plan.foldersToMake.filter(place => !isAtOrBelow(files, place))) {
      await this.#attempt(folder, async () => {
        if (await changer.makeFolder(folder)) {
          this.#foldersMade.push(folder);
        }
      });
    }
  }

  async putBack(entries: readonly { readonly item: Writable; readonly step: 'restore' | 'saveBoth' }[]): Promise<void> {
    const { changer, contents } = this.#parts;
    const blobs = entries.map(({ item }) => item.before.blob);
    const found = await this.#read(blobs, contents);
    for (const [at, { item, step }] of entries.entries()) {
      await this.#attempt(item.path, async () => {
        const content = found[at];
        if (content === undefined) {
          throw unknownCheckpoint(item.before.blob);
        }
        if (content instanceof CheckpointError) {
          throw content;
        }
        if (step === 'saveBoth') {
          const savedAs = await changer.putBeside(item.path, item.before, content);
          this.#done.push({ path: item.path, did: 'savedBeside', savedAs });
          return;
        }
        this.#checkSaved(item);
        await changer.put(item.path, item.before, content, () => this.#isStill(item));
        this.#done.push({ path: item.path, did: 'restored' });
      });
    }
  }

  /** One damaged content must not keep the others from coming back. */
  async #read(
    blobs: readonly string[],
    contents: ApplyParts['contents'],
  ): Promise<readonly (Uint8Array | CheckpointError | undefined)[]> {
    try {
      return await contents(blobs);
    } catch {
      return Promise.all(
        blobs.map(async blob => {
          try {
            return (await contents([blob]))[0];
          } catch (error) {
            return error instanceof CheckpointError ? error : undefined;
          }
        }),
      );
    }
  }

  async #isStill({ path, now }: UndoItem): Promise<boolean> {
    const found = await this.#parts.now(path);
    // Of a folder, what was to go has gone by now; what else is in it keeps its place.
    return now.kind === 'folder' ? found.kind === 'absent' : isSameState(now, found);
  }

  #checkSaved({ path, now }: UndoItem): void {
    if (now.kind !== 'file' && now.kind !== 'link') {
      return;
    }
    const saved = this.#parts.saved(path);
    if (saved === undefined) {
      throw notSaved(path);
    }
    if (!isSameState(saved, now)) {
      throw changedMeanwhile(path);
    }
  }

  async #attempt(path: string, work: () => Promise<void>): Promise<void> {
    try {
      this.#parts.signal.throwIfAborted();
      await work();
    } catch (error) {
      const shown = error instanceof CheckpointError ? error : notWritten(path, error);
      this.#failed.push({ path, failure: toFailure(shown) });
    }
  }
}
