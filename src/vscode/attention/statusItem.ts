import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { COMMAND_NAMES, commandId } from '../contributions/commands.ts';
import { STATUS_ITEM_ID } from '../contributions/views.ts';
import type { PanelFactsSource } from '../panelFactsSource.ts';
import { statusText } from './statusText.ts';
import type { TaskCounts } from './taskCounts.ts';

/** Left of most other items: it is about the whole workspace. */
const PRIORITY = 50;

/** The one item in the status bar; a press leads to the inbox. */
export class StatusItem implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #item: vscode.StatusBarItem;
  readonly #counts: TaskCounts;
  readonly #facts: PanelFactsSource;

  constructor(counts: TaskCounts, facts: PanelFactsSource) {
    this.#counts = counts;
    this.#facts = facts;
    this.#item = this.#owned.add(
      vscode.window.createStatusBarItem(STATUS_ITEM_ID, vscode.StatusBarAlignment.Left, PRIORITY),
    );
    this.#item.name = 'Claude';
    this.#item.command = commandId('focusInbox');
    this.#owned.add(counts.onDidChange(() => this.#show()));
    this.#owned.add(facts.onDidChange(() => this.#show()));
    this.#show();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #show(): void {
    const { rehearsal, health, todayUsd } = this.#facts.current(0);
    const { text, tooltip, accessibleText, isWarning } = statusText({
      ...this.#counts.current,
      rehearsal,
      health,
      todayUsd,
    });
    const markdown = new vscode.MarkdownString(tooltip, true);
    markdown.isTrusted = { enabledCommands: COMMAND_NAMES.map(commandId) };
    this.#item.text = text;
    this.#item.tooltip = markdown;
    this.#item.accessibilityInformation = { label: accessibleText, role: 'button' };
    this.#item.backgroundColor = isWarning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}
