import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { PanelError } from '../../base/panelError.ts';
import type { Approval, ApprovalAnswer } from '../../core/approvals/approval.ts';
import { type Actor, describeActor } from '../../core/events/actor.ts';
import type { ApprovalDesk } from '../../core/tasks/approvalDesk.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { TaskError } from '../../core/tasks/taskErrors.ts';
import { oneLine } from '../terminal/plainText.ts';
import { formatDuration } from '../terminal/quantities.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { ApprovalPrompt } from './approvalPrompt.ts';
import { denyingAnswer } from './chosenAnswer.ts';
import { whoAnswers } from './whoAnswers.ts';

interface AttendantParts {
  readonly log: PanelLog;
  readonly desk: ApprovalDesk;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly prompt: ApprovalPrompt;
  /** Whether a question is one of those that it sees to. */
  readonly concerns: (approval: Approval) => boolean;
  readonly person: Actor;
  /** Answers where no person is. */
  readonly product: Actor;
  /** Whether a window is open in which somebody could answer. */
  readonly othersCanAnswer: () => boolean;
  /** How long a question waits for an answer from another terminal when nobody is known to be there; milliseconds. */
  readonly grace: number;
}

const LOOK_AGAIN_MS = 500;

/** Sees to it that every question of a task or chain gets an answer: here, from elsewhere, or a denial with its reason. */
export class Attendant implements Disposable {
  readonly #parts: AttendantParts;
  readonly #disposables = new DisposableStore();
  /** The question that is on the screen. */
  #asking: { readonly id: string; readonly abort: AbortController } | undefined;
  /** Nobody can type any more; the answers come from elsewhere. */
  #keyboardGone = false;
  readonly #announced = new Set<string>();
  /** One question was in vain: the next ones need not wait. */
  #nobodyCame = false;
  #lastProblem: string | undefined;

  constructor(parts: AttendantParts) {
    this.#parts = parts;
    this.#disposables.add(
      parts.log.onDidCommit(({ approvals }) => {
        for (const approval of approvals.filter(parts.concerns)) {
          this.#onChange(approval);
        }
        this.#attend();
      }),
    );
    this.#disposables.add(parts.clock.every(LOOK_AGAIN_MS, () => this.#lookAgain()));
    this.#attend();
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#asking?.abort.abort();
  }

  #onChange(approval: Approval): void {
    const { status } = approval;
    if (status.state === 'pending' || this.#asking?.id !== approval.id) {
      return;
    }
    this.#asking.abort.abort();
    if (status.state === 'answered') {
      const choice = approval.choices.find(other => other.id === status.answer.choice);
      this.#parts.terminal.say(
        `Answered by ${oneLine(describeActor(status.by))}: ${oneLine(choice?.label ?? status.answer.choice)}.`,
      );
    }
  }

  /** A file that cannot be read or written now may be so at the next look; the task must not fall with it. */
  #lookAgain(): void {
    try {
      this.#attend();
    } catch (error) {
      if (!(error instanceof PanelError)) {
        throw error;
      }
      this.#sayOnce(error.message);
    }
  }

  #attend(): void {
    const { log, concerns, terminal, othersCanAnswer, clock, grace } = this.#parts;
    const open = log.approvals.pending().filter(concerns);
    const first = open[0];
    if (first === undefined || this.#asking !== undefined || this.#disposables.isDisposed) {
      return;
    }
    const route = whoAnswers({
      isInteractive: terminal.isInteractive && !this.#keyboardGone,
      othersCanAnswer: this.#keyboardGone || othersCanAnswer(),
      openFor: clock.now() - first.created,
      grace: this.#nobodyCame ? 0 : grace,
    });
    switch (route) {
      case 'askHere':
        void this.#askHere(first);
        break;
      case 'waitForOthers':
        this.#announce(first, 'Waiting for an answer in the panel, or by');
        break;
      case 'waitAWhile':
        this.#announce(first, `It is denied in ${formatDuration(grace)} unless somebody answers it by`);
        break;
      case 'denyForNobody':
        this.#nobodyCame = true;
        for (const approval of open) {
          this.#answer(approval.id, denyingAnswer(approval, 'Nobody is there to answer.'), this.#parts.product);
        }
    }
  }

  async #askHere(approval: Approval): Promise<void> {
    const abort = new AbortController();
    this.#asking = { id: approval.id, abort };
    // A keyboard that fails is one that is gone.
    const answer = await this.#parts.prompt.ask(approval, abort.signal).catch(() => undefined);
    this.#asking = undefined;
    if (answer !== undefined) {
      this.#answer(approval.id, answer, this.#parts.person);
    } else if (!abort.signal.aborted) {
      this.#keyboardGone = true;
      this.#announce(approval, 'Waiting for an answer in the panel, or by');
    }
    this.#lookAgain();
  }

  #answer(id: string, answer: ApprovalAnswer, by: Actor): void {
    try {
      this.#parts.desk.answer(id, answer, by);
    } catch (error) {
      // Somebody else was quicker, the answer does not fit, or the disk is full; an open question is asked again.
      if (error instanceof TaskError) {
        this.#parts.terminal.say(error.detail ?? error.message);
      } else if (error instanceof PanelError) {
        this.#sayOnce([error.message, error.remedy].filter(Boolean).join(' '));
      } else {
        throw error;
      }
    }
  }

  #sayOnce(words: string): void {
    if (this.#lastProblem !== words) {
      this.#lastProblem = words;
      this.#parts.terminal.say(words);
    }
  }

  #announce(approval: Approval, words: string): void {
    if (!this.#announced.has(approval.id)) {
      this.#announced.add(approval.id);
      this.#parts.terminal.say(`${words} "claude-panel approve ${approval.id}" (or deny).`);
    }
  }
}
