import { type ChainRun, isChainOver, isDone, isSetAside, type StepStatus } from '../../core/chains/chainRun.ts';
import { stepsOf } from '../../core/chains/graph.ts';
import { kindOf } from '../../core/chains/stepWork.ts';
import type { Colour, Paint } from '../terminal/palette.ts';
import { oneLine } from '../terminal/plainText.ts';
import { formatDollars, formatDuration } from '../terminal/quantities.ts';
import { failureLines } from './failureText.ts';

const COLOURS: Readonly<Record<ChainRun['status']['state'], Colour>> = {
  queued: 'dim',
  running: 'cyan',
  succeeded: 'green',
  failed: 'red',
  stopped: 'dim',
};

export function chainColour({ status }: ChainRun): Colour {
  return COLOURS[status.state];
}

/** Such as "running" or "stopping". `living` are the ids of the programs that live, where that may matter. */
export function chainWords(run: ChainRun, living?: ReadonlySet<string>): string {
  const { status } = run;
  if (living !== undefined && isSetAside(run, living)) {
    return 'set aside';
  }
  if (status.state === 'running' && status.stopping !== undefined) {
    return 'stopping';
  }
  return waitsForPerson(status, Object.values(run.steps)) ? 'needs you' : status.state;
}

function waitsForPerson(status: ChainRun['status'], steps: readonly StepStatus[]): boolean {
  return (
    status.state === 'running' &&
    steps.some(step => step.state === 'running' && step.approvalId !== undefined && step.taskId === undefined)
  );
}

/** The end of a chain in one line, such as `Succeeded after 12.0 s of work · $0.0132 · 4 of 4 steps.` */
export function chainSummary(run: ChainRun): string {
  const words = chainWords(run);
  const steps = Object.values(run.steps);
  const parts = [
    `${words.charAt(0).toUpperCase()}${words.slice(1)}${run.workedMs > 0 ? ` after ${formatDuration(run.workedMs)} of work` : ''}`,
    run.costUsd > 0 ? formatDollars(run.costUsd) : '',
    `${steps.filter(isDone).length} of ${steps.length} steps`,
  ];
  return `${parts.filter(part => part !== '').join(' · ')}.`;
}

/** A chain with its steps. */
export function chainDetail(run: ChainRun, paint: Paint, living: ReadonlySet<string>): readonly string[] {
  const field = (name: string, value: string): readonly string[] =>
    value === '' ? [] : [`${paint('dim', name.padEnd(9))} ${value}`];
  const { status, command } = run;
  return [
    `${paint('bold', oneLine(command.title))}  ${paint('dim', run.id)}`,
    ...field('State', paint(chainColour(run), chainWords(run, living))),
    ...(status.state === 'failed' ? failureLines(status.failure).flatMap(line => field('', line)) : []),
    ...field('Command', oneLine(command.fullName)),
    ...field('Folder', oneLine(run.cwd)),
    ...Object.entries(run.inputs).flatMap(([name, value]) => field('Input', oneLine(`${name}=${asText(value)}`))),
    ...field('Created', new Date(run.created).toLocaleString()),
    ...field('Ended', isChainOver(status) ? new Date(status.endedAt).toLocaleString() : ''),
    ...field('Worked', run.workedMs > 0 ? formatDuration(run.workedMs) : ''),
    ...field('Cost', run.costUsd > 0 ? formatDollars(run.costUsd) : ''),
    ...stepsOf(command).flatMap(step => {
      const state = run.steps[step.id] ?? { state: 'waiting' };
      return [
        ...field('Step', oneLine([step.id, kindOf(step), stateOf(state)].join('  '))),
        ...stepDetail(state).map(line => `${' '.repeat(12)}${oneLine(line)}`),
      ];
    }),
  ];
}

function stateOf(status: StepStatus): string {
  switch (status.state) {
    case 'running':
      return `${status.state}, attempt ${status.attempt}`;
    case 'succeeded':
    case 'failed':
    case 'stopped': {
      const cost = status.costUsd > 0 ? `, ${formatDollars(status.costUsd)}` : '';
      return `${status.state}, ${formatDuration(status.endedAt - status.startedAt)}${cost}`;
    }
    default:
      return status.state;
  }
}

function stepDetail(status: StepStatus): readonly string[] {
  switch (status.state) {
    case 'skipped':
      return [status.why];
    case 'failed':
    case 'retrying':
      return [...status.taskIds.map(id => `task ${id}`), status.failure.message];
    case 'running':
      return [
        ...status.taskIds.map(id => `task ${id}`),
        ...(status.chainId === undefined ? [] : [`chain ${status.chainId}`]),
        ...(status.approvalId === undefined ? [] : [`waits: claude-panel approvals ${status.approvalId}`]),
      ];
    case 'succeeded':
      return [...status.taskIds.map(id => `task ${id}`), asText(status.output).slice(0, 300)].filter(
        line => line !== '',
      );
    default:
      return [];
  }
}

function asText(value: unknown): string {
  return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
