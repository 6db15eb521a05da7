import { type FSWatcher, statSync, watch } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** Editors save in several steps; one look after the last of them is enough. */
const QUIET_MS = 60;

interface Watched {
  readonly watcher: FSWatcher;
  /** The folder itself, not its name: it may be replaced by another one with the same name. */
  readonly identity: string;
}

/**
 * Tells that something in a folder has changed. The folder need not be there yet, and may go and come again: all
 * folders on the way to it are watched, too, from one that is always there.
 */
export class FolderWatch implements Disposable {
  readonly #way: readonly string[];
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #isRecursive: boolean;
  readonly #watched = new Map<string, Watched>();
  #pending: Disposable | undefined;
  #isDisposed = false;

  /**
   * @param parts.root absolute
   * @param parts.folder relative to the root, with `/`
   */
  constructor(parts: {
    readonly root: string;
    readonly folder: string;
    readonly isRecursive?: boolean;
    readonly clock: Clock;
    readonly onChange: () => void;
  }) {
    const names = parts.folder.split('/').filter(name => name !== '');
    this.#way = [parts.root, ...names.map((_, index) => path.join(parts.root, ...names.slice(0, index + 1)))];
    this.#clock = parts.clock;
    this.#onChange = parts.onChange;
    this.#isRecursive = parts.isRecursive === true;
    this.#attach();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#pending?.dispose();
    for (const folder of [...this.#watched.keys()]) {
      this.#leave(folder);
    }
  }

  /** Watches every folder of the way that is there now. */
  #attach(): void {
    for (const [index, folder] of this.#way.entries()) {
      const identity = identityOf(folder);
      if (this.#watched.get(folder)?.identity !== identity) {
        this.#leave(folder);
      }
      if (identity !== undefined && !this.#watched.has(folder)) {
        this.#enter(folder, this.#way[index + 1], identity);
      }
    }
  }

  /** @param next the next folder on the way; nothing for the last one, which is what matters */
  #enter(folder: string, next: string | undefined, identity: string): void {
    try {
      const recursive = next === undefined && this.#isRecursive;
      const watcher = watch(folder, { persistent: false, recursive }, (_event, name) => {
        // Much else may happen in the folders above.
        if (next === undefined || name === null || name === path.basename(next)) {
          this.#look();
        }
      });
      watcher.on('error', () => {
        this.#leave(folder);
        this.#look();
      });
      this.#watched.set(folder, { watcher, identity });
    } catch {
      // It went away in between, or the system has no watchers left: the next event looks again.
    }
  }

  #leave(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
  }

  #look(): void {
    if (this.#isDisposed) {
      return;
    }
    this.#pending?.dispose();
    this.#pending = this.#clock.after(QUIET_MS, () => {
      this.#pending = undefined;
      this.#attach();
      this.#onChange();
    });
  }
}

function identityOf(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false, bigint: true });
  return found?.isDirectory() === true ? `${found.dev}:${found.ino}` : undefined;
}
