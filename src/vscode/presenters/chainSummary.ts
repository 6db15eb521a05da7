import { visibleText } from '../../base/visibleText.ts';
import { type ChainRun, isChainOver, isDone, type StepStatus } from '../../core/chains/chainRun.ts';
import { stepsOf } from '../../core/chains/graph.ts';
import type { Task } from '../../core/tasks/task.ts';
import type { ChainSummary } from '../../protocol/chainView.ts';
import { oneLine } from './shownText.ts';
import { shownFailure } from './taskSummary.ts';

const LONGEST_LINE = 200;
/** Names of running steps in the line of a chain. */
const NAMED_STEPS = 2;
const NOT_BEGUN: StepStatus = { state: 'waiting' };

/** What a chain's view takes from elsewhere. */
export interface ChainSurroundings {
  readonly taskOf: (id: string) => Task | undefined;
  /** This process: what another one runs is marked as such. */
  readonly hostId: string | undefined;
}

export function presentChain(run: ChainRun, surroundings: ChainSurroundings): ChainSummary {
  const { status, command } = run;
  const steps = stepsOf(command);
  const asks = steps.filter(step => asksPerson(run.steps[step.id], surroundings)).length;
  const owner = status.state === 'running' ? status.owner : undefined;
  return {
    id: run.id,
    title: oneLine(command.title, LONGEST_LINE),
    command: visibleText(command.fullName),
    state: status.state,
    activity: oneLine(activityOf(run, asks), LONGEST_LINE),
    created: run.created,
    ...(isChainOver(status) ? { ended: status.endedAt } : {}),
    costUsd: run.costUsd + runningCost(run, surroundings),
    stepsDone: steps.filter(({ id }) => isDone(run.steps[id] ?? NOT_BEGUN)).length,
    stepsTotal: steps.length,
    pendingApprovals: asks,
    taskIds: steps.flatMap(({ id }) => tasksOf(run.steps[id])),
    stopping: status.state === 'running' && status.stopping !== undefined,
    ...(owner !== undefined && surroundings.hostId !== undefined && owner.hostId !== surroundings.hostId
      ? { ownedElsewhere: `${owner.surface} (pid ${owner.pid})` }
      : {}),
    ...(status.state === 'failed' ? { failure: shownFailure(status.failure) } : {}),
    ...(run.parent === undefined ? {} : { parentId: run.parent.chainId }),
  };
}

/** Whether a step waits for a person: a gate, or a task of it that asks something. */
export function asksPerson(status: StepStatus | undefined, { taskOf }: ChainSurroundings): boolean {
  return runningParts(status).some(
    ({ approvalId, taskId }) =>
      approvalId !== undefined || (taskId !== undefined && (taskOf(taskId)?.pendingApprovals.length ?? 0) > 0),
  );
}

/** What the tasks that run now have cost; what has ended is in the chain's own sum. */
export function costOfRunning(status: StepStatus | undefined, { taskOf }: ChainSurroundings): number {
  return runningParts(status).reduce(
    (sum, { taskId }) => sum + (taskId === undefined ? 0 : (taskOf(taskId)?.costUsd ?? 0)),
    0,
  );
}

/** Tasks of every attempt and item, in the order in which they began. */
export function tasksOf(status: StepStatus | undefined): readonly string[] {
  return status !== undefined && 'taskIds' in status ? status.taskIds : [];
}

type Running = Extract<StepStatus, { state: 'running' }>;

/** What of a step runs now: itself, or its items. */
export function runningParts(status: StepStatus | undefined): readonly Omit<Running, 'items'>[] {
  if (status?.state !== 'running') {
    return [];
  }
  return status.items === undefined
    ? [status]
    : status.items.flatMap(({ status: item }) => (item.state === 'running' ? [item] : []));
}

function runningCost(run: ChainRun, surroundings: ChainSurroundings): number {
  return Object.values(run.steps).reduce((sum, status) => sum + costOfRunning(status, surroundings), 0);
}

function activityOf(run: ChainRun, asks: number): string {
  const { status } = run;
  switch (status.state) {
    case 'queued':
      return '';
    case 'running':
      return status.stopping !== undefined ? 'Stopping' : asks > 0 ? 'Waits for you' : runningNames(run);
    case 'stopped':
      return `Stopped by ${status.by.name}`;
    case 'succeeded':
    case 'failed':
      return '';
  }
}

function runningNames(run: ChainRun): string {
  const names = stepsOf(run.command)
    .filter(({ id }) => run.steps[id]?.state === 'running' || run.steps[id]?.state === 'retrying')
    .map(step => step.title ?? step.id);
  const more = names.length - NAMED_STEPS;
  return more > 0 ? `${names.slice(0, NAMED_STEPS).join(', ')} and ${more} more` : names.join(', ');
}
