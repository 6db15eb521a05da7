import type { ChainStep, StepStateView } from '../../protocol/chainView.ts';
import { clockText, durationText, spokenDuration } from '../format/clockText.ts';
import { moneyText } from '../format/moneyText.ts';
import type { StateLook } from '../list/taskLook.ts';
import type { IconName } from '../parts/icon.ts';

const LOOKS: Readonly<Record<StepStateView, StateLook>> = {
  waiting: { icon: 'circle', tone: 'dim', word: 'Waits' },
  running: { icon: 'loading', tone: 'info', word: 'Running', spins: true },
  asking: { icon: 'warning', tone: 'warn', word: 'Asks you' },
  retrying: { icon: 'refresh', tone: 'warn', word: 'Tries again' },
  succeeded: { icon: 'pass', tone: 'ok', word: 'Done' },
  failed: { icon: 'error', tone: 'bad', word: 'Failed' },
  stopped: { icon: 'circle-slash', tone: 'dim', word: 'Stopped' },
  skipped: { icon: 'circle-slash', tone: 'dim', word: 'Skipped' },
};

const KINDS: Readonly<Record<ChainStep['kind'], { readonly icon: IconName; readonly word: string }>> = {
  prompt: { icon: 'comment', word: 'Prompt' },
  run: { icon: 'terminal', word: 'Program' },
  command: { icon: 'play', word: 'Command' },
  action: { icon: 'tools', word: 'Action' },
  approve: { icon: 'shield', word: 'Gate' },
};

export function stepLook(step: Pick<ChainStep, 'state'>): StateLook {
  return LOOKS[step.state];
}

export function kindLook(step: Pick<ChainStep, 'kind'>): { readonly icon: IconName; readonly word: string } {
  return KINDS[step.kind];
}

function stepMs(step: ChainStep, now: number): number | undefined {
  return step.startedAt === undefined ? undefined : Math.max(0, (step.endedAt ?? now) - step.startedAt);
}

/** What stands below the name of a step: its state, how long it takes or took, and what it cost. */
export function stepFacts(step: ChainStep, now: number): string {
  const ms = stepMs(step, now);
  const lasts = ms === undefined ? '' : step.endedAt === undefined ? clockText(ms) : durationText(ms);
  return [stateWords(step, now), lasts, step.costUsd > 0 ? moneyText(step.costUsd) : '']
    .filter(part => part !== '')
    .join(' · ');
}

function stateWords(step: ChainStep, now: number): string {
  const { word } = stepLook(step);
  if (step.state === 'retrying') {
    const left = (step.nextAt ?? now) - now;
    return left <= 0 ? word : `${word} in ${clockText(left + 999)}`;
  }
  return step.state === 'running' && (step.attempt ?? 1) > 1 ? `${word}, try ${step.attempt}` : word;
}

/** The whole step in words, for screen readers. `place` counts from 1. */
export function spokenStep(step: ChainStep, place: number, steps: readonly ChainStep[], now: number): string {
  const ms = stepMs(step, now);
  const after = step.needs.map(id => steps.find(other => other.id === id)?.title ?? id);
  return [
    step.title,
    `${kindLook(step).word}, step ${place} of ${steps.length}`,
    stepLook(step).word,
    step.note,
    ms === undefined ? '' : spokenDuration(ms),
    step.costUsd > 0 ? moneyText(step.costUsd) : '',
    after.length === 0 ? '' : `after ${after.join(' and ')}`,
  ]
    .filter(part => part !== '')
    .join(', ');
}
