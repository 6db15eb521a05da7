import * as vscode from 'vscode';
import type { HealthItem } from '../../protocol/panelView.ts';
import { WALKTHROUGH_ID } from '../contributions/walkthrough.ts';
import { viewUri } from '../documents/readOnlyDocuments.ts';
import { REHEARSAL_VARIABLE } from '../workspace/readSettings.ts';
import type { CommandContext, Commands } from './commandContext.ts';
import { type Choice, pickOne } from './guardedPick.ts';
import { escapeIcons } from './pickTask.ts';

/** Commands about the panel itself: health, rehearsal, approvals that were kept, log and settings. */
export const panelCommands: Commands<
  | 'showLedger'
  | 'resetApprovals'
  | 'checkHealth'
  | 'selectExecutable'
  | 'startRehearsal'
  | 'stopRehearsal'
  | 'manageTrust'
  | 'showLog'
  | 'openSettings'
  | 'openWalkthrough'
> = {
  showLedger: async ({ services }) => {
    await services();
    const uri = viewUri({ kind: 'ledger' }, vscode.l10n.t('Decisions.txt'));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  },
  resetApprovals,
  checkHealth,
  selectExecutable: async ({ settings, services, facts }) => {
    const [chosen] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Select the Claude Code program'),
        openLabel: vscode.l10n.t('Use This Program'),
        canSelectMany: false,
      })) ?? [];
    if (chosen !== undefined) {
      await settings.update('claudePath', chosen.fsPath);
      await (await services()).refreshHealth();
      await showHealth(facts.health());
    }
  },
  startRehearsal: async ({ settings, views }) => {
    await settings.update('rehearsal', true);
    await views.reveal({ kind: 'compose' });
    vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Rehearsal: new tasks run the real Claude Code against prepared answers. No account is used and nothing is charged.',
      ),
    );
  },
  stopRehearsal: async ({ settings }) => {
    // Where the environment turns it on, only an explicit no turns it off.
    await settings.update('rehearsal', process.env[REHEARSAL_VARIABLE] === '1' ? false : undefined);
  },
  manageTrust: async () => {
    await vscode.commands.executeCommand('workbench.trust.manage');
  },
  showLog: ({ log }) => log.show(true),
  openSettings: async ({ extensionId }) => {
    await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`);
  },
  openWalkthrough: async ({ extensionId }) => {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#${WALKTHROUGH_ID}`, false);
  },
};

async function resetApprovals({ services, facts }: CommandContext): Promise<void> {
  const { grants } = await services();
  const kept = grants.list();
  if (kept.length === 0) {
    vscode.window.showInformationMessage(vscode.l10n.t('Nothing of this workspace was approved for good.'));
    return;
  }
  const chosen = await vscode.window.showQuickPick(
    kept.map(grant => ({
      label: escapeIcons(grant.headline),
      description: grant.scopePath ?? '',
      detail: vscode.l10n.t('approved by {0}, {1}', grant.by, new Date(grant.at).toLocaleString()),
      fingerprint: grant.fingerprint,
    })),
    { title: vscode.l10n.t('Which approvals should be asked for again?'), canPickMany: true, ignoreFocusOut: true },
  );
  for (const { fingerprint } of chosen ?? []) {
    grants.revoke(fingerprint);
  }
  await facts.refreshProfiles();
}

async function checkHealth({ services, facts }: CommandContext): Promise<void> {
  const { refreshHealth } = await services();
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Checking health') },
    () => refreshHealth({ wholeFile: true }),
  );
  await showHealth(facts.health());
}

async function showHealth(items: readonly HealthItem[]): Promise<void> {
  const chosen = await pickOne(
    items.map((item): Choice<HealthItem> => {
      const { level, text, remedy, command } = item;
      const icon = level === 'ok' ? 'pass' : level;
      return {
        label: `$(${icon}) ${escapeIcons(text)}`,
        ...(level === 'ok' || remedy === undefined ? {} : { detail: escapeIcons(remedy) }),
        ...(command === undefined ? {} : { description: command.title }),
        value: item,
      };
    }),
    { title: vscode.l10n.t('Health') },
  );
  if (chosen?.command !== undefined) {
    await vscode.commands.executeCommand(chosen.command.id);
  }
}
