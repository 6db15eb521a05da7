import path from 'node:path';
import * as vscode from 'vscode';
import type { PanelServices } from '../../app/panelServices.ts';
import { describeSettled } from '../../core/approvals/answerDecision.ts';
import { alreadyAnswered } from '../../core/tasks/taskErrors.ts';
import { EDIT_SCHEME } from '../contributions/views.ts';
import { type DocumentTexts, MOST_DOCUMENT_BYTES, type OpenedProposal } from '../documents/documentTexts.ts';
import { readEditPath, readViewAddress } from '../documents/documentUris.ts';
import { type EditedDocuments, editUri } from '../documents/editedDocuments.ts';
import { viewUri } from '../documents/readOnlyDocuments.ts';
import { isEditable } from '../presenters/approvalCard.ts';
import { shownPath } from '../presenters/shownPath.ts';
import { cannotAllowEdits, cannotShow } from '../workspace/surfaceErrors.ts';
import { readCurrentText, textOrNothing } from './currentText.ts';
import { editedInput } from './editedInput.ts';

/** Shows what a question proposes in VS Code's own editors. Closing any of them answers nothing. */
export class ProposalEditor {
  readonly #texts: DocumentTexts;
  readonly #edited: EditedDocuments;
  readonly #services: () => Promise<PanelServices>;

  constructor(parts: {
    readonly texts: DocumentTexts;
    readonly edited: EditedDocuments;
    readonly services: () => Promise<PanelServices>;
  }) {
    this.#texts = parts.texts;
    this.#edited = parts.edited;
    this.#services = parts.services;
  }

  /** @throws SurfaceError `cannotShow`, with the reason. */
  async open(approvalId: string, edit: boolean): Promise<void> {
    const approval = await this.#texts.approval(approvalId);
    if (!isEditable(approval)) {
      await showText(
        viewUri({ kind: 'input', approvalId }, approval.subject.kind === 'plan' ? 'plan.md' : 'input.json'),
      );
      return;
    }
    const proposal = await this.#texts.proposal(approvalId);
    const name = proposal.file ?? 'command.sh';
    const shown = edit ? editUri(approvalId, name) : viewUri({ kind: 'proposal', approvalId }, name);
    if (proposal.file === undefined) {
      await showText(shown);
      return;
    }
    const title = edit
      ? vscode.l10n.t('{0} (now ↔ your edits)', titleOf(proposal))
      : vscode.l10n.t('{0} (now ↔ proposed)', titleOf(proposal));
    await vscode.commands.executeCommand('vscode.diff', leftSide(proposal), shown, title, { preview: !edit });
  }

  /** From the read-only proposal that is open to the one that can be edited. */
  async editOpen(uri: vscode.Uri | undefined): Promise<void> {
    const address = uri ?? activeUri();
    const source = address === undefined ? undefined : readViewAddress(address);
    if (source?.kind !== 'proposal') {
      throw cannotShow('The proposal', 'No proposal is open in this editor.');
    }
    await this.open(source.approvalId, true);
  }

  /** Answers with the text as the person left it. @throws TaskError `alreadyAnswered`, SurfaceError `cannotAllowEdits`. */
  async allowEdited(given: vscode.Uri | undefined): Promise<void> {
    const uri = given?.scheme === EDIT_SCHEME ? given : activeUri();
    const approvalId = uri?.scheme === EDIT_SCHEME ? readEditPath(uri.path) : undefined;
    if (uri === undefined || approvalId === undefined) {
      throw cannotAllowEdits('No proposal that is being edited is open in this editor.');
    }
    const approval = await this.#texts.approval(approvalId);
    if (approval.status.state !== 'pending' || approval.subject.kind !== 'tool') {
      throw alreadyAnswered(describeSettled(approval));
    }
    const { before, file } = await this.#edited.proposal(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const current = file === undefined ? undefined : await readCurrentText(file, MOST_DOCUMENT_BYTES);
    const result = editedInput({
      toolName: approval.subject.toolName,
      input: approval.subject.input,
      before,
      current: current === undefined ? before : textOrNothing(current),
      edited: document.getText(),
    });
    if (result.kind === 'impossible') {
      throw cannotAllowEdits(result.why);
    }
    const { approvals, actor } = await this.#services();
    approvals.answer(approvalId, { choice: 'allowOnce', updatedInput: result.input }, actor('editor'));
    await this.leave(uri);
  }

  /** Closes the proposal. The question stays as it is. */
  async leave(given: vscode.Uri | undefined): Promise<void> {
    const uri = given?.scheme === EDIT_SCHEME ? given : activeUri();
    const document = vscode.workspace.textDocuments.find(other => other.uri.toString() === uri?.toString());
    if (document?.isDirty === true) {
      // Saved into memory only, so that VS Code does not ask about a file that never was.
      await document.save();
    }
    const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs).filter(tab => shows(tab, uri));
    await vscode.window.tabGroups.close(tabs);
  }
}

function leftSide({ file, before }: OpenedProposal): vscode.Uri {
  const name = file ?? 'file';
  return before === undefined ? viewUri({ kind: 'nothing' }, name) : vscode.Uri.file(name);
}

function titleOf({ approval, file }: OpenedProposal): string {
  return (
    shownPath(file ?? '', approval.folder)
      .split('/')
      .at(-1) ?? path.basename(file ?? '')
  );
}

function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) {
    return input.modified;
  }
  return input instanceof vscode.TabInputText ? input.uri : undefined;
}

function shows(tab: vscode.Tab, uri: vscode.Uri | undefined): boolean {
  const { input } = tab;
  const shown =
    input instanceof vscode.TabInputTextDiff
      ? input.modified
      : input instanceof vscode.TabInputText
        ? input.uri
        : undefined;
  return shown !== undefined && shown.toString() === uri?.toString();
}

async function showText(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}
