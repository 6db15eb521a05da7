import type { ChainFact, CreatedChain } from './chainFact.ts';
import {
  type ChainRun,
  type ChainUse,
  isChainOver,
  type Spent,
  type StepItem,
  type StepStatus,
  type WorkStatus,
} from './chainRun.ts';
import { isFatal, stepOf, stepsOf, withFollowers } from './graph.ts';

/**
 * The only place where a chain's state changes. Pure: the same facts give the same chain.
 * `at` is the time of the event in milliseconds since the epoch. Facts that make no sense in the present state change nothing.
 */
export function reduceChain(
  run: ChainRun | undefined,
  id: string,
  fact: { readonly type: string; readonly data: unknown },
  at: number,
): ChainRun | undefined {
  const known = fact as ChainFact;
  if (known.type === 'claude-panel.chain.created') {
    return run ?? createChain(id, known.data, at);
  }
  return run === undefined ? undefined : timed(run, reduceKnown(run, known, at), at);
}

function createChain(id: string, data: CreatedChain, at: number): ChainRun {
  return {
    ...data,
    id,
    created: at,
    status: { state: 'queued' },
    steps: Object.fromEntries(stepsOf(data.command).map(step => [step.id, { state: 'waiting' }])),
    round: 0,
    costUsd: 0,
    turns: 0,
    workedMs: 0,
  };
}

function reduceKnown(
  run: ChainRun,
  fact: Exclude<ChainFact, { type: 'claude-panel.chain.created' }>,
  at: number,
): ChainRun {
  const { status } = run;
  if (fact.type === 'claude-panel.chain.stepReset') {
    return resetStep(run, fact.data);
  }
  if (isChainOver(status)) {
    return run;
  }
  switch (fact.type) {
    case 'claude-panel.chain.leased':
      return {
        ...run,
        status: { ...(status.state === 'running' ? status : {}), state: 'running', owner: fact.data.owner },
        // The time in which nobody worked on it is no work.
        ...(run.workingSince === undefined ? {} : { workingSince: at }),
      };
    case 'claude-panel.chain.stopping':
      return status.state === 'running' && status.stopping === undefined
        ? { ...run, status: { ...status, stopping: { by: fact.data.by, since: at } } }
        : run;
    case 'claude-panel.chain.succeeded':
      return { ...run, status: { state: 'succeeded', endedAt: at } };
    case 'claude-panel.chain.failed':
      return { ...run, status: { state: 'failed', endedAt: at, failure: fact.data.failure } };
    case 'claude-panel.chain.stopped':
      return { ...run, status: { state: 'stopped', endedAt: at, by: fact.data.by } };
    default:
      return status.state === 'running' ? reduceOfStep(run, fact, at) : run;
  }
}

type StepFact = Extract<ChainFact, { readonly data: { readonly stepId: string } }>;

function reduceOfStep(
  run: ChainRun,
  fact: Exclude<StepFact, { type: 'claude-panel.chain.stepReset' }>,
  at: number,
): ChainRun {
  const { stepId } = fact.data;
  const status = Object.hasOwn(run.steps, stepId) ? run.steps[stepId] : undefined;
  if (status === undefined) {
    return run;
  }
  const next = reduceStep(status, fact, at);
  if (next === status) {
    return run;
  }
  const used = 'costUsd' in fact.data ? fact.data : { costUsd: 0, turns: 0 };
  return {
    ...run,
    costUsd: run.costUsd + used.costUsd,
    turns: run.turns + used.turns,
    steps: { ...run.steps, [stepId]: next },
  };
}

function reduceStep(
  status: StepStatus,
  fact: Exclude<StepFact, { type: 'claude-panel.chain.stepReset' }>,
  at: number,
): StepStatus {
  if (fact.type === 'claude-panel.chain.stepSkipped') {
    return status.state === 'waiting' ? { state: 'skipped', why: fact.data.why } : status;
  }
  if (status.state === 'skipped') {
    return status;
  }
  if (fact.type === 'claude-panel.chain.stepExpanded') {
    const items = fact.data.items.map((value): StepItem => ({ value, status: { state: 'waiting' } }));
    return status.state === 'waiting'
      ? { state: 'running', attempt: 1, startedAt: at, costUsd: 0, turns: 0, taskIds: [], items }
      : status;
  }
  const { item } = fact.data;
  return item === undefined ? reduceWhole(status, fact, at) : reduceItem(status, item, fact, at);
}

type WorkFact = Exclude<
  StepFact,
  {
    type: 'claude-panel.chain.stepReset' | 'claude-panel.chain.stepSkipped' | 'claude-panel.chain.stepExpanded';
  }
>;

/** A step, or a step with items as a whole. */
function reduceWhole(status: Exclude<StepStatus, { state: 'skipped' }>, fact: WorkFact, at: number): StepStatus {
  const next = reduceWork(status, fact, at);
  if (next === status || status.items === undefined) {
    return next;
  }
  const cutOff = status.items.map(({ value, status: item }) => ({
    value,
    status:
      'endedAt' in item || item.state === 'waiting'
        ? item
        : { ...usedBy(item), state: 'stopped' as const, startedAt: item.startedAt, endedAt: at },
  }));
  return { ...next, items: 'endedAt' in next ? cutOff : status.items };
}

function reduceItem(
  status: Exclude<StepStatus, { state: 'skipped' }>,
  index: number,
  fact: WorkFact,
  at: number,
): StepStatus {
  const item = status.items?.[index];
  if (item === undefined || status.state !== 'running') {
    return status;
  }
  const next = reduceWork(item.status, fact, at);
  if (next === item.status) {
    return status;
  }
  const items = (status.items ?? []).map((other, place) => (place === index ? { ...other, status: next } : other));
  const used = 'costUsd' in fact.data ? fact.data : { costUsd: 0, turns: 0 };
  const taskIds =
    fact.type === 'claude-panel.chain.stepTask' ? withTask(status.taskIds, fact.data.taskId) : status.taskIds;
  return { ...status, items, taskIds, costUsd: status.costUsd + used.costUsd, turns: status.turns + used.turns };
}

function reduceWork(status: WorkStatus, fact: WorkFact, at: number): WorkStatus {
  if (fact.type === 'claude-panel.chain.stepStarted') {
    return 'endedAt' in status
      ? status
      : { ...usedBy(status), state: 'running', attempt: fact.data.attempt, startedAt: at };
  }
  if (
    status.state === 'retrying' &&
    (fact.type === 'claude-panel.chain.stepFailed' || fact.type === 'claude-panel.chain.stepStopped')
  ) {
    return ended(status, fact, at);
  }
  // What cannot even begin fails from waiting, such as a step whose condition cannot be evaluated.
  if (status.state === 'waiting' && fact.type === 'claude-panel.chain.stepFailed') {
    return { ...usedBy(status), state: 'failed', startedAt: at, endedAt: at, failure: fact.data.failure };
  }
  if (status.state !== 'running') {
    return status;
  }
  switch (fact.type) {
    case 'claude-panel.chain.stepTask':
      return { ...status, taskId: fact.data.taskId, taskIds: withTask(status.taskIds, fact.data.taskId) };
    case 'claude-panel.chain.stepAsked':
      return { ...status, approvalId: fact.data.approvalId };
    case 'claude-panel.chain.stepChain':
      return { ...status, chainId: fact.data.chainId };
    case 'claude-panel.chain.stepRetrying': {
      const { attempt, nextAt, failure } = fact.data;
      return {
        ...added(usedBy(status), fact.data),
        state: 'retrying',
        attempt,
        startedAt: status.startedAt,
        nextAt,
        failure,
      };
    }
    case 'claude-panel.chain.stepSucceeded':
    case 'claude-panel.chain.stepFailed':
    case 'claude-panel.chain.stepStopped':
      return ended(status, fact, at);
    default:
      // Written by a newer version.
      return status;
  }
}

function ended(
  status: Extract<WorkStatus, { readonly state: 'running' | 'retrying' }>,
  fact: Extract<
    WorkFact,
    { type: 'claude-panel.chain.stepSucceeded' | 'claude-panel.chain.stepFailed' | 'claude-panel.chain.stepStopped' }
  >,
  at: number,
): WorkStatus {
  const common = { ...added(usedBy(status), fact.data), startedAt: status.startedAt, endedAt: at };
  switch (fact.type) {
    case 'claude-panel.chain.stepSucceeded':
      return { ...common, state: 'succeeded', output: fact.data.output };
    case 'claude-panel.chain.stepFailed':
      return { ...common, state: 'failed', failure: fact.data.failure };
    case 'claude-panel.chain.stepStopped':
      return { ...common, state: 'stopped' };
  }
}

/** The chain waits for an owner again, with a fresh budget: a person wanted it. */
function resetStep(run: ChainRun, data: { readonly stepId: string; readonly reservedFor?: string }): ChainRun {
  const steps = stepsOf(run.command);
  if (stepOf(run, data.stepId) === undefined) {
    return run;
  }
  const again = withFollowers(steps, data.stepId);
  const { costUsd, turns, workedMs, reservedFor: _before, ...rest } = run;
  return {
    ...rest,
    costUsd,
    turns,
    workedMs,
    round: isChainOver(run.status) ? run.round + 1 : run.round,
    usedBefore: { costUsd, turns, workedMs },
    ...(data.reservedFor === undefined ? {} : { reservedFor: data.reservedFor }),
    status: isChainOver(run.status) ? { state: 'queued' } : run.status,
    steps: Object.fromEntries(
      Object.entries(run.steps).map(([id, status]): [string, StepStatus] => {
        const step = steps.find(other => other.id === id);
        const isCutOff =
          status.state === 'stopped' || (status.state === 'failed' && step !== undefined && isFatal(step));
        return [id, again.has(id) || isCutOff ? { state: 'waiting' } : status];
      }),
    ),
  };
}

/** Keeps the time in which steps worked; one that only waits for a person does not work. */
function timed(before: ChainRun, after: ChainRun, at: number): ChainRun {
  if (after === before) {
    return before;
  }
  const works = !isChainOver(after.status) && isWorking(after);
  if (works === (after.workingSince !== undefined)) {
    return after;
  }
  const { workingSince, ...rest } = after;
  return works
    ? { ...rest, workingSince: at }
    : { ...rest, workedMs: after.workedMs + Math.max(0, at - (workingSince ?? at)) };
}

function isWorking(run: ChainRun): boolean {
  return stepsOf(run.command).some(step => run.steps[step.id]?.state === 'running' && !('approve' in step));
}

export function useOf(run: ChainRun, now: number): ChainUse {
  const { costUsd, turns, workedMs } = run.usedBefore ?? { costUsd: 0, turns: 0, workedMs: 0 };
  const present = run.workingSince === undefined ? 0 : Math.max(0, now - run.workingSince);
  return { costUsd: run.costUsd - costUsd, turns: run.turns - turns, workedMs: run.workedMs + present - workedMs };
}

function usedBy(status: WorkStatus): Spent {
  return status.state === 'waiting'
    ? { costUsd: 0, turns: 0, taskIds: [] }
    : { costUsd: status.costUsd, turns: status.turns, taskIds: status.taskIds };
}

function added(spent: Spent, used: { readonly costUsd: number; readonly turns: number }): Spent {
  return { ...spent, costUsd: spent.costUsd + used.costUsd, turns: spent.turns + used.turns };
}

function withTask(taskIds: readonly string[], id: string): readonly string[] {
  return taskIds.includes(id) ? taskIds : [...taskIds, id];
}
