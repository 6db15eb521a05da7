import type { NewId } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { type Failure, toFailure } from '../../base/panelError.ts';
import type { StepOutput } from '../../core/catalog/commandSchema.ts';
import { interpolatePrompt, serverNames } from '../../core/catalog/interpolation.ts';
import { tighterLimits, type WorkLimits } from '../../core/catalog/tighterLimits.ts';
import { notApproved, taskEnded } from '../../core/chains/chainErrors.ts';
import { fitting, outputFromText, schemaOf } from '../../core/chains/stepOutput.ts';
import type { StepExecutor, StepOutcome, StepWork } from '../../core/chains/stepWork.ts';
import { type Actor, describeActor } from '../../core/events/actor.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';
import type { Task } from '../../core/tasks/task.ts';
import { TaskError } from '../../core/tasks/taskErrors.ts';
import type { TaskService } from '../../core/tasks/taskService.ts';
import type { StartOutcome, StartTask } from '../panelServices.ts';
import { outputFiles } from './outputFiles.ts';
import { untilSettled, untilTaskEnds } from './waiting.ts';

interface Parts {
  readonly log: PanelLog;
  readonly tasks: TaskService;
  readonly start: (input: StartTask) => Promise<StartOutcome>;
  readonly newId: NewId;
  readonly product: Actor;
  /** What becomes of tasks that a closing window set aside. */
  readonly afterReload: () => 'continue' | 'pause';
}

/** What a task is started with, by a `prompt` step or by a command whose body is a prompt. */
interface PromptOrder {
  /** Filled in. */
  readonly prompt: string;
  readonly title: string;
  readonly profile?: string | undefined;
  /** Names of servers of the folder, besides those of the profile. */
  readonly mcpServers?: readonly string[];
  readonly limits: WorkLimits;
  readonly output?: StepOutput | undefined;
  /** It must not run without a snapshot before it. */
  readonly requiresSnapshot?: boolean;
}

const NOTHING = { costUsd: 0, turns: 0 };

/** A prompt becomes a task of its own, which whoever owns the chain waits for. */
export class PromptExecutor implements StepExecutor {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  execute(work: StepWork): Promise<StepOutcome> {
    const { run, step, scope, item } = work;
    if (!('prompt' in step)) {
      throw new Error(`Step ${step.id} has no prompt.`);
    }
    const place = item === undefined ? '' : ` (${item + 1})`;
    return this.follow(work, () => ({
      prompt: interpolatePrompt(step.prompt, scope),
      title: `${run.command.title}: ${step.title ?? step.id}${place}`,
      profile: step.profile ?? run.command.profile,
      mcpServers: serverNames(step.mcp, scope),
      limits: tighterLimits(step.limits, work.limits),
      output: step.output,
    }));
  }

  /** Starts the task, or finds the one that an earlier owner started, and waits for it. */
  async follow(work: StepWork, makeOrder: () => PromptOrder): Promise<StepOutcome> {
    const { log, newId } = this.#parts;
    const order = makeOrder();
    const id = work.pursued.taskId ?? newId();
    if (work.pursued.taskId === undefined) {
      work.pursue({ taskId: id });
    }
    if (log.tasks.get(id) === undefined) {
      const refused = await this.#start(id, order, work);
      if (refused !== undefined) {
        return refused;
      }
    }
    const either = AbortSignal.any([work.signal, work.closing]);
    const ended = await untilTaskEnds(log, id, either, task => {
      tell(work, task);
      this.#goOn(task);
    });
    if (ended !== undefined) {
      return this.#outcomeOf(ended, order, work);
    }
    return work.signal.aborted ? this.#stop(id, work) : { kind: 'stopped', ...NOTHING };
  }

  /** Nothing when it is started; else why not. What its profile brings along from the folder is approved first. */
  async #start(id: string, order: PromptOrder, work: StepWork): Promise<StepOutcome | undefined> {
    const { log, start } = this.#parts;
    const { run, signal, closing } = work;
    const either = AbortSignal.any([signal, closing]);
    for (;;) {
      if (either.aborted) {
        return { kind: 'stopped', ...NOTHING };
      }
      const started = await start({
        id,
        prompt: order.prompt,
        title: order.title,
        cwd: run.cwd,
        limits: order.limits,
        unattended: run.unattended,
        by: run.by,
        ownProcessOnly: true,
        chainId: run.id,
        ...(order.mcpServers === undefined ? {} : { mcpServers: order.mcpServers }),
        ...(order.requiresSnapshot === true ? { requiresSnapshot: true } : {}),
        ...(order.profile === undefined ? {} : { profile: order.profile }),
        ...optionalSchema(order),
      });
      if (started.kind === 'started') {
        return undefined;
      }
      const refusal = {
        kind: 'failed',
        failure: toFailure(notApproved('What files of this folder would start or grant')),
        isFinal: true,
        ...NOTHING,
      } as const;
      if (run.unattended !== 'ask') {
        return refusal;
      }
      work.pursue({ approvalId: started.approvalId });
      const settled = await untilSettled(log, started.approvalId, either);
      if (
        settled?.status.state === 'expired' ||
        (settled?.status.state === 'answered' && settled.status.answer.choice !== 'approveContent')
      ) {
        return refusal;
      }
    }
  }

  /** A task whose process went is continued here, or taken from the queue: the chain waits for it. */
  #goOn({ id, status, reservedFor }: Task): void {
    const { tasks, product, afterReload } = this.#parts;
    const goesOn =
      status.state === 'paused' &&
      (status.cause === 'hostLost' || (status.cause === 'hostClosed' && afterReload() === 'continue'));
    // One that had done nothing yet was put back into the queue, where a program that was started for this takes none.
    const isOthers = status.state === 'queued' && reservedFor !== product.hostId;
    if (!goesOn && !isOthers) {
      return;
    }
    try {
      tasks.continue(id, product, undefined, product.hostId);
    } catch (error) {
      // Somebody else was quicker.
      if (!(error instanceof TaskError && error.reason === 'notPossibleNow')) {
        throw error;
      }
    }
  }

  async #stop(id: string, { run, closing }: StepWork): Promise<StepOutcome> {
    const { log, tasks, product } = this.#parts;
    const stopping = log.chains.get(run.id)?.status;
    const by = stopping?.state === 'running' ? (stopping.stopping?.by ?? product) : product;
    tasks.stop(id, by);
    const task = await untilTaskEnds(log, id, closing);
    return { kind: 'stopped', ...(task === undefined ? NOTHING : useOf(task)) };
  }

  async #outcomeOf(task: Task, order: PromptOrder, { run }: StepWork): Promise<StepOutcome> {
    const use = useOf(task);
    if (task.status.state !== 'succeeded') {
      return { kind: 'failed', ...use, ...failureOf(task) };
    }
    try {
      return { kind: 'succeeded', ...use, output: await outputOf(task.status, order.output, run.cwd) };
    } catch (error) {
      return { kind: 'failed', ...use, failure: toFailure(error), isFinal: false };
    }
  }
}

function optionalSchema({ output }: PromptOrder): Pick<StartTask, 'jsonSchema'> {
  const jsonSchema = schemaOf(output);
  return jsonSchema === undefined ? {} : { jsonSchema };
}

async function outputOf(
  status: Extract<Task['status'], { readonly state: 'succeeded' }>,
  output: StepOutput | undefined,
  cwd: string,
): Promise<JsonValue> {
  if (typeof output === 'object' && 'files' in output) {
    return [...(await outputFiles(cwd, output.files))];
  }
  const schema = schemaOf(output);
  return schema !== undefined && status.structuredOutput !== undefined
    ? fitting(schema, status.structuredOutput)
    : outputFromText(output, status.result);
}

function tell(work: StepWork, task: Task): void {
  work.spend(useOf(task));
  work.report(task.activity);
}

function useOf({ costUsd, turns }: Task): { readonly costUsd: number; readonly turns: number } {
  return { costUsd, turns };
}

function failureOf({ status }: Task): { readonly failure: Failure; readonly isFinal: boolean } {
  switch (status.state) {
    case 'failed':
      return { failure: status.failure, isFinal: false };
    case 'timedOut':
      return { failure: toFailure(taskEnded(`used up its ${status.minutes} minutes`)), isFinal: false };
    case 'overBudget': {
      const limit = status.limit === 'usd' ? `${status.limitValue} US dollars` : `${status.limitValue} model rounds`;
      return { failure: toFailure(taskEnded(`used up its limit of ${limit}`)), isFinal: true };
    }
    case 'stopped':
      return { failure: toFailure(taskEnded(`was stopped by ${describeActor(status.by)}`)), isFinal: true };
    default:
      return { failure: toFailure(taskEnded(`is ${status.state}`)), isFinal: true };
  }
}
