import type { Clock } from '../base/clock.ts';
import type { NewId } from '../base/ids.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import { asksFor, type ContentQuestion, contentApproval } from './contentApproval.ts';

interface Parts {
  readonly folder: string;
  readonly log: PanelLog;
  readonly clock: Clock;
  readonly newId: NewId;
}

/** Asks about content of a folder before there is a task that would wait for the answer. */
export class ContentQuestions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The id of the open question about this content, or of a new one. */
  ask(question: Pick<ContentQuestion, 'content' | 'taskTitle' | 'why' | 'blocks'>): string {
    const { log, clock, newId, folder } = this.#parts;
    // One that a task asks for is taken back when that task is stopped.
    const open = log.approvals
      .pending()
      .find(approval => approval.taskId === undefined && asksFor(approval, question.content.fingerprint));
    if (open !== undefined) {
      return open.id;
    }
    const approval = contentApproval({ ...question, id: newId(), folder, now: clock.now() });
    log.append([{ subject: approval.id, facts: [{ type: 'claude-panel.approval.requested', data: { approval } }] }]);
    return approval.id;
  }
}
