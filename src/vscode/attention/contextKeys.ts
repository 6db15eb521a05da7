import * as vscode from 'vscode';

/** Conditions for commands, menus and the walkthrough, by the name after `claudePanel.`. */
type ContextKey =
  | 'hasPending'
  | 'hasTasks'
  | 'running'
  | 'rehearsal'
  | 'claudeFound'
  | 'accountFound'
  | 'answered'
  | 'stopped'
  | 'reviewing'
  | 'hasComments';

/** Tells VS Code of a condition, when it changed. */
export class ContextKeys {
  readonly #known = new Map<ContextKey, boolean>();

  set(key: ContextKey, value: boolean): void {
    if (this.#known.get(key) !== value) {
      this.#known.set(key, value);
      void vscode.commands.executeCommand('setContext', `claudePanel.${key}`, value);
    }
  }

  /** As VS Code was told last. */
  get(key: ContextKey): boolean {
    return this.#known.get(key) ?? false;
  }
}
