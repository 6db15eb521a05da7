import type { Clock } from '../base/clock.ts';
import { nextEvent } from '../base/event.ts';
import type { NewId } from '../base/ids.ts';
import type { Approval } from '../core/approvals/approval.ts';
import type { Actor } from '../core/events/actor.ts';
import type { LaunchProfile } from '../core/profiles/launchProfile.ts';
import type { WorkspaceContent } from '../core/profiles/workspaceContent.ts';
import type { ApprovalDesk } from '../core/tasks/approvalDesk.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import type { Task } from '../core/tasks/task.ts';
import { contentNotApproved } from '../core/tasks/taskErrors.ts';
import { asksFor, contentApproval } from './contentApproval.ts';
import { checkConfirmation } from './godConfirmation.ts';
import type { PanelSettings } from './panelServices.ts';
import type { ProfileService } from './profileService.ts';

interface Parts {
  readonly log: PanelLog;
  readonly desk: ApprovalDesk;
  readonly profiles: Pick<ProfileService, 'checkLaunch'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly product: Actor;
  /** Milliseconds after which an open question is denied. */
  readonly deadlineMs: () => number | undefined;
  readonly settings: () => Pick<PanelSettings, 'revealGodMode'>;
}

/**
 * Looks, right before Claude Code is started, whether what it would start or be granted by the folder was approved. The
 * files may have changed since the task was made: it may have waited, or be continued, forked or run again much later.
 */
export class LaunchConsent {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Resolves to the profile to launch with, once everything is approved. The task waits until then.
   * @throws TaskError `contentNotApproved`; BuiltInError when it is god mode and was not confirmed; the signal's reason when that aborts first
   */
  async obtain(task: Task, signal: AbortSignal): Promise<LaunchProfile> {
    checkConfirmation(this.#parts.log, task, this.#parts.settings().revealGodMode);
    for (;;) {
      signal.throwIfAborted();
      const { profile, unapproved } = await this.#parts.profiles.checkLaunch(task.profile, task.cwd);
      if (unapproved === undefined) {
        return profile;
      }
      // Looked at again after the answer: it may have changed once more.
      await this.#approved(task, unapproved, signal);
    }
  }

  async #approved(task: Task, content: WorkspaceContent, signal: AbortSignal): Promise<void> {
    const { log } = this.#parts;
    const { id } = this.#answeredMeanwhile(task, content) ?? this.#ask(task, content);
    this.#answerForNobody(task, id);
    while (log.approvals.get(id)?.status.state === 'pending') {
      await nextEvent(log.onDidCommit, ({ approvals }) => approvals.some(approval => approval.id === id), signal);
    }
    signal.throwIfAborted();
    const settled = log.approvals.get(id);
    switch (settled?.status.state) {
      case 'answered':
        if (settled.status.answer.choice !== 'approveContent') {
          throw contentNotApproved(content.headline, settled.status.answer.message ?? '');
        }
        return;
      case 'expired':
        throw contentNotApproved(content.headline, 'Nobody answered in time.');
    }
  }

  /** The answer to the same question of an earlier start of this task that was set aside in the meantime. */
  #answeredMeanwhile({ id, suspended }: Task, { fingerprint }: WorkspaceContent): Approval | undefined {
    return this.#parts.log.approvals
      .ofTask(id)
      .find(
        approval =>
          asksFor(approval, fingerprint) &&
          (approval.status.state === 'answered' || approval.status.state === 'expired') &&
          approval.status.at >= (suspended?.at ?? Number.POSITIVE_INFINITY),
      );
  }

  /** The question that is open from an earlier start, or a new one. Questions about what is no longer there are taken back. */
  #ask(task: Task, content: WorkspaceContent): Approval {
    const { log, desk } = this.#parts;
    const open = log.approvals
      .ofTask(task.id)
      .filter(({ subject, status }) => subject.kind === 'workspaceContent' && status.state === 'pending');
    const same = open.find(approval => asksFor(approval, content.fingerprint));
    for (const { id } of open.filter(approval => approval !== same)) {
      desk.withdraw(id, 'The files have changed since.');
    }
    const approval = same ?? this.#question(task, content);
    // For one that is open already the row stays as it is, and the task waits for it once more.
    log.decide(state => {
      const known = state.approval(approval.id);
      const isOpen = known === undefined || known.status.state === 'pending';
      const facts = [{ type: 'claude-panel.approval.requested', data: { approval } }] as const;
      return { entries: isOpen ? [{ subject: task.id, facts }] : [], value: undefined };
    });
    return approval;
  }

  #question(task: Task, content: WorkspaceContent): Approval {
    const { clock, newId, deadlineMs } = this.#parts;
    return contentApproval({
      id: newId(),
      content,
      folder: task.cwd,
      taskId: task.id,
      taskTitle: task.title,
      why: 'Files of this folder would start programs or grant rights, and nobody has approved exactly this content: it may have changed since the task was made.',
      blocks: 'The task starts when it is approved, and fails when it is not.',
      now: clock.now(),
      deadlineMs: deadlineMs(),
    });
  }

  /** Only a person can approve content, so a task that runs with nobody to ask does without. */
  #answerForNobody({ unattended }: Task, id: string): void {
    const { log, desk, product } = this.#parts;
    if (unattended !== 'ask' && log.approvals.get(id)?.status.state === 'pending') {
      const message = 'It has to be approved by a person; the task was started without anyone to ask.';
      desk.answer(
        id,
        { choice: 'deny', message },
        { ...product, surface: 'commandLine', name: `--approve ${unattended}` },
      );
    }
  }
}
