import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { PanelError } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { Approval } from '../../core/approvals/approval.ts';
import { isChainOver } from '../../core/chains/chainRun.ts';

/**
 * Shows the gate of god mode as a dialog that names what is granted. Leaving it denies. The gate is in the panel, too:
 * whoever answers first decides.
 */
export async function confirmGodMode(services: PanelServices, chainId: string): Promise<void> {
  const gate = await firstGate(services, chainId);
  if (gate?.subject.kind !== 'gate') {
    return;
  }
  const start = vscode.l10n.t('Start God Mode');
  const { message, shown = '' } = gate.subject;
  const pressed = await vscode.window.showWarningMessage(
    visibleText(message),
    { modal: true, detail: visibleText(shown) },
    start,
  );
  const choice = gate.choices.find(({ grants }) => grants === (pressed === start));
  try {
    if (choice !== undefined) {
      services.approvals.answer(gate.id, { choice: choice.id }, services.actor('notification'));
    }
  } catch (error) {
    // Somebody answered it in the panel meanwhile.
    if (!(error instanceof PanelError && error.reason === 'alreadyAnswered')) {
      throw error;
    }
  }
}

function firstGate({ log }: PanelServices, chainId: string): Promise<Approval | undefined> {
  const asks = ({ subject, status }: Approval): boolean =>
    status.state === 'pending' && subject.kind === 'gate' && subject.chainId === chainId;
  return new Promise(resolve => {
    const look = (): void => {
      const gate = log.approvals.pending().find(asks);
      const status = log.chains.get(chainId)?.status;
      if (gate !== undefined || status === undefined || isChainOver(status)) {
        subscription.dispose();
        resolve(gate);
      }
    };
    const subscription = log.onDidCommit(look);
    look();
  });
}
