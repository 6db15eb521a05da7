import path from 'node:path';
import type { PanelServices } from '../../app/panelServices.ts';
import type { JsonValue } from '../../base/json.ts';
import { toFailure } from '../../base/panelError.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { Approval } from '../../core/approvals/approval.ts';
import { readFileText } from '../../core/review/fileText.ts';
import { type ToolEntry, toolEntryId } from '../../core/tasks/transcript.ts';
import { unaskedDecisions } from '../../core/tasks/unaskedDecisions.ts';
import { textOf } from '../presenters/chainDetail.ts';
import { ledgerText } from '../presenters/ledgerText.ts';
import { type CurrentText, readCurrentText, textOrNothing } from '../proposals/currentText.ts';
import { type PastChange, pastChange } from '../proposals/pastChange.ts';
import { proposedText, readProposal } from '../proposals/proposedText.ts';
import { cannotShow } from '../workspace/surfaceErrors.ts';
import type { DocumentSource } from './documentUris.ts';

/** Larger files are not loaded into an editor by the panel. */
export const MOST_DOCUMENT_BYTES = 20_000_000;
const MOST_DECISIONS = 5000;

export interface OpenedProposal {
  readonly approval: Approval;
  /** The file that it is about, as an absolute path; absent for a command. */
  readonly file: string | undefined;
  /** The file when the proposal was made into a text; absent when there is none. */
  readonly before: string | undefined;
  readonly text: string;
}

/** Makes the text of each kind of document from the log and from the files as they are now. */
export class DocumentTexts {
  readonly #services: () => Promise<PanelServices>;

  constructor(services: () => Promise<PanelServices>) {
    this.#services = services;
  }

  /** The text, or in its place why there is none. */
  async textOrReason(source: DocumentSource): Promise<string> {
    try {
      return await this.text(source);
    } catch (error) {
      const { message, detail, remedy } = toFailure(error);
      return [message, detail, remedy].filter(part => part !== undefined).join('\n');
    }
  }

  /** @throws SurfaceError `cannotShow`. */
  async text(source: DocumentSource): Promise<string> {
    switch (source.kind) {
      case 'nothing':
        return '';
      case 'proposal':
        return (await this.proposal(source.approvalId)).text;
      case 'input':
        return inputText(await this.approval(source.approvalId));
      case 'output':
        return visibleText((await this.tool(source.taskId, source.toolUseId)).output ?? '');
      case 'stepOutput':
        return visibleText(textOf(await this.stepOutput(source.chainId, source.stepId)));
      case 'before':
      case 'after':
      case 'patch': {
        const change = await this.change(source.taskId, source.toolUseId);
        if (change.kind === 'patch') {
          return source.kind === 'patch' ? `${change.why}\nThis is what the call changed.\n\n${change.text}` : '';
        }
        return source.kind === 'before' ? change.before : change.after;
      }
      case 'snapshot': {
        const { undo } = await this.#services();
        const read = readFileText(await undo.content(source.root, source.blob));
        if (read === undefined) {
          throw cannotShow('The file', 'It is no text, or too large.');
        }
        return read.text;
      }
      case 'ledger': {
        const { log, folder } = await this.#services();
        const unasked = unaskedDecisions(log, MOST_DECISIONS);
        return ledgerText(log.approvals.ledger({ limit: MOST_DECISIONS }), log.approvals.pending(), folder, unasked);
      }
    }
  }

  /** What a pending question proposes, as a text that can be edited. @throws SurfaceError `cannotShow`. */
  async proposal(approvalId: string): Promise<OpenedProposal> {
    const approval = await this.approval(approvalId);
    const { subject, folder } = approval;
    const what = 'The proposal';
    if (subject.kind !== 'tool') {
      throw cannotShow(what, 'It is not about a file or a command.');
    }
    const { command } = subject.input;
    if (typeof command === 'string') {
      return { approval, file: undefined, before: undefined, text: command };
    }
    const proposal = readProposal(subject.toolName, subject.input);
    if (proposal === undefined) {
      throw cannotShow(what, `The input of ${visibleText(subject.toolName)} is not a change of one file.`);
    }
    const file = path.resolve(folder, proposal.path);
    const current = await readable(file);
    const before = textOrNothing(current);
    const proposed = proposedText(proposal, before);
    if (proposed.kind === 'unknown') {
      throw cannotShow(what, proposed.why);
    }
    return { approval, file, before, text: proposed.text };
  }

  /** @throws SurfaceError `cannotShow` when the call changed no file. */
  async change(taskId: string, toolUseId: string): Promise<PastChange & { readonly file: string }> {
    const { change } = await this.tool(taskId, toolUseId);
    const task = (await this.#services()).tasks.get(taskId);
    if (change === undefined) {
      throw cannotShow('The change', 'This call changed no file that is known.');
    }
    const file = path.resolve(task.cwd, change.path);
    const current = await readCurrentText(file, MOST_DOCUMENT_BYTES);
    return { ...pastChange(change, textOrNothing(current)), file };
  }

  async approval(approvalId: string): Promise<Approval> {
    const approval = (await this.#services()).log.approvals.get(approvalId);
    if (approval === undefined) {
      throw cannotShow('The proposal', 'There is no such question in this workspace.');
    }
    return approval;
  }

  /** @throws SurfaceError `cannotShow` when the step has none. */
  async stepOutput(chainId: string, stepId: string): Promise<JsonValue> {
    const status = (await this.#services()).log.chains.get(chainId)?.steps[stepId];
    if (status?.state !== 'succeeded') {
      throw cannotShow('The output', 'The step has none.');
    }
    return status.output;
  }

  async tool(taskId: string, toolUseId: string): Promise<ToolEntry> {
    const entry = (await this.#services()).log.tasks.transcriptEntry(taskId, toolEntryId(toolUseId));
    if (entry?.kind !== 'tool') {
      throw cannotShow('The call', 'It is not in the log of this workspace.');
    }
    return entry;
  }
}

async function readable(file: string): Promise<CurrentText> {
  const current = await readCurrentText(file, MOST_DOCUMENT_BYTES);
  if (current.kind === 'unreadable') {
    throw cannotShow('The proposal', `The file ${visibleText(file)} cannot be compared. ${current.why}`);
  }
  return current;
}

function inputText({ subject }: Approval): string {
  switch (subject.kind) {
    case 'plan':
      return visibleText(subject.plan);
    case 'workspaceContent':
      return visibleText(subject.content);
    case 'gate':
      return visibleText([subject.message, subject.shown ?? ''].join('\n\n').trimEnd());
    case 'elicitation':
      return visibleText(JSON.stringify(subject.schema, null, 2));
    case 'tool':
    case 'question':
      return visibleText(JSON.stringify(subject.input, null, 2));
  }
}
