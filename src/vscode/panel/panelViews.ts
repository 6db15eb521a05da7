import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { CONTROL_PANEL_TYPE, TASKS_VIEW_ID } from '../contributions/views.ts';
import type { ConnectionParts, RevealTarget } from './connectionParts.ts';
import { LostTab } from './lostTab.ts';
import type { PageLoader } from './pageLoader.ts';
import { PanelConnection } from './panelConnection.ts';

type SharedParts = Omit<ConnectionParts, 'surface' | 'post' | 'isWindowFocused'>;

interface Shown {
  readonly connection: PanelConnection;
  readonly isVisible: () => boolean;
  readonly bringUp: () => void;
}

/** The view in the side bar and the editor tab: the same page, each with a connection of its own. */
export class PanelViews implements Disposable {
  readonly #parts: SharedParts;
  readonly #pages: PageLoader;
  readonly #owned = new DisposableStore();
  #sidebar: (Shown & { readonly view: vscode.WebviewView }) | undefined;
  #editor: Shown | undefined;
  #toReveal: RevealTarget | undefined;
  #badge = 0;

  constructor(parts: SharedParts, pages: PageLoader) {
    this.#parts = parts;
    this.#pages = pages;
    this.#owned.add(
      new LostTab({
        clock: parts.clock,
        isKnown: () => this.#editor !== undefined,
        reopen: column => this.openEditor(column, true),
      }),
    );
    this.#owned.add(
      vscode.window.onDidChangeWindowState(() => {
        for (const shown of this.#all()) {
          shown.connection.tellFocus();
        }
      }),
    );
  }

  get isVisible(): boolean {
    return this.#all().some(shown => shown.isVisible());
  }

  async showInSidebar(view: vscode.WebviewView): Promise<void> {
    const connection = this.#connect('sidebar', view.webview);
    const shown = { view, connection, isVisible: () => view.visible, bringUp: () => view.show(true) };
    this.#sidebar = shown;
    view.onDidChangeVisibility(() => this.#seen(shown));
    view.onDidDispose(() => {
      connection.dispose();
      this.#sidebar = this.#sidebar === shown ? undefined : this.#sidebar;
    });
    this.setBadge(this.#badge);
    if (this.#toReveal !== undefined) {
      connection.reveal(this.#toReveal);
      this.#toReveal = undefined;
    }
    await this.#pages.load(view.webview, 'sidebar', vscode.l10n.t('Tasks'));
  }

  /** Takes a tab: a new one, or one that VS Code brought back after a reload. */
  async showInEditor(panel: vscode.WebviewPanel): Promise<void> {
    const connection = this.#connect('editor', panel.webview);
    const shown: Shown = { connection, isVisible: () => panel.visible, bringUp: () => panel.reveal() };
    this.#editor = shown;
    panel.iconPath = this.#pages.tabIcon;
    panel.onDidChangeViewState(() => this.#seen(shown));
    panel.onDidDispose(() => {
      connection.dispose();
      this.#editor = this.#editor === shown ? undefined : this.#editor;
    });
    await this.#pages.load(panel.webview, 'editor', panel.title);
  }

  async openEditor(viewColumn = vscode.ViewColumn.Active, preserveFocus = false): Promise<void> {
    if (this.#editor !== undefined) {
      this.#editor.bringUp();
      return;
    }
    const title = vscode.l10n.t('Claude: Control Panel');
    const place = { viewColumn, preserveFocus };
    const panel = vscode.window.createWebviewPanel(CONTROL_PANEL_TYPE, title, place, { enableScripts: true });
    await this.showInEditor(panel);
  }

  /** Shows something where the panel is in sight, else in the side bar. */
  async reveal(target: RevealTarget): Promise<void> {
    const inSight = this.#all().find(shown => shown.isVisible());
    if (inSight !== undefined) {
      inSight.bringUp();
      inSight.connection.reveal(target);
      return;
    }
    if (this.#sidebar === undefined) {
      this.#toReveal = target;
    } else {
      this.#sidebar.connection.reveal(target);
    }
    await vscode.commands.executeCommand(`${TASKS_VIEW_ID}.focus`);
  }

  /** Shows something in the editor tab, which is opened for it. */
  async revealWide(target: RevealTarget): Promise<void> {
    await this.openEditor();
    this.#editor?.connection.reveal(target);
  }

  setBadge(waiting: number): void {
    this.#badge = waiting;
    if (this.#sidebar !== undefined) {
      const tooltip =
        waiting === 1
          ? vscode.l10n.t('1 question waits for you')
          : vscode.l10n.t('{0} questions wait for you', waiting);
      this.#sidebar.view.badge = waiting === 0 ? undefined : { value: waiting, tooltip };
    }
  }

  dispose(): void {
    for (const shown of this.#all()) {
      shown.connection.dispose();
    }
    this.#owned.dispose();
  }

  #connect(surface: 'sidebar' | 'editor', webview: vscode.Webview): PanelConnection {
    const connection = new PanelConnection({
      ...this.#parts,
      surface,
      post: message => webview.postMessage(message),
      isWindowFocused: () => vscode.window.state.focused,
    });
    webview.onDidReceiveMessage((data: unknown) => void connection.receive(data));
    return connection;
  }

  #seen(shown: Shown): void {
    if (!shown.isVisible()) {
      shown.connection.hide();
    }
  }

  #all(): readonly Shown[] {
    return [this.#sidebar, this.#editor].filter(shown => shown !== undefined);
  }
}
