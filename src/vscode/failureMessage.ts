import * as vscode from 'vscode';
import { PanelError, toFailure } from '../base/panelError.ts';
import { commandId } from './contributions/commands.ts';
import { withoutLinks } from './presenters/shownText.ts';

interface Remedy {
  readonly title: string;
  readonly command: string;
}

/** Tells a person what went wrong, why and what to do, with a button for the first step. */
export async function tellFailure(error: unknown): Promise<void> {
  const { message, detail, remedy } = toFailure(error);
  const text = [message, detail, remedy].filter(part => part !== undefined && part !== '').join(' ');
  const reason = error instanceof PanelError ? error.reason : undefined;
  if (reason === 'alreadyAnswered') {
    vscode.window.showInformationMessage(withoutLinks(message));
    return;
  }
  const step = firstStep(reason);
  const pressed = await vscode.window.showErrorMessage(withoutLinks(text), step.title);
  if (pressed === step.title) {
    await vscode.commands.executeCommand(step.command);
  }
}

function firstStep(reason: string | undefined): Remedy {
  switch (reason) {
    case 'notTrusted':
      return { title: vscode.l10n.t('Manage Workspace Trust'), command: 'workbench.trust.manage' };
    case 'noFolder':
      return { title: vscode.l10n.t('Open Folder'), command: 'workbench.action.files.openFolder' };
    default:
      return { title: vscode.l10n.t('Show Log'), command: commandId('showLog') };
  }
}
