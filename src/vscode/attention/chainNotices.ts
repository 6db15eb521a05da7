import path from 'node:path';
import * as vscode from 'vscode';
import type { PanelDocument } from '../../app/actions/panelDocument.ts';
import { logSource } from '../../app/logSource.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import type { RevealTarget } from '../panel/connectionParts.ts';
import { oneLine, withoutLinks } from '../presenters/shownText.ts';
import type { NotificationLevel } from './attentionRules.ts';
import { documentOf, endedChains, resultOf } from './chainEndings.ts';

const LONGEST_TITLE = 80;
const LONGEST_WHY = 200;
/** Room for a path in full. */
const LONGEST_RESULT = 500;

interface Parts {
  readonly level: () => NotificationLevel;
  readonly isPanelVisible: () => boolean;
  readonly reveal: (target: RevealTarget) => void;
  readonly tell: (error: unknown) => void;
}

/** Tells that a chain has ended: badly, or with something to be read. Each once, in the window that ran it. */
export class ChainNotices implements Disposable {
  readonly #parts: Parts;
  readonly #ofServices = new DisposableStore();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  follow(services: PanelServices | undefined): void {
    this.#ofServices.clear();
    const ownSource = logSource('VS Code window', process.pid);
    if (services !== undefined) {
      this.#ofServices.add(
        services.log.onDidCommit(commit => {
          for (const run of endedChains(commit, ownSource)) {
            this.#tell(run).catch(this.#parts.tell);
          }
        }),
      );
    }
  }

  dispose(): void {
    this.#ofServices.dispose();
  }

  async #tell(run: ChainRun): Promise<void> {
    const { level, isPanelVisible, reveal } = this.#parts;
    const document = documentOf(run);
    const title = oneLine(run.command.title, LONGEST_TITLE);
    const result = resultOf(run);
    const show = vscode.l10n.t('Show');
    const open = vscode.l10n.t('Open Document');
    if (level() === 'none') {
      return;
    }
    let pressed: string | undefined;
    if (run.status.state === 'failed') {
      const why = oneLine(run.status.failure.message, LONGEST_WHY);
      pressed = isPanelVisible()
        ? undefined
        : await vscode.window.showWarningMessage(
            withoutLinks(vscode.l10n.t('"{0}" did not end well: {1}', title, why)),
            show,
          );
    } else if (document !== undefined) {
      const name = oneLine(document.documentTitle, LONGEST_TITLE);
      pressed = await vscode.window.showInformationMessage(
        withoutLinks(vscode.l10n.t('"{0}" is done: {1}', title, name)),
        open,
        show,
      );
    } else if (result !== undefined) {
      const what = oneLine(result, LONGEST_RESULT);
      pressed = await vscode.window.showInformationMessage(
        withoutLinks(vscode.l10n.t('"{0}" is done: {1}', title, what)),
        show,
      );
    } else if (level() === 'all' && !isPanelVisible()) {
      pressed = await vscode.window.showInformationMessage(withoutLinks(vscode.l10n.t('"{0}" is done.', title)), show);
    }
    if (pressed === show) {
      reveal({ kind: 'chain', chainId: run.id });
    } else if (pressed === open && document !== undefined) {
      await openDocument(run.cwd, document);
    }
  }
}

/** As it is meant to be read. */
async function openDocument(folder: string, { document }: PanelDocument): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(path.join(folder, document)));
}
