import * as vscode from 'vscode';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { visibleTab } from './visibleTab.ts';

/** VS Code brings a tab back well within this time after it is seen, when it does so at all. */
const REVIVED_WITHIN_MS = 3000;

interface Parts {
  readonly clock: Clock;
  /** Whether the tab on screen is one that this process knows. */
  readonly isKnown: () => boolean;
  readonly reopen: (column: vscode.ViewColumn) => Promise<void>;
}

/**
 * After a crash of the extension host VS Code keeps the tab of the panel on screen, but nobody is behind it any more.
 * Such a tab is replaced by a living one as soon as it is seen.
 */
export class LostTab implements Disposable {
  readonly #parts: Parts;
  readonly #owned = new DisposableStore();
  #timer: Disposable | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#owned.add(vscode.window.tabGroups.onDidChangeTabs(() => this.#look()));
    this.#look();
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#owned.dispose();
  }

  #look(): void {
    if (this.#timer === undefined && !this.#parts.isKnown() && visibleTab() !== undefined) {
      this.#timer = this.#parts.clock.after(REVIVED_WITHIN_MS, () => {
        this.#timer = undefined;
        void this.#replace();
      });
    }
  }

  async #replace(): Promise<void> {
    const tab = visibleTab();
    if (tab !== undefined && !this.#parts.isKnown()) {
      const column = tab.group.viewColumn;
      await vscode.window.tabGroups.close(tab, true);
      await this.#parts.reopen(column);
    }
  }
}
