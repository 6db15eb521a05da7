import type { Clock } from '../../base/clock.ts';
import type { NewId } from '../../base/ids.ts';
import { toFailure } from '../../base/panelError.ts';
import { describeSettled } from '../../core/approvals/answerDecision.ts';
import { gateApproval } from '../../core/approvals/gateApproval.ts';
import { interpolateText } from '../../core/catalog/interpolation.ts';
import { denied } from '../../core/chains/chainErrors.ts';
import type { StepExecutor, StepOutcome, StepWork } from '../../core/chains/stepWork.ts';
import { type Actor, describeActor } from '../../core/events/actor.ts';
import type { ApprovalDesk } from '../../core/tasks/approvalDesk.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import { untilSettled } from './waiting.ts';

interface Parts {
  readonly log: PanelLog;
  readonly desk: ApprovalDesk;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly product: Actor;
  /** Milliseconds after which an open question is denied. */
  readonly deadlineMs: () => number | undefined;
}

const LONGEST_SHOWN = 100_000;
const NOTHING = { costUsd: 0, turns: 0 };

/** A gate: waits for a person. Its output is who approved it, and what they said. */
export class ApproveExecutor implements StepExecutor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async execute(work: StepWork): Promise<StepOutcome> {
    const { log, desk, newId } = this.#parts;
    const id = work.pursued.approvalId ?? newId();
    if (work.pursued.approvalId === undefined) {
      work.pursue({ approvalId: id });
    }
    if (log.approvals.get(id) === undefined) {
      this.#ask(id, work);
    }
    this.#answerForNobody(id, work);
    const settled = await untilSettled(log, id, AbortSignal.any([work.signal, work.closing]));
    if (settled === undefined) {
      if (work.signal.aborted) {
        desk.withdraw(id, 'The chain does not need it any more.');
      }
      return { kind: 'stopped', ...NOTHING };
    }
    const { status } = settled;
    const choice =
      status.state === 'answered' ? settled.choices.find(({ id: own }) => own === status.answer.choice) : undefined;
    return status.state === 'answered' && choice?.grants === true
      ? {
          kind: 'succeeded',
          output: { by: describeActor(status.by), message: status.answer.message ?? '' },
          ...NOTHING,
        }
      : { kind: 'failed', failure: toFailure(denied(describeSettled(settled))), isFinal: true, ...NOTHING };
  }

  #ask(id: string, { run, step, scope, deadline }: StepWork): void {
    const { log, clock, deadlineMs } = this.#parts;
    if (!('approve' in step)) {
      throw new Error(`Step ${step.id} is no gate.`);
    }
    const now = clock.now();
    const limit = deadlineMs();
    const ends = [...(limit === undefined ? [] : [now + limit]), ...(deadline === undefined ? [] : [deadline])];
    const approval = gateApproval({
      id,
      chainId: run.id,
      stepId: step.id,
      title: run.command.title,
      folder: run.cwd,
      message: interpolateText(step.approve, scope),
      ...(step.show === undefined ? {} : { shown: cut(interpolateText(step.show, scope)) }),
      now,
      deadline: ends.length === 0 ? undefined : Math.min(...ends),
    });
    log.decide(state => ({
      entries:
        state.approval(id) === undefined
          ? [{ subject: id, facts: [{ type: 'claude-panel.approval.requested', data: { approval } }] }]
          : [],
      value: undefined,
    }));
  }

  /** Only a person can approve, so a chain that runs with nobody to ask goes no further. */
  #answerForNobody(id: string, { run }: StepWork): void {
    const { log, desk, product } = this.#parts;
    const { unattended } = run;
    if (unattended !== 'ask' && log.approvals.get(id)?.status.state === 'pending') {
      const by: Actor = { ...product, surface: 'commandLine', name: `--approve ${unattended}` };
      const message = 'A gate is for a person; the command was started without anyone to ask.';
      desk.answer(id, { choice: 'deny', message }, by);
    }
  }
}

function cut(text: string): string {
  return text.length <= LONGEST_SHOWN
    ? text
    : `${text.slice(0, LONGEST_SHOWN)}\n… ${text.length - LONGEST_SHOWN} more characters are not shown.`;
}
