import { describe, expect, it } from 'vitest';
import { healthStatusAction } from '../../../src/app/actions/healthStatusAction.ts';
import { documentIn } from '../../../src/app/actions/panelDocument.ts';
import type { HealthCheck } from '../../../src/app/health.ts';
import { backupHealth } from '../../../src/app/healthChecks/backupHealth.ts';
import { gitHealth } from '../../../src/app/healthChecks/gitHealth.ts';
import { leaseHealth } from '../../../src/app/healthChecks/leaseHealth.ts';
import { mcpHealth } from '../../../src/app/healthChecks/mcpHealth.ts';
import { systemClock } from '../../../src/base/clock.ts';
import type { ChainRun } from '../../../src/core/chains/chainRun.ts';
import type { Task } from '../../../src/core/tasks/task.ts';
import { ActionStage } from './actions/actionStage.ts';

const DAY_MS = 24 * 60 * 60_000;

function taskOf(given: object): Task {
  return { id: 't1', title: 'Fix', mcpServers: [], ...given } as unknown as Task;
}

describe('further checks of health', () => {
  it('warn of a running task or chain whose owner is gone, and of no other', () => {
    const running = (hostId: string): Task => taskOf({ status: { state: 'running', since: 1, owner: { hostId } } });
    const chain = (hostId: string): ChainRun =>
      ({
        id: 'c1',
        command: { title: 'Audit' },
        status: { state: 'running', owner: { hostId } },
      }) as unknown as ChainRun;
    const hosts = [{ id: 'here', takesQueued: true }];
    const queued = taskOf({ status: { state: 'queued', since: 1 } });
    expect(leaseHealth([running('here'), queued], [chain('here')], hosts)).toMatchObject([
      { level: 'ok', text: '1 program works on this workspace; every running task and chain has its owner' },
    ]);
    expect(leaseHealth([running('gone')], [], hosts)).toMatchObject([{ id: 'hosts', level: 'warning' }]);
    expect(leaseHealth([], [chain('gone')], hosts)).toMatchObject([
      { id: 'hosts', level: 'warning', text: 'The program that ran "Audit" (chain c1) is gone.' },
    ]);
  });

  it('warn of an MCP server whose program is missing or that failed the last time, without starting one', async () => {
    const stage = new ActionStage();
    const environment = stage.context().environment;
    expect(await mcpHealth(stage.folder, [], environment)).toMatchObject([{ level: 'ok' }]);
    const trap = stage.program('there', `touch ${stage.root}/started`);
    stage.write(
      '.mcp.json',
      JSON.stringify({ mcpServers: { a: { command: 'there' }, b: { command: 'not-there' }, c: { command: trap } } }),
    );
    expect((await mcpHealth(stage.folder, [], environment)).map(({ text }) => text)).toEqual([
      'The MCP server "b" cannot start: not-there is not on the PATH.',
    ]);
    const failed = taskOf({ mcpServers: [{ name: 'a', status: 'failed', error: 'no key' }] });
    const better = taskOf({ mcpServers: [{ name: 'a', status: 'connected' }] });
    expect((await mcpHealth(stage.folder, [failed, better], environment)).map(({ text }) => text)[0]).toContain(
      'no key',
    );
    expect(await mcpHealth(stage.folder, [better, failed], environment)).toHaveLength(1);
    expect(stage.has('../started')).toBe(false);
  });

  it('warn when there is no git for snapshots', async () => {
    const stage = new ActionStage();
    expect(await gitHealth(stage.folder, process.env)).toMatchObject([{ level: 'ok' }]);
    expect(await gitHealth(stage.folder, { PATH: stage.root })).toMatchObject([{ id: 'git', level: 'warning' }]);
  });

  it('warn of an old backup, but of none only where one was made before', () => {
    expect(backupHealth(undefined, DAY_MS)[0]?.level).toBe('ok');
    expect(backupHealth(0, 30 * DAY_MS)[0]).toMatchObject({ level: 'ok', text: expect.stringContaining('30 days') });
    expect(backupHealth(0, 31 * DAY_MS)[0]).toMatchObject({ level: 'warning', remedy: 'Run the command backup-now.' });
  });
});

describe('the action health-status', () => {
  it('checks anew and writes every check with its reason and remedy, what is wrong first', async () => {
    const stage = new ActionStage();
    let checks: HealthCheck[] = [];
    const action = healthStatusAction({
      clock: systemClock,
      refresh: async () => {
        checks = [
          { id: 'disk', level: 'ok', text: '12 GB free' },
          { id: 'git', level: 'warning', text: 'git was not found <b>', remedy: 'Install git.' },
          { id: 'claude', level: 'error', text: 'Claude Code was not found.', remedy: 'Install it.' },
        ];
      },
      checks: () => checks,
    });
    const output = await action.run({}, stage.context());
    expect(output).toMatchObject({ summary: '1 wrong, 1 warning, 1 good', checks });
    const lines = stage
      .read(documentIn(output)?.document ?? '')
      .split('\n')
      .filter(line => line.includes('- '));
    expect(lines).toEqual([
      '- **Claude Code** (WRONG): Claude Code was not found.',
      '  - What to do: Install it.',
      '- **Git** (WARNING): git was not found \\<b\\>',
      '  - What to do: Install git.',
      '- **Disk** (good): 12 GB free',
    ]);
  });
});
