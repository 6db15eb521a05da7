import * as vscode from 'vscode';
import { isFirstWindow, logSource } from '../../app/logSource.ts';
import type { PanelServices } from '../../app/panelServices.ts';
import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { PanelError } from '../../base/panelError.ts';
import type { Approval } from '../../core/approvals/approval.ts';
import type { Task } from '../../core/tasks/task.ts';
import type { ApprovalCards } from '../approvalCards.ts';
import type { RevealTarget } from '../panel/connectionParts.ts';
import { oneLine, withoutLinks } from '../presenters/shownText.ts';
import { failureOf } from '../presenters/taskSummary.ts';
import { approvalAlert } from './alertText.ts';
import { type Alert, alertsOf, type NotificationLevel } from './attentionRules.ts';

/** A press that comes sooner was meant for something else. */
const TOO_SOON_MS = 400;
const LONGEST_TITLE = 80;
/** After a reload the view that was open comes back first, and tasks take up their questions again. */
const SETTLE_MS = 5000;

interface Parts {
  readonly clock: Clock;
  readonly cards: ApprovalCards;
  readonly level: () => NotificationLevel;
  readonly setLevel: (level: NotificationLevel) => Promise<void>;
  readonly isPanelVisible: () => boolean;
  readonly workspaceName: () => string;
  readonly reveal: (target: RevealTarget) => void;
  readonly tell: (error: unknown) => void;
}

/** Tells of what needs a person or has ended, while the panel is out of sight. Each thing once. */
export class Notifications implements Disposable {
  readonly #parts: Parts;
  readonly #ofServices = new DisposableStore();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  follow(services: PanelServices | undefined): void {
    this.#ofServices.clear();
    if (services === undefined) {
      return;
    }
    const earlier = new Set(services.log.approvals.pending().map(({ id }) => id));
    this.#ofServices.add(this.#parts.clock.after(SETTLE_MS, () => this.#tellOfWaiting(services, earlier)));
    const { hostId } = services.actor('notification');
    const ownSource = logSource('VS Code window', process.pid);
    this.#ofServices.add(
      services.log.onDidCommit(commit => {
        const { level, isPanelVisible } = this.#parts;
        const circumstances = {
          level: level(),
          isPanelVisible: isPanelVisible(),
          ownSource,
          isFirstWindow: () => isFirstWindow(services.hosts(), hostId),
        };
        for (const alert of alertsOf(commit, circumstances)) {
          this.#show(alert, services).catch(this.#parts.tell);
        }
      }),
    );
  }

  dispose(): void {
    this.#ofServices.dispose();
  }

  /** What waits since before this window was there is told in one sentence. */
  #tellOfWaiting({ log }: PanelServices, earlier: ReadonlySet<string>): void {
    let waiting: readonly Approval[];
    try {
      waiting = log.approvals.pending().filter(({ id }) => earlier.has(id));
    } catch (error) {
      this.#parts.tell(error);
      return;
    }
    const [first, ...others] = waiting;
    if (first === undefined || this.#parts.level() === 'none' || this.#parts.isPanelVisible()) {
      return;
    }
    const text =
      others.length === 0
        ? vscode.l10n.t('"{0}" waits for your answer.', oneLine(first.taskTitle, LONGEST_TITLE))
        : vscode.l10n.t('{0} questions of Claude wait for your answer.', others.length + 1);
    const show = vscode.l10n.t('Show');
    vscode.window.showWarningMessage(withoutLinks(text), show).then(pressed => {
      if (pressed === show) {
        this.#parts.reveal({ kind: 'approval', approvalId: first.id });
      }
    });
  }

  async #show(alert: Alert, services: PanelServices): Promise<void> {
    switch (alert.kind) {
      case 'approval':
        return this.#ask(alert.approval, services);
      case 'endedBadly':
        return this.#tellEnd(alert.task, failureOf(alert.task)?.message ?? alert.task.activity);
      case 'succeeded':
        return this.#tellSuccess(alert.task);
    }
  }

  async #ask(approval: Approval, services: PanelServices): Promise<void> {
    const { clock, cards, workspaceName, reveal } = this.#parts;
    const { text, allow } = approvalAlert(approval, await cards.card(approval), workspaceName());
    const deny = approval.choices.find(choice => choice.id === 'deny');
    const buttons = {
      allow: allow?.label ?? vscode.l10n.t('Allow'),
      deny: vscode.l10n.t('Deny…'),
      show: vscode.l10n.t('Show'),
    };
    const offered = [
      ...(allow === undefined ? [] : [buttons.allow]),
      ...(deny === undefined ? [] : [buttons.deny]),
      buttons.show,
    ];
    for (;;) {
      const shown = clock.now();
      const pressed = await vscode.window.showWarningMessage(text, ...offered);
      if (pressed !== undefined && pressed !== buttons.show && clock.now() - shown < TOO_SOON_MS) {
        continue;
      }
      if (pressed === buttons.show) {
        reveal({ kind: 'approval', approvalId: approval.id });
      } else if (pressed === buttons.allow && allow !== undefined) {
        this.#answer(services, approval, { choice: allow.id });
      } else if (pressed === buttons.deny && deny !== undefined) {
        const message = await vscode.window.showInputBox({
          title: vscode.l10n.t('Deny: {0}', text),
          prompt:
            approval.subject.kind === 'gate'
              ? vscode.l10n.t('Why it should not go on. May be empty.')
              : vscode.l10n.t('What Claude should know; it reads this word for word. May be left empty.'),
          ignoreFocusOut: true,
        });
        if (message !== undefined) {
          this.#answer(services, approval, { choice: deny.id, message });
        }
      }
      return;
    }
  }

  /** A notification cannot be taken back: pressed too late, it says who was first. */
  #answer(
    services: PanelServices,
    { id }: Approval,
    answer: Parameters<PanelServices['approvals']['answer']>[1],
  ): void {
    try {
      services.approvals.answer(id, answer, services.actor('notification'));
    } catch (error) {
      if (error instanceof PanelError && error.reason === 'alreadyAnswered') {
        vscode.window.showInformationMessage(withoutLinks(error.message));
        return;
      }
      this.#parts.tell(error);
    }
  }

  async #tellEnd(task: Task, why: string): Promise<void> {
    const text = vscode.l10n.t('{0} did not end well: {1}', this.#nameOf(task), oneLine(why, 200));
    await this.#offerShow(task, text, 'warning', []);
  }

  async #tellSuccess(task: Task): Promise<void> {
    const off = vscode.l10n.t('Do Not Tell Me of Success');
    const pressed = await this.#offerShow(task, vscode.l10n.t('{0} is done.', this.#nameOf(task)), 'information', [
      off,
    ]);
    if (pressed === off) {
      await this.#parts.setLevel('needsYou');
    }
  }

  async #offerShow(
    task: Task,
    text: string,
    kind: 'warning' | 'information',
    more: readonly string[],
  ): Promise<string | undefined> {
    const show = vscode.l10n.t('Show');
    const ask = kind === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
    const pressed = await ask(withoutLinks(text), show, ...more);
    if (pressed === show) {
      this.#parts.reveal({ kind: 'task', taskId: task.id });
    }
    return pressed;
  }

  #nameOf(task: Task): string {
    return `"${oneLine(task.title, LONGEST_TITLE)}" (${this.#parts.workspaceName()})`;
  }
}
