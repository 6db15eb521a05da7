import type { JsonValue } from '../../base/json.ts';
import { type Failure, toFailure } from '../../base/panelError.ts';
import type { GraphStep } from '../catalog/command.ts';
import { overLimit, stepFailed, stuck } from './chainErrors.ts';
import { useOf } from './chainReducer.ts';
import { type ChainRun, hasEnded, type StepStatus, type WorkStatus } from './chainRun.ts';
import { guardedBy, isFatal, recoveryOf, stepsOf } from './graph.ts';
import { durationMs } from './retry.ts';

/** A step, or one item of its `foreach`. */
export interface Work {
  readonly stepId: string;
  readonly item?: number;
}

export type ChainAction =
  | ({ readonly kind: 'start'; readonly attempt: number } & Work)
  | { readonly kind: 'expand'; readonly stepId: string; readonly items: readonly JsonValue[] }
  | { readonly kind: 'skip'; readonly stepId: string; readonly why: string }
  /** A step whose items have all ended. */
  | { readonly kind: 'succeed'; readonly stepId: string; readonly output: JsonValue }
  | { readonly kind: 'fail'; readonly stepId: string; readonly failure: Failure }
  /** Its time is over: it is stopped and has then failed. */
  | ({ readonly kind: 'timeOut' } & Work)
  | ({ readonly kind: 'stop' } & Work)
  | { readonly kind: 'finish'; readonly outcome: ChainOutcome }
  | { readonly kind: 'wait'; readonly until: number };

type ChainOutcome =
  | { readonly state: 'succeeded' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'stopped' };

/** How a step's expressions are read. Both throw a PanelError for one that cannot be. */
export interface Conditions {
  when(run: ChainRun, step: GraphStep): boolean;
  items(run: ChainRun, step: GraphStep): readonly JsonValue[];
}

interface Moment {
  readonly now: number;
  readonly conditions: Conditions;
  /** What the steps that run now have used so far. */
  readonly live: { readonly costUsd: number; readonly turns: number };
}

/** Of one chain: more would only wait for the machine. Gates do not count. */
const MOST_AT_ONCE = 16;
/** Of one `foreach`. */
const MOST_ITEMS_AT_ONCE = 4;

/**
 * What to do next. Pure, but for the conditions that it is given. An action changes the chain, so ask again after it; an empty
 * answer means that only what runs now can change something.
 */
export function nextActions(run: ChainRun, moment: Moment): readonly ChainAction[] {
  if (run.status.state !== 'running') {
    return [];
  }
  const outcome = outcomeOf(run, moment);
  if (outcome !== undefined) {
    const open = openWork(run);
    return open.length > 0 ? open.map(work => ({ kind: 'stop', ...work })) : [{ kind: 'finish', outcome }];
  }
  const steps = stepsOf(run.command);
  const found: ChainAction[] = [];
  let free = MOST_AT_ONCE - steps.reduce((sum, step) => sum + weight(step, run.steps[step.id]), 0);
  for (const step of steps) {
    const actions = actionsOf(run, step, { ...moment, free });
    free -= actions.filter(action => action.kind === 'start').length;
    found.push(...actions);
  }
  const waits = found.flatMap(action => (action.kind === 'wait' ? [action.until] : []));
  const others = found.filter(action => action.kind !== 'wait');
  if (others.length > 0) {
    return others;
  }
  if (waits.length > 0) {
    return [{ kind: 'wait', until: Math.min(...waits, ...limitEnd(run, moment)) }];
  }
  if (openWork(run).length > 0) {
    return limitEnd(run, moment).map(until => ({ kind: 'wait', until }));
  }
  const waiting = steps.filter(step => run.steps[step.id]?.state === 'waiting').map(step => step.id);
  return [{ kind: 'finish', outcome: { state: 'failed', failure: toFailure(stuck(waiting)) } }];
}

/** How the chain ends, as soon as nothing works any more; undefined as long as it goes on. */
function outcomeOf(run: ChainRun, { now, live }: Moment): ChainOutcome | undefined {
  const steps = stepsOf(run.command);
  if (run.status.state === 'running' && run.status.stopping !== undefined) {
    return { state: 'stopped' };
  }
  for (const step of steps) {
    const status = run.steps[step.id];
    if (status?.state === 'failed' && isFatal(step)) {
      return { state: 'failed', failure: toFailure(stepFailed(step.title ?? step.id, status.failure)) };
    }
  }
  const isDone = (status: StepStatus): boolean => hasEnded(status) && status.state !== 'stopped';
  if (steps.every(step => isDone(run.steps[step.id] ?? { state: 'waiting' }))) {
    return { state: 'succeeded' };
  }
  const { costUsd, turns, workedMs } = useOf(run, now);
  const { limits } = run;
  const reached = (['usd', 'turns', 'minutes'] as const).find(limit => {
    const used = { usd: costUsd + live.costUsd, turns: turns + live.turns, minutes: workedMs / 60_000 }[limit];
    return used >= (limits[limit] ?? Number.POSITIVE_INFINITY);
  });
  return reached === undefined
    ? undefined
    : { state: 'failed', failure: toFailure(overLimit(reached, limits[reached] ?? 0)) };
}

/** When the minutes of the chain are over, if it works on. */
function limitEnd(run: ChainRun, { now }: Moment): readonly number[] {
  const { minutes } = run.limits;
  return minutes === undefined || run.workingSince === undefined
    ? []
    : [now + Math.max(0, minutes * 60_000 - useOf(run, now).workedMs)];
}

function actionsOf(run: ChainRun, step: GraphStep, moment: Moment & { readonly free: number }): readonly ChainAction[] {
  const status = run.steps[step.id];
  const { id: stepId } = step;
  if (status === undefined || hasEnded(status) || status.state === 'skipped') {
    return [];
  }
  if (status.state === 'waiting') {
    return isReady(run, step) ? begin(run, step, moment) : [];
  }
  if (status.items !== undefined) {
    return actionsOfItems(step, status, moment);
  }
  return workActions(step, { stepId }, status, moment);
}

function begin(
  run: ChainRun,
  step: GraphStep,
  { conditions, free }: Moment & { readonly free: number },
): readonly ChainAction[] {
  const { id: stepId } = step;
  const guarded = guardedBy(stepsOf(run.command), stepId);
  if (guarded.length > 0 && guarded.every(other => run.steps[other.id]?.state !== 'failed')) {
    return [{ kind: 'skip', stepId, why: 'What it is there for did not fail.' }];
  }
  try {
    if (step.when !== undefined && !conditions.when(run, step)) {
      return [{ kind: 'skip', stepId, why: `Its condition is false: ${step.when}` }];
    }
    if (step.foreach !== undefined) {
      return [{ kind: 'expand', stepId, items: conditions.items(run, step) }];
    }
  } catch (error) {
    return [{ kind: 'fail', stepId, failure: toFailure(error) }];
  }
  return free > 0 || 'approve' in step ? [{ kind: 'start', stepId, attempt: 1 }] : [];
}

/** All before it are over, in a way that lets it go on. */
function isReady(run: ChainRun, step: GraphStep): boolean {
  const guarded = guardedBy(stepsOf(run.command), step.id);
  const letsGoOn = (id: string): boolean => {
    const status = run.steps[id] ?? { state: 'waiting' };
    const needed = stepsOf(run.command).find(other => other.id === id);
    const recovery = needed === undefined ? undefined : recoveryOf(needed);
    const waitsForRecovery = status.state === 'failed' && recovery !== undefined && recovery !== step.id;
    return hasEnded(status) && (!waitsForRecovery || hasEnded(run.steps[recovery] ?? { state: 'waiting' }));
  };
  return step.needs.every(letsGoOn) && guarded.every(other => hasEnded(run.steps[other.id] ?? { state: 'waiting' }));
}

function workActions(
  step: GraphStep,
  work: Work,
  status: WorkStatus,
  { now, free }: { readonly now: number; readonly free: number },
): readonly ChainAction[] {
  switch (status.state) {
    case 'waiting':
      return free > 0 || 'approve' in step ? [{ kind: 'start', ...work, attempt: 1 }] : [];
    case 'retrying':
      if (now < status.nextAt) {
        return [{ kind: 'wait', until: status.nextAt }];
      }
      return free > 0 ? [{ kind: 'start', ...work, attempt: status.attempt }] : [];
    case 'running': {
      if (step.timeout === undefined) {
        return [];
      }
      const until = status.startedAt + durationMs(step.timeout);
      return [now < until ? { kind: 'wait', until } : { kind: 'timeOut', ...work }];
    }
    default:
      return [];
  }
}

function actionsOfItems(
  step: GraphStep,
  status: StepStatus,
  moment: Moment & { readonly free: number },
): readonly ChainAction[] {
  const items = status.state === 'skipped' ? [] : (status.items ?? []);
  const { id: stepId } = step;
  const open = items.flatMap(({ status: item }, index) => (isOpen(item) ? [{ stepId, item: index }] : []));
  const failed = items.flatMap(({ status: item }) => (item.state === 'failed' ? [item.failure] : []));
  const [first] = failed;
  if (first !== undefined && step.onFailure !== 'continue') {
    return open.length > 0 ? open.map(work => ({ kind: 'stop', ...work })) : [{ kind: 'fail', stepId, failure: first }];
  }
  if (items.every(({ status: item }) => 'endedAt' in item)) {
    const output = items.map(({ status: item }) => (item.state === 'succeeded' ? item.output : null));
    return [{ kind: 'succeed', stepId, output }];
  }
  let free = Math.min(
    moment.free,
    MOST_ITEMS_AT_ONCE - open.filter(({ item }) => items[item]?.status.state === 'running').length,
  );
  return items.flatMap(({ status: item }, index) => {
    const actions = workActions(step, { stepId, item: index }, item, { now: moment.now, free });
    free -= actions.filter(action => action.kind === 'start').length;
    return actions;
  });
}

/** What runs or waits for its next attempt. */
function openWork(run: ChainRun): readonly Work[] {
  return Object.entries(run.steps).flatMap(([stepId, status]): readonly Work[] => {
    if (status.state === 'skipped' || !isOpen(status)) {
      return [];
    }
    if (status.items === undefined) {
      return [{ stepId }];
    }
    const items = status.items.flatMap((item, index) => (isOpen(item.status) ? [{ stepId, item: index }] : []));
    return items.length > 0 ? items : [{ stepId }];
  });
}

function isOpen(status: WorkStatus): boolean {
  return status.state === 'running' || status.state === 'retrying';
}

function weight(step: GraphStep, status: StepStatus | undefined): number {
  if ('approve' in step || status === undefined || status.state !== 'running') {
    return 0;
  }
  return status.items === undefined ? 1 : status.items.filter(item => item.status.state === 'running').length;
}
