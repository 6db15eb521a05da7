import { describe, expect, it } from 'vitest';
import { chainActivity, chainLives, chainLook, chainMs, spokenChain } from '../../../../src/webview/chain/chainLook.ts';
import { spokenStep, stepFacts } from '../../../../src/webview/chain/stepLook.ts';
import { chain, chainStep, NOW } from '../samples.ts';

describe('a chain in words', () => {
  it('says what happens and how far it is', () => {
    expect(chainActivity(chain('a', { activity: 'Risky code', stepsDone: 2, stepsTotal: 4 }))).toBe(
      'Risky code · step 2 of 4',
    );
    expect(chainActivity(chain('a', { state: 'succeeded', ended: NOW }))).toBe('');
  });

  it('says why it failed', () => {
    const failure = { family: 'chain', reason: 'stepFailed', message: 'The step "tag" failed.' };
    expect(chainActivity(chain('a', { state: 'failed', ended: NOW, failure }))).toBe('The step "tag" failed.');
  });

  it('waits for the person only as long as it runs', () => {
    expect(chainLook(chain('a', { pendingApprovals: 1 })).word).toBe('Waits for you');
    expect(chainLook(chain('a', { state: 'stopped', pendingApprovals: 1 })).word).toBe('Stopped');
  });

  it('can be stopped only while it lives, and a plan never counts time', () => {
    expect([chain('a'), chain('a', { state: 'planned' }), chain('a', { state: 'failed' })].map(chainLives)).toEqual([
      true,
      false,
      false,
    ]);
    expect(chainMs(chain('a', { state: 'planned' }), NOW)).toBe(0);
    expect(chainMs(chain('a', { created: NOW - 5000 }), NOW)).toBe(5000);
    expect(chainMs(chain('a', { created: NOW + 5000 }), NOW)).toBe(0);
  });

  it('is whole in words', () => {
    expect(spokenChain(chain('a', { title: 'Audit', activity: 'Secrets', stepsDone: 1, costUsd: 0 }), NOW)).toBe(
      'Audit, chain, Running, Secrets, 1 of 3 steps done, $0.00, 1 minute 30 seconds',
    );
  });
});

describe('a step in words', () => {
  it('says its state, its time and its cost', () => {
    const running = chainStep('a', { state: 'running', startedAt: NOW - 5000, costUsd: 0.2, attempt: 2 });
    expect(stepFacts(running, NOW)).toBe('Running, try 2 · 0:05 · $0.20');
    const done = chainStep('a', { state: 'succeeded', startedAt: NOW - 5000, endedAt: NOW - 1800 });
    expect(stepFacts(done, NOW)).toBe('Done · 3.2 s');
    expect(stepFacts(chainStep('a'), NOW)).toBe('Waits');
  });

  it('says when it tries again', () => {
    const step = chainStep('a', { state: 'retrying', nextAt: NOW + 8000 });
    expect(stepFacts(step, NOW)).toBe('Tries again in 0:08');
    expect(stepFacts(step, NOW + 9000)).toBe('Tries again');
  });

  it('names its place and what it follows', () => {
    const steps = [chainStep('a'), chainStep('b'), chainStep('c', { kind: 'approve', needs: ['a', 'b'] })];
    const [, , gate] = steps;
    expect(gate === undefined ? '' : spokenStep(gate, 3, steps, NOW)).toBe(
      'Step c, Gate, step 3 of 3, Waits, after Step a and Step b',
    );
  });
});
