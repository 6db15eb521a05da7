import path from 'node:path';
import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { type CommandName, commandId, commandNameOf } from '../contributions/commands.ts';
import type { DocumentTexts } from '../documents/documentTexts.ts';
import { viewUri } from '../documents/readOnlyDocuments.ts';
import { shownPath } from '../presenters/shownPath.ts';
import type { ProposalEditor } from '../proposals/proposalEditor.ts';
import { badLink, cannotShow, unknownCommand } from '../workspace/surfaceErrors.ts';
import type { WorkspaceFolders } from '../workspace/workspaceFolders.ts';
import type { ChainPlans } from './chainPlans.ts';
import type { RevealTarget } from './connectionParts.ts';
import { linkTarget } from './linkTarget.ts';
import type { PanelActions } from './panelActions.ts';

interface Parts {
  readonly services: () => Promise<PanelServices>;
  readonly texts: DocumentTexts;
  readonly proposals: ProposalEditor;
  readonly folders: WorkspaceFolders;
  readonly plans: ChainPlans;
  readonly revealWide: (target: RevealTarget) => Promise<void>;
  readonly startTask: PanelActions['startTask'];
  readonly selectProfile: PanelActions['selectProfile'];
  readonly forkTask: PanelActions['forkTask'];
}

/** What the panel can do in VS Code. */
export function vscodeActions(parts: Parts): PanelActions {
  const { services, texts, proposals, folders, plans, revealWide, startTask, selectProfile, forkTask } = parts;
  return {
    startTask,
    selectProfile,
    forkTask,
    chainAction: async (chainId, action) => {
      switch (action) {
        case 'stop': {
          const { chains, actor } = await services();
          chains.stop(chainId, actor('panel'));
          return undefined;
        }
        case 'run': {
          const started = await plans.get(chainId)?.start();
          plans.discard(chainId);
          return started;
        }
        case 'discard':
          plans.discard(chainId);
          return undefined;
        case 'openWide':
          await revealWide({ kind: 'chain', chainId });
          return undefined;
      }
    },
    rerunStep: async (chainId, stepId) => {
      const { chains, actor } = await services();
      const by = actor('panel');
      chains.runAgain(chainId, stepId, by, by.hostId);
    },
    openStepOutput: async (chainId, stepId) => {
      await texts.stepOutput(chainId, stepId);
      await vscode.window.showTextDocument(viewUri({ kind: 'stepOutput', chainId, stepId }, `${stepId} output.txt`), {
        preview: true,
      });
    },
    openProposal: (approvalId, edit) => proposals.open(approvalId, edit),
    openChange: async (taskId, toolUseId, file) => {
      if (toolUseId !== undefined) {
        await openDiff(taskId, toolUseId, texts);
        return;
      }
      const task = (await services()).tasks.get(taskId);
      const known = task.files.find(other => shownPath(other.path, task.cwd) === file || other.path === file);
      if (known === undefined) {
        throw cannotShow('The file', 'The task did not change it.');
      }
      await vscode.window.showTextDocument(vscode.Uri.file(path.resolve(task.cwd, known.path)), { preview: true });
    },
    reviewChanges: async taskId => begin('reviewChanges', taskId),
    undoChanges: async taskId => begin('undoChanges', taskId),
    redoChanges: async taskId => begin('redoChanges', (await services()).tasks.get(taskId).undone?.undoId),
    forkFromBefore: async taskId => begin('forkFromBefore', taskId),
    openOutput: async (taskId, toolUseId) => {
      const { name } = await texts.tool(taskId, toolUseId);
      await vscode.window.showTextDocument(viewUri({ kind: 'output', taskId, toolUseId }, `${name} output.txt`), {
        preview: true,
      });
    },
    openLink: async href => {
      const target = linkTarget(
        href,
        folders.all.map(folder => folder.path),
      );
      if (target === undefined) {
        throw badLink();
      }
      if (target.kind === 'web') {
        openPage(target.address);
        return;
      }
      const line = Math.max(0, (target.line ?? 1) - 1);
      await vscode.window.showTextDocument(vscode.Uri.file(target.file), {
        preview: true,
        ...(target.line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) }),
      });
    },
    runCommand: async command => {
      if (commandNameOf(command) === undefined) {
        throw unknownCommand(command);
      }
      await vscode.commands.executeCommand(command);
    },
  };
}

/** Not waited for: it asks the person what to do, and tells them itself when it fails. */
function begin(name: CommandName, given: string | undefined): void {
  void vscode.commands.executeCommand(commandId(name), given);
}

/**
 * Not waited for, because VS Code may ask the person first. Given as text, which VS Code takes too: a Uri forgets which
 * characters were encoded, so that another page would be opened than the one that was shown.
 */
function openPage(address: string): void {
  void vscode.env.openExternal(address as unknown as vscode.Uri);
}

async function openDiff(taskId: string, toolUseId: string, texts: DocumentTexts): Promise<void> {
  const change = await texts.change(taskId, toolUseId);
  const name = path.basename(change.file);
  if (change.kind === 'patch') {
    await vscode.window.showTextDocument(viewUri({ kind: 'patch', taskId, toolUseId }, `${name}.diff`), {
      preview: true,
    });
    return;
  }
  await vscode.commands.executeCommand(
    'vscode.diff',
    viewUri({ kind: 'before', taskId, toolUseId }, name),
    viewUri({ kind: 'after', taskId, toolUseId }, name),
    vscode.l10n.t('{0} (before ↔ after)', name),
    { preview: true },
  );
}
