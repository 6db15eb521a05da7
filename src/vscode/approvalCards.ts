import path from 'node:path';
import type { PanelServices } from '../app/panelServices.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Approval } from '../core/approvals/approval.ts';
import type { ApprovalCard } from '../protocol/approvalView.ts';
import { type ApprovalSurroundings, presentApproval } from './presenters/approvalCard.ts';
import { compareTexts } from './presenters/diffView.ts';
import { shownPath } from './presenters/shownPath.ts';
import { type CurrentText, readCurrentText, textOrNothing } from './proposals/currentText.ts';
import { type FileProposal, proposedText, readProposal } from './proposals/proposedText.ts';
import { SettledApprovals } from './settledApprovals.ts';

/** Larger files are compared in VS Code's diff editor only. */
const MOST_BYTES = 1_000_000;
/** A folder on a slow network must not keep a question from being shown. */
const LONGEST_READ_MS = 2_000;

/** Makes the cards of approvals, with the diff of what they propose against the file as it is when it is asked. */
export class ApprovalCards implements Disposable {
  readonly #clock: Clock;
  readonly #found = new Map<string, ApprovalSurroundings>();
  /** Every view shows a settled card for a while as it was. */
  readonly #settled: SettledApprovals;
  #ofServices: Disposable | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#settled = new SettledApprovals(clock, id => void this.#found.delete(id));
  }

  /** How many questions it remembers the surroundings of. */
  get remembered(): number {
    return this.#found.size;
  }

  follow(services: Pick<PanelServices, 'log'> | undefined): void {
    this.#ofServices?.dispose();
    this.#ofServices = services?.log.onDidCommit(commit => this.#settled.take(commit));
  }

  dispose(): void {
    this.#ofServices?.dispose();
    this.#settled.dispose();
  }

  async card(approval: Approval): Promise<ApprovalCard> {
    const known = this.#found.get(approval.id);
    if (approval.status.state !== 'pending') {
      return presentApproval(approval, known);
    }
    const found = known ?? (await this.#look(approval));
    this.#found.set(approval.id, found);
    return presentApproval(approval, found);
  }

  async #look({ subject, folder }: Approval): Promise<ApprovalSurroundings> {
    const proposal = subject.kind === 'tool' ? readProposal(subject.toolName, subject.input) : undefined;
    if (proposal === undefined) {
      return {};
    }
    const file = path.resolve(folder, proposal.path);
    const current = await this.#inTime(readCurrentText(file, MOST_BYTES));
    const shownAs = shownPath(proposal.path, folder);
    if (current.kind === 'unreadable') {
      return { diff: withoutFile(proposal, shownAs) };
    }
    const before = textOrNothing(current);
    const proposed = proposedText(proposal, before);
    return {
      fileExists: before !== undefined,
      diff:
        proposed.kind === 'text' ? compareTexts(before ?? '', proposed.text, shownAs) : withoutFile(proposal, shownAs),
    };
  }

  #inTime(reading: Promise<CurrentText>): Promise<CurrentText> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(LONGEST_READ_MS, () =>
        resolve({ kind: 'unreadable', why: 'It took too long to read.' }),
      );
      reading.then(resolve, reject).finally(() => timer.dispose());
    });
  }
}

/** The file cannot be read or does not fit: what is known is the text of the proposal alone. */
function withoutFile(proposal: FileProposal, shownAs: string): ApprovalSurroundings['diff'] {
  if (proposal.kind === 'write') {
    return proposal.content.length > MOST_BYTES ? undefined : compareTexts('', proposal.content, shownAs);
  }
  const before = proposal.edits.map(edit => edit.oldText).join('\n');
  const after = proposal.edits.map(edit => edit.newText).join('\n');
  return compareTexts(before, after, shownAs);
}
