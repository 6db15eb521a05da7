import type { Disposable } from '../base/disposable.ts';
import type { Approval } from '../core/approvals/approval.ts';
import { describeActor } from '../core/events/actor.ts';
import type { GrantStore } from '../core/security/grantStore.ts';
import type { ApprovalDesk } from '../core/tasks/approvalDesk.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import { TaskError } from '../core/tasks/taskErrors.ts';
import { asksFor } from './contentApproval.ts';

interface Parts {
  readonly log: PanelLog;
  readonly desk: ApprovalDesk;
  readonly grants: GrantStore;
}

/** Keeps what a person approved, whichever process the answer came from, and does not ask for the same content twice. */
export class ContentGrants {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  follow(): Disposable {
    return this.#parts.log.onDidCommit(({ approvals }) => {
      for (const approval of approvals) {
        this.#remember(approval);
      }
    });
  }

  #remember({ subject, status }: Approval): void {
    if (
      subject.kind !== 'workspaceContent' ||
      status.state !== 'answered' ||
      status.answer.choice !== 'approveContent'
    ) {
      return;
    }
    const { log, desk, grants } = this.#parts;
    const { fingerprint, headline } = subject;
    grants.grant({ fingerprint, headline, kind: 'workspaceContent', by: describeActor(status.by), at: status.at });
    for (const { id } of log.approvals.pending().filter(other => asksFor(other, fingerprint))) {
      try {
        desk.answer(id, { choice: 'approveContent' }, status.by);
      } catch (error) {
        // Another process follows the same log and was quicker.
        if (!(error instanceof TaskError)) {
          throw error;
        }
      }
    }
  }
}
