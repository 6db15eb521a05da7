import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HealthCheck } from '../../../src/app/health.ts';
import { HealthMonitor } from '../../../src/app/healthMonitor.ts';
import { Emitter } from '../../../src/base/event.ts';
import { type Failure, PanelError } from '../../../src/base/panelError.ts';
import type { TaskFact } from '../../../src/core/tasks/taskFact.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { memoryServices } from '../vscode/support/memoryServices.ts';
import { ada } from '../vscode/support/samples.ts';

class DiskFull extends PanelError<'full'> {
  readonly family = 'store';
}
const diskFull = (): DiskFull => new DiskFull('full', { message: 'The disk is full.', remedy: 'Make room.' });
const damaged: Failure = { family: 'store', reason: 'damaged', message: 'The file is damaged.' };

function monitored() {
  const clock = new ManualClock();
  const { services, newTask, say } = memoryServices(clock);
  const noticed = new Emitter<Failure>();
  const notices: Failure[] = [];
  const state = {
    wholeFileReads: 0,
    damage: undefined as Failure | undefined,
    running: [] as number[],
    folders: [os.tmpdir()] as [string, ...string[]],
    profileProblems: new Map<string | undefined, readonly Failure[]>(),
    rehearsal: true,
    further: [] as HealthCheck[],
  };
  const health = new HealthMonitor({
    clock,
    further: [async () => state.further],
    folders: () => state.folders,
    settings: () => ({ rehearsal: state.rehearsal }) as never,
    launcher: { claude: async () => ({ path: '/claude', version: '2.1.0', lacks: [] }) },
    profiles: {
      load: async cwd => ({
        profiles: [],
        internal: [],
        defaultName: 'safe',
        problems: state.profileProblems.get(cwd) ?? [],
      }),
    },
    processes: { findByMarker: async () => state.running.map(pid => ({ pid, started: '1' })) },
    store: {
      log: services.log,
      notices,
      onDidNotice: noticed.event,
      sizeBytes: () => 1024 * 1024,
      check: () => {
        state.wholeFileReads += 1;
        return state.damage;
      },
    },
  });
  let changes = 0;
  health.onDidChange(() => {
    changes += 1;
  });
  return {
    clock,
    health,
    state,
    newTask,
    say,
    changes: () => changes,
    notice: (failure: Failure) => {
      notices.push(failure);
      noticed.fire(failure);
    },
    textsOf: (id: string) => health.checks().flatMap(check => (check.id === id ? [check.text] : [])),
  };
}

describe('HealthMonitor', () => {
  it('reads the whole workspace file only when that is asked for, and remembers what it found', async () => {
    const { health, state, textsOf } = monitored();
    await health.refresh();
    expect([state.wholeFileReads, textsOf('store')]).toEqual([0, ['Workspace file in use, 1.0 MB']]);
    await health.refresh({ wholeFile: true });
    expect([state.wholeFileReads, textsOf('store')]).toEqual([1, ['Workspace file sound, 1.0 MB']]);
    state.damage = damaged;
    await health.refresh({ wholeFile: true });
    await health.refresh();
    expect([state.wholeFileReads, textsOf('store')]).toEqual([2, ['The file is damaged.']]);
  });

  it('tells of a failure to write each time it begins, and when it is over', () => {
    const { health, clock, changes, textsOf } = monitored();
    health.storeFailed(diskFull());
    health.storeFailed(diskFull());
    expect([changes(), textsOf('store')]).toEqual([1, ['The disk is full.']]);
    clock.advance(10_000);
    expect([changes(), textsOf('store')]).toEqual([2, []]);
    health.storeFailed(diskFull());
    expect([changes(), textsOf('store')]).toEqual([3, ['The disk is full.']]);
  });

  it('shows a notice about the workspace file when it comes', () => {
    const { notice, changes, textsOf } = monitored();
    notice(damaged);
    expect([changes(), textsOf('store')]).toEqual([1, ['The file is damaged.']]);
  });

  it('names what is wrong with the profiles of every folder, and once what they share', async () => {
    const { health, state, textsOf } = monitored();
    const problem = (message: string): Failure => ({ family: 'profiles', reason: 'unreadable', message });
    const [one, other] = [os.tmpdir(), path.join(os.tmpdir(), 'service')];
    state.folders = [one, other];
    state.profileProblems.set(one, [problem('The shared file is empty.')]);
    state.profileProblems.set(other, [problem('The shared file is empty.'), problem('A profile has no name.')]);
    await health.refresh();
    expect(textsOf('profiles')).toEqual(['The shared file is empty.', 'service: A profile has no name.']);
    state.folders = [one];
    await health.refresh();
    expect(textsOf('profiles')).toEqual(['The shared file is empty.']);
  });

  it('names what is left over of a task, while it runs and its stop is recent', async () => {
    const { health, state, newTask, say, clock, textsOf } = monitored();
    const { id } = newTask('go');
    say(id, { type: 'claude-panel.task.stopped', data: { by: ada, leftOver: 1 } });
    state.running = [4321];
    await health.refresh();
    expect(textsOf('leftOver')).toEqual(['Process 4321 of "go" could not be ended and still runs.']);
    state.running = [];
    await health.refresh();
    expect(textsOf('leftOver')).toEqual(['No process left over']);
    state.running = [4321];
    clock.advance(3_600_000);
    await health.refresh();
    expect(textsOf('leftOver')).toEqual(['No process left over']);
  });

  it('says of the account what the last task found, as soon as it found it', async () => {
    const { health, state, newTask, say, changes, textsOf } = monitored();
    state.rehearsal = false;
    await health.refresh();
    const init = { sessionId: 's', model: 'm', permissionMode: 'default', cliVersion: '2.1.0', mcpServers: [] };
    const runAs = (apiKeySource: string, end: TaskFact): void => {
      const { id } = newTask('go');
      say(id, { type: 'claude-panel.task.turnStarted', data: { ...init, apiKeySource } }, end);
    };
    const failure = { family: 'claude', reason: 'notLoggedIn', message: 'Not logged in.', remedy: 'Log in.' };
    runAs('none', { type: 'claude-panel.task.failed', data: { failure } });
    expect([changes(), textsOf('account')]).toEqual([2, ['Not logged in.']]);
    const succeeded: TaskFact = { type: 'claude-panel.task.succeeded', data: { result: '' } };
    runAs('ANTHROPIC_API_KEY', succeeded);
    expect([changes(), textsOf('account')]).toEqual([3, ['Account: ANTHROPIC_API_KEY']]);
    runAs('ANTHROPIC_API_KEY', succeeded);
    expect(changes()).toBe(3);
  });
});
