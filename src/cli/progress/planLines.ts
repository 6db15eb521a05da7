import type { CommandPlan, PlannedStep } from '../../app/commandPlan.ts';
import type { Paint } from '../terminal/palette.ts';
import { oneLine, plainText } from '../terminal/plainText.ts';

const MOST_LINES = 12;

/** A plan as lines: each step with what it would do, in the order in which they begin. */
export function planLines(plan: CommandPlan, paint: Paint, indent = ''): readonly string[] {
  const { usd, turns, minutes } = plan.limits;
  const limits = [
    ...(usd === undefined ? [] : [`$${usd}`]),
    ...(turns === undefined ? [] : [`${turns} turns`]),
    ...(minutes === undefined ? [] : [`${minutes} min`]),
  ];
  const words = [
    plan.profile === undefined ? '' : `profile ${plan.profile}`,
    limits.length === 0 ? '' : `at most ${limits.join(', ')}`,
    plan.snapshot === 'required' ? 'only with a snapshot before' : '',
  ].filter(word => word !== '');
  const steps = [...plan.steps].sort((one, other) => one.stage - other.stage);
  return [
    `${indent}${paint('bold', oneLine(plan.title))}  ${paint('dim', oneLine([plan.command, ...words].join(' · ')))}`,
    ...steps.flatMap(step => stepLines(step, paint, `${indent}  `)),
  ];
}

function stepLines(step: PlannedStep, paint: Paint, indent: string): readonly string[] {
  const words = [
    step.kind,
    step.needs.length === 0 ? '' : `after ${step.needs.join(', ')}`,
    step.profile === undefined ? '' : `profile ${step.profile}`,
    step.when === undefined ? '' : `when ${step.when}`,
    step.foreach === undefined ? '' : `for each of ${step.foreach}`,
    step.attempts === undefined ? '' : `up to ${step.attempts} attempts`,
    step.timeout === undefined ? '' : `at most ${step.timeout}`,
    step.onFailure === undefined ? '' : `on failure ${step.onFailure}`,
  ].filter(word => word !== '');
  const does = plainText(step.does).trimEnd().split('\n');
  const more = does.length - MOST_LINES;
  return [
    `${indent}${paint('cyan', String(step.stage))} ${oneLine(step.title)}  ${paint('dim', oneLine(words.join(' · ')))}`,
    ...does.slice(0, MOST_LINES).map(line => `${indent}    ${line}`),
    ...(more > 0 ? [`${indent}    ${paint('dim', `… ${more} more lines`)}`] : []),
    ...(step.plan === undefined ? [] : planLines(step.plan, paint, `${indent}    `)),
  ];
}
