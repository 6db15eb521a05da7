import * as vscode from 'vscode';
import { systemClock } from '../../base/clock.ts';

/** A key that was pressed before a person can have read the list was meant for something else. */
const TOO_SOON_MS = 400;

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Lets a person choose one of a list. Closing the list chooses nothing. */
export function pickOne<T>(
  items: readonly Choice<T>[],
  options: { readonly title: string; readonly placeholder?: string },
): Promise<T | undefined> {
  return new Promise(resolve => {
    const picker = vscode.window.createQuickPick<Choice<T>>();
    const shown = systemClock.now();
    picker.title = options.title;
    picker.placeholder = options.placeholder;
    picker.items = items;
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    picker.onDidAccept(() => {
      const [chosen] = picker.selectedItems;
      if (systemClock.now() - shown < TOO_SOON_MS) {
        // Else a second press on the same item would be no change, and never count.
        picker.selectedItems = [];
      } else if (chosen !== undefined) {
        resolve(chosen.value);
        picker.hide();
      }
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
