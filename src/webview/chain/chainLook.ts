import type { ChainStateView, ChainSummary } from '../../protocol/chainView.ts';
import { spokenDuration } from '../format/clockText.ts';
import { moneyText } from '../format/moneyText.ts';
import type { StateLook } from '../list/taskLook.ts';

const LOOKS: Readonly<Record<ChainStateView, StateLook>> = {
  planned: { icon: 'eye', tone: 'dim', word: 'Planned' },
  queued: { icon: 'clock', tone: 'dim', word: 'Queued' },
  running: { icon: 'loading', tone: 'info', word: 'Running', spins: true },
  succeeded: { icon: 'pass', tone: 'ok', word: 'Done' },
  failed: { icon: 'error', tone: 'bad', word: 'Failed' },
  stopped: { icon: 'circle-slash', tone: 'dim', word: 'Stopped' },
};

export function chainLook(chain: ChainSummary): StateLook {
  return chain.state === 'running' && chain.pendingApprovals > 0
    ? { icon: 'warning', tone: 'warn', word: 'Waits for you' }
    : LOOKS[chain.state];
}

/** Milliseconds since it began, until it ended. */
export function chainMs(chain: ChainSummary, now: number): number {
  return chain.state === 'planned' ? 0 : Math.max(0, (chain.ended ?? now) - chain.created);
}

/** Whether it can be stopped. */
export function chainLives(chain: ChainSummary): boolean {
  return chain.state === 'queued' || chain.state === 'running';
}

/** The second line of a row: what happens now, or why it ended. */
export function chainActivity(chain: ChainSummary): string {
  if (chain.failure !== undefined) {
    return chain.failure.message;
  }
  const steps = chainLives(chain) || chain.state === 'stopped' ? `step ${chain.stepsDone} of ${chain.stepsTotal}` : '';
  return [chain.activity, steps].filter(part => part !== '').join(' · ');
}

/** The whole row in words, for screen readers. */
export function spokenChain(chain: ChainSummary, now: number): string {
  return [
    chain.title,
    'chain',
    chainLook(chain).word,
    chain.failure?.message ?? chain.activity,
    `${chain.stepsDone} of ${chain.stepsTotal} steps done`,
    moneyText(chain.costUsd),
    spokenDuration(chainMs(chain, now)),
  ]
    .filter(part => part !== '')
    .join(', ');
}
