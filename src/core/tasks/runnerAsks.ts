import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { NewId } from '../../base/ids.ts';
import type { Approval, ApprovalAnswer, ApprovalChoice } from '../approvals/approval.ts';
import { approvalFromAsk, askFingerprint, type PersonAsk } from '../approvals/approvalFromAsk.ts';
import { claudeAnswerFor } from '../approvals/claudeAnswerFor.ts';
import { isAllowedForTask, rulesOfTask } from '../approvals/taskRules.ts';
import type { ClaudeAsk } from '../claude/claudeAsk.ts';
import type { Actor } from '../events/actor.ts';
import type { ApprovalDesk } from './approvalDesk.ts';
import type { PanelLog } from './panelLog.ts';
import type { Task } from './task.ts';
import type { TaskFact, TaskLogFact } from './taskFact.ts';
import type { TaskSession } from './taskSession.ts';
import { WaitTimes } from './waitTimes.ts';

interface RunnerAsksParts {
  readonly log: PanelLog;
  readonly desk: ApprovalDesk;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly session: TaskSession;
  readonly task: () => Task;
  /** Appends facts after everything that was reported before. */
  readonly emit: (facts: readonly TaskLogFact[]) => void;
  readonly deadlineMs: number | undefined;
  readonly product: Actor;
  readonly onProblem: (error: unknown) => void;
}

/** Carries questions between one Claude Code process and the approvals of its task. */
export class RunnerAsks implements Disposable {
  readonly #parts: RunnerAsksParts;
  /** Approval id → what the living process asked and waits for. */
  readonly #waiting = new Map<string, PersonAsk>();
  readonly #times = new WaitTimes();
  /** Asked of an earlier process of this task, and answered meanwhile or still open. */
  readonly #carried: Approval[];
  /** Allowed for the task while earlier processes worked on it. */
  readonly #rules: ReadonlySet<string>;
  readonly #subscription: Disposable;

  constructor(parts: RunnerAsksParts) {
    this.#parts = parts;
    const task = parts.task();
    const since = task.suspended?.at ?? Number.POSITIVE_INFINITY;
    const earlier = parts.log.approvals.ofTask(task.id);
    this.#rules = rulesOfTask(earlier);
    this.#carried = earlier.filter(
      ({ status }) => status.state === 'pending' || (status.state !== 'withdrawn' && status.at >= since),
    );
    this.#subscription = parts.log.onDidCommit(({ approvals }) => {
      for (const approval of approvals) {
        this.#pass(approval);
      }
    });
  }

  take(ask: ClaudeAsk): void {
    if (ask.kind === 'hook') {
      this.#parts.session.answerAsk(ask.requestId, { behavior: 'hook', output: {} });
      return;
    }
    if ('toolUseId' in ask) {
      this.#times.began(ask.toolUseId, this.#parts.clock.now());
    }
    const fingerprint = askFingerprint(ask);
    const index = this.#carried.findIndex(approval => approval.fingerprint === fingerprint);
    const [carried] = index < 0 ? [] : this.#carried.splice(index, 1);
    if (carried !== undefined) {
      this.#waiting.set(carried.id, ask);
      const known = this.#parts.log.approvals.get(carried.id) ?? carried;
      if (known.status.state === 'pending') {
        // The row is the old one; the task waits for it once more.
        this.#parts.emit([{ type: 'claude-panel.approval.requested', data: { approval: known } }]);
      }
      this.#pass(known);
      return;
    }
    this.#request(ask);
  }

  /** Adds how long a call waited for a person to the fact that ends it. */
  withWait(fact: TaskFact): TaskFact {
    return this.#times.tell(fact);
  }

  /** Claude Code does not wait for it any more. */
  takeBack(requestId: string): void {
    const known = [...this.#waiting].find(([, ask]) => ask.requestId === requestId);
    if (known !== undefined) {
      this.#waiting.delete(known[0]);
      this.#parts.desk.withdraw(known[0], 'Claude Code took the question back.');
    }
  }

  /** Nobody will need the questions of the earlier process any more. */
  dropCarried(why: string): void {
    for (const { id } of this.#carried.splice(0)) {
      this.#parts.desk.withdraw(id, why);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#waiting.clear();
  }

  #request(ask: PersonAsk): void {
    const { clock, newId, deadlineMs } = this.#parts;
    const task = this.#parts.task();
    const agentId = 'agentId' in ask ? ask.agentId : undefined;
    const agent =
      agentId === undefined ? undefined : (task.agents.find(other => other.id === agentId)?.description ?? agentId);
    const approval = approvalFromAsk(ask, {
      id: newId(),
      taskId: task.id,
      taskTitle: task.title,
      folder: task.cwd,
      permissionMode: task.permissionMode ?? task.profile.permissionMode,
      profile: task.profile.name,
      now: clock.now(),
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      ...(agent === undefined ? {} : { agent }),
    });
    this.#waiting.set(approval.id, ask);
    // With a full disk the row comes later; what follows from it waits for its commit.
    this.#parts.emit([{ type: 'claude-panel.approval.requested', data: { approval } }]);
  }

  /** Hands on the answer of an approval that the process waits for. */
  #pass(approval: Approval): void {
    const ask = this.#waiting.get(approval.id);
    if (ask !== undefined && approval.status.state === 'pending') {
      this.#answerAtOnce(approval);
      return;
    }
    const answer = ask === undefined ? undefined : claudeAnswerFor(approval);
    if (ask !== undefined && answer !== undefined) {
      this.#waiting.delete(approval.id);
      if ('toolUseId' in ask) {
        this.#times.ended(ask.toolUseId, this.#parts.clock.now());
      }
      this.#parts.session.answerAsk(ask.requestId, answer);
    }
  }

  #answerAtOnce(approval: Approval): void {
    const { product } = this.#parts;
    const task = this.#parts.task();
    const unattended = unattendedAnswer(task, approval);
    if (unattended !== undefined) {
      this.#answer(approval, unattended, {
        ...product,
        surface: 'commandLine',
        name: `--approve ${task.unattended}`,
      });
    } else if (isAllowedForTask(approval, this.#rules)) {
      this.#answer(approval, { choice: 'allowTask' }, { ...product, name: 'allowed for this task before' });
    }
  }

  #answer(approval: Approval, answer: ApprovalAnswer, by: Actor): void {
    try {
      this.#parts.desk.answer(approval.id, answer, by);
    } catch (error) {
      // The question stays open: a person can still answer it.
      this.#parts.onProblem(error);
    }
  }
}

/** What is answered at once when the task was started with nobody to ask. */
function unattendedAnswer(task: Task, approval: Approval): ApprovalAnswer | undefined {
  if (task.unattended === 'ask') {
    return undefined;
  }
  const needsPerson = approval.subject.kind === 'tool' && approval.subject.requiresUser === true;
  const fits = (choice: ApprovalChoice): boolean =>
    task.unattended === 'allow' && !needsPerson
      ? choice.grants && choice.updates.length === 0 && choice.id !== 'submitAnswers' && choice.id !== 'submitForm'
      : false;
  const granted = approval.choices.find(fits);
  if (granted !== undefined) {
    return { choice: granted.id };
  }
  const refused = approval.choices.find(choice => !choice.grants);
  return refused === undefined
    ? undefined
    : { choice: refused.id, message: 'Nobody is there to answer; the task was started without anyone to ask.' };
}
