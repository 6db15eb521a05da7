import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { withoutLinks } from '../presenters/shownText.ts';
import { cannotUseText } from '../workspace/surfaceErrors.ts';

export interface WantedText {
  /** The question that the text answers. */
  readonly title: string;
  /** What is in the editor at first. */
  readonly text: string;
  /** What is wrong with a text, as a sentence; nothing when it can be used. */
  readonly problem: (text: string) => string | undefined;
}

export type WriteText = (wanted: WantedText) => Promise<string | undefined>;

interface Writing extends WantedText {
  readonly settle: (text: string | undefined) => void;
}

/** Texts of several lines that a person writes in untitled documents. One that is closed answers nothing. */
export class InputEditors implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #writing = new Map<string, Writing>();
  readonly #tell: (error: unknown) => void;

  constructor(tell: (error: unknown) => void) {
    this.#tell = tell;
    this.#owned.add(
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const key of closed.map(keyOf)) {
          // One that was only moved to another group is still there.
          if (
            key !== undefined &&
            !vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(tab => keyOf(tab) === key))
          ) {
            this.#settle(key, undefined);
          }
        }
      }),
    );
  }

  /** Opens an editor; resolves with the text once the person uses it, or with nothing when it was closed. */
  async write(wanted: WantedText): Promise<string | undefined> {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: wanted.text });
    const key = document.uri.toString();
    const written = new Promise<string | undefined>(settle => {
      this.#writing.set(key, { ...wanted, settle });
    });
    this.#tellKeys();
    try {
      await vscode.window.showTextDocument(document, { preview: false });
    } catch (error) {
      this.#settle(key, undefined);
      throw error;
    }
    this.#offerUse(document.uri, wanted.title).catch(this.#tell);
    return written;
  }

  /** Answers with the text of the editor, and closes it. @throws SurfaceError `cannotUseText` */
  async use(given: vscode.Uri | undefined): Promise<void> {
    const key = (given ?? vscode.window.activeTextEditor?.document.uri)?.toString();
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === key);
    const writing = key === undefined ? undefined : this.#writing.get(key);
    if (key === undefined || document === undefined || writing === undefined) {
      throw cannotUseText('No text is being written for a command in this editor.');
    }
    const text = document.getText().replaceAll('\r\n', '\n').replace(/\n$/, '');
    const problem = writing.problem(text);
    if (problem !== undefined) {
      throw cannotUseText(problem);
    }
    this.#settle(key, text);
    // The text is used, so VS Code need not ask whether to save it.
    await vscode.window.showTextDocument(document, { preview: false });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }

  dispose(): void {
    for (const key of [...this.#writing.keys()]) {
      this.#settle(key, undefined);
    }
    this.#owned.dispose();
  }

  async #offerUse(uri: vscode.Uri, title: string): Promise<void> {
    const use = vscode.l10n.t('Use This Text');
    const pressed = await vscode.window.showInformationMessage(
      withoutLinks(vscode.l10n.t('Write in the editor: {0} Then press "{1}".', title, use)),
      use,
    );
    if (pressed === use && this.#writing.has(uri.toString())) {
      await this.use(uri);
    }
  }

  #settle(key: string, text: string | undefined): void {
    const writing = this.#writing.get(key);
    if (writing !== undefined) {
      this.#writing.delete(key);
      this.#tellKeys();
      writing.settle(text);
    }
  }

  #tellKeys(): void {
    void vscode.commands.executeCommand('setContext', 'claudePanel.inputDocuments', [...this.#writing.keys()]);
  }
}

function keyOf({ input }: vscode.Tab): string | undefined {
  return input instanceof vscode.TabInputText ? input.uri.toString() : undefined;
}
