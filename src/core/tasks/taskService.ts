import type { Clock } from '../../base/clock.ts';
import type { NewId } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Actor } from '../events/actor.ts';
import type { LaunchProfile } from '../profiles/launchProfile.ts';
import { reportedTotals } from './forkBaseline.ts';
import { pointBeforeLastRun } from './forkPoint.ts';
import type { PanelLog } from './panelLog.ts';
import { type FollowUp, type ForkOrigin, isFinal, isLive, type Task, type TaskLimits } from './task.ts';
import { emptyPrompt, noSession, notPossibleNow, promptTooLong, unknownTask } from './taskErrors.ts';
import type { TaskFact } from './taskFact.ts';
import type { TaskRequestBody, TaskRequests } from './taskRequest.ts';
import { titleFromPrompt } from './taskTitle.ts';

const LONGEST_PROMPT = 200_000;

interface NewTask {
  readonly prompt: string;
  readonly title?: string;
  readonly cwd: string;
  readonly profile: LaunchProfile;
  readonly limits: TaskLimits;
  readonly rehearsal: boolean;
  readonly unattended: 'ask' | 'allow' | 'deny';
  readonly reservedFor?: string;
  /** It is not run when no snapshot can be taken before. */
  readonly requiresSnapshot?: true;
  /** The JSON Schema that its result has to fit. */
  readonly jsonSchema?: JsonObject;
}

/**
 * What a person can do with tasks, from any process: facts go into the log, wishes for the owner into the requests.
 * Every method that names a task throws TaskError `unknownTask` when it is not there.
 */
export class TaskService {
  readonly #log: PanelLog;
  readonly #requests: TaskRequests;
  readonly #clock: Clock;
  readonly #newTaskId: NewId;
  readonly #newUuid: NewId;

  constructor(parts: {
    readonly log: PanelLog;
    readonly requests: TaskRequests;
    readonly clock: Clock;
    readonly newTaskId: NewId;
    readonly newUuid: NewId;
  }) {
    this.#log = parts.log;
    this.#requests = parts.requests;
    this.#clock = parts.clock;
    this.#newTaskId = parts.newTaskId;
    this.#newUuid = parts.newUuid;
  }

  /**
   * Puts a task into the queue. With an id that is there already, that task is given back and nothing is made.
   * @throws TaskError `emptyPrompt`, `promptTooLong`.
   */
  create(input: NewTask, by: Actor, id?: string): Task {
    return this.#create({ ...input, prompt: checkText(input.prompt) }, by, { id });
  }

  /**
   * A new task that starts from the whole conversation of another one. `reservedFor` is a host.
   * @throws TaskError `noSession`.
   */
  fork(id: string, prompt: string, by: Actor, reservedFor?: string): Task {
    const task = this.#copied(id);
    if (task.sessionId === undefined || !task.sessionStarted) {
      throw noSession();
    }
    return this.#fork(task, prompt, by, { sessionId: task.sessionId, reservedFor });
  }

  /**
   * The same from the conversation as it was before the last run of the task: with what that did undone, Claude should
   * not believe that it is there. @throws TaskError `noSession`, `nothingBefore`.
   */
  forkBeforeLastRun(id: string, prompt: string, by: Actor, reservedFor?: string): Task {
    const task = this.#copied(id);
    return this.#fork(task, prompt, by, { ...pointBeforeLastRun(task), reservedFor });
  }

  /** The same prompt, profile and folder once more, as a new task. `reservedFor` is a host. */
  runAgain(id: string, by: Actor, reservedFor?: string): Task {
    const { prompt, title, titleIsGiven, cwd, profile, limits, rehearsal, unattended, ...more } = this.#copied(id);
    const given = {
      ...(more.requiresSnapshot === true ? { requiresSnapshot: true as const } : {}),
      ...(titleIsGiven ? { title } : {}),
      ...(more.jsonSchema === undefined ? {} : { jsonSchema: more.jsonSchema }),
      ...(reservedFor === undefined ? {} : { reservedFor }),
    };
    return this.#create({ prompt, cwd, profile, limits, rehearsal, unattended, ...given }, by);
  }

  get(id: string): Task {
    const task = this.#log.tasks.get(id);
    if (task === undefined) {
      throw unknownTask(id);
    }
    return task;
  }

  /**
   * Says something to a task: into the running turn, into the queue of one that waits or is paused,
   * or as the next message of a finished task's session, which then goes on, with `reservedFor` only on that host.
   */
  sendMessage(id: string, text: string, by: Actor, reservedFor?: string): FollowUp {
    const message: FollowUp = { id: this.#newUuid(), text: checkText(text), by, state: 'queued' };
    this.#decide(id, task => {
      if (!isFinal(task.status)) {
        return [{ type: 'claude-panel.task.messageQueued', data: { message } }];
      }
      if (!task.sessionStarted) {
        throw noSession();
      }
      const reserved = reservedFor === undefined ? {} : { reservedFor };
      return [{ type: 'claude-panel.task.continued', data: { by, message, ...reserved } }];
    });
    this.#request(id, { kind: 'deliver' }, by);
    return message;
  }

  /**
   * Changes a message that Claude has not read yet. One that is on its way is called back by the owner and sent anew.
   * @throws TaskError `notPossibleNow` when Claude has it already.
   */
  editMessage(id: string, messageId: string, text: string, by: Actor): void {
    const newText = checkText(text);
    this.#changeMessage(
      id,
      messageId,
      by,
      { type: 'claude-panel.task.messageEdited', data: { messageId, text: newText } },
      newText,
    );
  }

  /** @throws TaskError `notPossibleNow` when Claude has it already. */
  withdrawMessage(id: string, messageId: string, by: Actor): void {
    this.#changeMessage(id, messageId, by, { type: 'claude-panel.task.messageWithdrawn', data: { messageId } });
  }

  /** Stops a task. One that no process runs ends at once; for the others the owner climbs down its ladder. */
  stop(id: string, by: Actor): void {
    this.#decide(id, task => {
      if (isFinal(task.status) || isLive(task.status)) {
        return [];
      }
      const withdrawn = task.pendingApprovals.map(
        ({ id: approvalId }) =>
          ({
            type: 'claude-panel.approval.withdrawn',
            data: { approvalId, at: this.#clock.now(), why: 'The task was stopped.' },
          }) as const,
      );
      return [...withdrawn, { type: 'claude-panel.task.stopped', data: { by, leftOver: 0 } }];
    });
    this.#request(id, { kind: 'stop' }, by);
  }

  /** Settles the turn, keeps the session and frees the process. */
  pause(id: string, by: Actor): void {
    this.#decide(id, task => {
      if (isFinal(task.status)) {
        throw notPossibleNow('Pausing', task.status.state);
      }
      return task.status.state === 'queued'
        ? [{ type: 'claude-panel.task.paused', data: { cause: 'person', by } }]
        : [];
    });
    this.#request(id, { kind: 'pause' }, by);
  }

  /**
   * Puts a paused task, or a finished one whose session is there, back into the queue; with `reservedFor` only for that
   * host, also when it is queued already.
   */
  continue(id: string, by: Actor, text?: string, reservedFor?: string): void {
    const message: FollowUp | undefined =
      text === undefined ? undefined : { id: this.#newUuid(), text: checkText(text), by, state: 'queued' };
    this.#decide(id, task => {
      const isOnlyReserved = task.status.state === 'queued' && reservedFor !== undefined;
      if (task.status.state !== 'paused' && !isFinal(task.status) && !isOnlyReserved) {
        throw notPossibleNow('Continuing', task.status.state);
      }
      if (isFinal(task.status) && !task.sessionStarted) {
        throw noSession();
      }
      const data = {
        by,
        ...(message === undefined ? {} : { message }),
        ...(reservedFor === undefined ? {} : { reservedFor }),
      };
      return [{ type: 'claude-panel.task.continued', data }];
    });
  }

  stopAgent(id: string, agentId: string, by: Actor): void {
    this.get(id);
    this.#request(id, { kind: 'stopAgent', agentId }, by);
  }

  /** @throws TaskError `notPossibleNow` when no process runs the task. */
  reconnectServer(id: string, server: string, by: Actor): void {
    const { status } = this.get(id);
    if (!isLive(status)) {
      throw notPossibleNow('Reconnecting an MCP server', status.state);
    }
    this.#request(id, { kind: 'reconnectServer', server }, by);
  }

  rename(id: string, title: string, by: Actor): void {
    const given = titleFromPrompt(checkText(title));
    this.#decide(id, () => [{ type: 'claude-panel.task.renamed', data: { title: given, by } }]);
  }

  archive(id: string, by: Actor): void {
    this.#decide(id, task => {
      if (isLive(task.status)) {
        throw notPossibleNow('Archiving', task.status.state);
      }
      return task.archived ? [] : [{ type: 'claude-panel.task.archived', data: { by } }];
    });
  }

  unarchive(id: string, by: Actor): void {
    this.#decide(id, task => (task.archived ? [{ type: 'claude-panel.task.unarchived', data: { by } }] : []));
  }

  markRead(id: string): void {
    this.#decide(id, task => (task.read ? [] : [{ type: 'claude-panel.task.read', data: {} }]));
  }

  /** A task as a copy may begin from it: what a person confirmed was one task, not its copies. */
  #copied(id: string): Task {
    const task = this.get(id);
    const { confirmedBy: _confirmedBy, ...profile } = task.profile;
    return { ...task, profile };
  }

  #create(
    input: NewTask,
    by: Actor,
    more: { readonly id?: string | undefined; readonly forkOf?: ForkOrigin } = {},
  ): Task {
    const { id = this.#newTaskId(), forkOf } = more;
    const { title, ...rest } = input;
    const data = {
      ...rest,
      title: title === undefined ? titleFromPrompt(input.prompt) : titleFromPrompt(title),
      titleIsGiven: title !== undefined,
      promptId: this.#newUuid(),
      by,
      ...(forkOf === undefined ? {} : { forkOf }),
    };
    this.#log.decide(state => ({
      entries:
        state.task(id) === undefined ? [{ subject: id, facts: [{ type: 'claude-panel.task.created', data }] }] : [],
      value: undefined,
    }));
    return this.get(id);
  }

  #fork(
    task: Task,
    prompt: string,
    by: Actor,
    from: { readonly sessionId: string; readonly line?: string; readonly reservedFor: string | undefined },
  ): Task {
    const { id, cwd, profile, limits, rehearsal, unattended, requiresSnapshot, title } = task;
    const { sessionId, line, reservedFor } = from;
    const required = requiresSnapshot === true ? { requiresSnapshot } : {};
    const reserved = reservedFor === undefined ? {} : { reservedFor };
    const kept = line === undefined ? {} : { line };
    return this.#create(
      { prompt: checkText(prompt), cwd, profile, limits, rehearsal, unattended, ...required, ...reserved },
      by,
      { forkOf: { taskId: id, title, sessionId, ...kept, ...reportedTotals(task) } },
    );
  }

  #decide(
    id: string,
    decision: (task: Task) => readonly Parameters<PanelLog['append']>[0][number]['facts'][number][],
  ): void {
    this.#log.decide(state => {
      const task = state.task(id);
      if (task === undefined) {
        throw unknownTask(id);
      }
      const facts = decision(task);
      return { entries: facts.length === 0 ? [] : [{ subject: id, facts }], value: undefined };
    });
  }

  #changeMessage(id: string, messageId: string, by: Actor, fact: TaskFact, replacement?: string): void {
    let isOnItsWay = false;
    this.#decide(id, task => {
      const message = task.followUps.find(other => other.id === messageId);
      if (message === undefined || message.state === 'delivered') {
        throw notPossibleNow('Changing this message', 'already working on it');
      }
      isOnItsWay = message.state === 'sent';
      return isOnItsWay ? [] : [fact];
    });
    if (isOnItsWay) {
      this.#request(
        id,
        { kind: 'recallMessage', messageId, ...(replacement === undefined ? {} : { replacement }) },
        by,
      );
    }
  }

  #request(taskId: string, body: TaskRequestBody, by: Actor): void {
    const task = this.#log.tasks.get(taskId);
    if (task !== undefined && isLive(task.status)) {
      this.#requests.add({ id: this.#newUuid(), taskId, body, by, created: this.#clock.now() });
    }
  }
}

function checkText(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw emptyPrompt();
  }
  if (trimmed.length > LONGEST_PROMPT) {
    throw promptTooLong(trimmed.length, LONGEST_PROMPT);
  }
  return trimmed;
}
