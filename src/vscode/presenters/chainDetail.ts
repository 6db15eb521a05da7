import type { JsonValue } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { GraphStep } from '../../core/catalog/command.ts';
import { type ChainRun, hasEnded, type StepStatus } from '../../core/chains/chainRun.ts';
import { guardedBy, stepOf, stepsOf } from '../../core/chains/graph.ts';
import type { ChainDetail, ChainStep, ChosenStep } from '../../protocol/chainView.ts';
import { asksPerson, type ChainSurroundings, costOfRunning, runningParts, tasksOf } from './chainSummary.ts';
import { oneLine, shownText } from './shownText.ts';
import { shownFailure } from './taskSummary.ts';

const LONGEST_LINE = 200;
const LONGEST_VALUE = 2000;
/** A longer output is read in an editor. */
const LONGEST_OUTPUT = 20_000;

export function presentChainDetail(
  run: ChainRun,
  surroundings: ChainSurroundings,
  /** The chosen step, and the chains that it started. */
  chosen?: { readonly stepId: string; readonly chains: readonly ChainRun[] },
): ChainDetail {
  const { command, inputs } = run;
  const step = chosen === undefined ? undefined : stepOf(run, chosen.stepId);
  return {
    id: run.id,
    description: visibleText(command.description),
    cwd: run.cwd,
    inputs: command.inputs
      .filter(({ name }) => inputs[name] !== undefined && inputs[name] !== null)
      .map(({ name, title }) => ({
        name: visibleText(title ?? name),
        value: oneLine(inputText(inputs[name] ?? null), LONGEST_VALUE),
      })),
    steps: stepsOf(command).map(each => presentStep(run, each, surroundings)),
    ...(step === undefined ? {} : { chosen: presentChosen(run, step, chosen?.chains ?? []) }),
  };
}

/** As the person answered it. */
function inputText(value: JsonValue): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : textOf(value);
}

/** The output of a step as text: text as it is, everything else as indented JSON. */
export function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** What a step does, in full, as it stands in the command's file. */
export function doingOf(step: GraphStep): string {
  if ('prompt' in step) {
    return step.prompt;
  }
  if ('run' in step) {
    return typeof step.run === 'string' ? step.run : step.run.map(part => quoted(String(part))).join(' ');
  }
  if ('command' in step) {
    return withValues(step.command, step.inputs);
  }
  if ('action' in step) {
    return withValues(step.action, step.with);
  }
  return step.show === undefined ? step.approve : `${step.approve}\n\n${step.show}`;
}

/** Its kind as views name it. */
export function kindOf(step: GraphStep): ChainStep['kind'] {
  return 'prompt' in step
    ? 'prompt'
    : 'run' in step
      ? 'run'
      : 'command' in step
        ? 'command'
        : 'action' in step
          ? 'action'
          : 'approve';
}

function presentStep(run: ChainRun, step: GraphStep, surroundings: ChainSurroundings): ChainStep {
  const status: StepStatus = run.steps[step.id] ?? { state: 'waiting' };
  const before = guardedBy(stepsOf(run.command), step.id).map(({ id }) => id);
  return {
    id: step.id,
    title: oneLine(step.title ?? step.id, LONGEST_LINE),
    kind: kindOf(step),
    needs: [...new Set([...step.needs, ...before])],
    state: status.state === 'running' && asksPerson(status, surroundings) ? 'asking' : status.state,
    note: oneLine(noteOf(status, surroundings), LONGEST_LINE),
    ...('startedAt' in status ? { startedAt: status.startedAt } : {}),
    ...('endedAt' in status ? { endedAt: status.endedAt } : {}),
    ...('nextAt' in status ? { nextAt: status.nextAt } : {}),
    ...('attempt' in status ? { attempt: status.attempt } : {}),
    costUsd: ('costUsd' in status ? status.costUsd : 0) + costOfRunning(status, surroundings),
    taskIds: [...tasksOf(status)],
    canRunAgain: hasEnded(status) && status.state !== 'skipped',
  };
}

function noteOf(status: StepStatus, { taskOf }: ChainSurroundings): string {
  switch (status.state) {
    case 'running':
      if (status.items !== undefined) {
        return `${status.items.filter(({ status: item }) => 'endedAt' in item).length} of ${status.items.length} items`;
      }
      return runningParts(status)
        .map(({ taskId }) => (taskId === undefined ? '' : (taskOf(taskId)?.activity ?? '')))
        .join('');
    case 'retrying':
    case 'failed':
      return status.failure.message;
    case 'skipped':
      return status.why;
    case 'waiting':
    case 'succeeded':
    case 'stopped':
      return '';
  }
}

function presentChosen(run: ChainRun, step: GraphStep, chains: readonly ChainRun[]): ChosenStep {
  const status = run.steps[step.id];
  const output = status?.state === 'succeeded' ? shownText(textOf(status.output), LONGEST_OUTPUT) : undefined;
  return {
    stepId: step.id,
    does: shownText(doingOf(step), LONGEST_OUTPUT).text,
    ...(output === undefined ? {} : { output: output.text }),
    outputIsCut: output?.isCut ?? false,
    ...(status?.state === 'failed' || status?.state === 'retrying' ? { failure: shownFailure(status.failure) } : {}),
    chains: chains.map(({ id, command }) => ({ id, title: oneLine(command.title, LONGEST_LINE) })),
  };
}

function withValues(name: string, values: Readonly<Record<string, string | number | boolean>> = {}): string {
  return [name, ...Object.entries(values).map(([key, value]) => `${key}: ${value}`)].join('\n');
}

/** Shown as a person would type it, so that an argument with a space in it is told from two. */
function quoted(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) {
    return argument;
  }
  return /["$`\\!]/.test(argument) ? `'${argument.replaceAll("'", `'\\''`)}'` : `"${argument}"`;
}
