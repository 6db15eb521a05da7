import { describe, expect, it } from 'vitest';
import type { HealthCheck } from '../../../src/app/health.ts';
import { requireClaude } from '../../../src/vscode/claudeFault.ts';

const missing: HealthCheck = {
  id: 'claude',
  level: 'error',
  text: 'Claude Code was not found.',
  remedy: 'Install it.',
};
const found: HealthCheck = { id: 'claude', level: 'ok', text: 'Claude Code 2.1.0' };

function health(first: HealthCheck, then: HealthCheck) {
  let now = first;
  let looks = 0;
  return {
    health: () => [now],
    refreshHealth: async () => {
      looks += 1;
      now = then;
    },
    looks: () => looks,
  };
}

describe('requireClaude', () => {
  it('looks again after Claude Code was missing, and lets a task start when it is there', async () => {
    const installed = health(missing, found);
    await requireClaude(installed);
    expect(installed.looks()).toBe(1);
  });

  it('says what is wrong while it is still missing', async () => {
    await expect(requireClaude(health(missing, missing))).rejects.toMatchObject({
      reason: 'noClaude',
      message: 'Claude Code was not found.',
      remedy: 'Install it.',
    });
  });

  it('costs nothing while all is well', async () => {
    const well = health(found, found);
    await requireClaude(well);
    expect(well.looks()).toBe(0);
  });
});
