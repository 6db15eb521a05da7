import { expect, it, vi } from 'vitest';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import { Emitter } from '../../../src/base/event.ts';
import type { ResolvedProfile } from '../../../src/core/profiles/profileCatalog.ts';
import { PanelFactsSource } from '../../../src/vscode/panelFactsSource.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { memoryServices } from './support/memoryServices.ts';
import { profile } from './support/samples.ts';

const resolved = (name: string): ResolvedProfile => ({
  name,
  source: 'workspace',
  description: '',
  launch: profile,
  limits: {},
  grants: [],
  needsApproval: false,
});

function factsOf(services: PanelServices, clock: ManualClock, log: (text: string) => void = () => undefined) {
  return new PanelFactsSource({
    clock,
    services: () => services,
    startFailure: () => undefined,
    onDidChangeServices: new Emitter<void>().event,
    onDidChangeSurroundings: new Emitter<void>().event,
    folders: () => [
      { name: 'a', path: '/a' },
      { name: 'b', path: '/b' },
    ],
    isTrusted: () => true,
    isRehearsal: () => false,
    wantedProfiles: () => [],
    log,
  });
}

it('tells the profiles of each folder, and which of them a task there would have', async () => {
  const { services } = memoryServices(new ManualClock());
  const several: PanelServices = {
    ...services,
    profiles: async cwd => {
      const name = cwd === '/b' ? 'of b' : 'of a';
      return { profiles: [resolved(name)], internal: [], defaultName: name, problems: [] };
    },
  };
  const facts = factsOf(several, new ManualClock());
  await facts.refreshProfiles();
  expect(facts.current(0)).toMatchObject({
    profiles: [{ name: 'of a' }],
    selectedProfile: 'of a',
    folders: [
      { path: '/a', profiles: [{ name: 'of a' }], selectedProfile: 'of a' },
      { path: '/b', profiles: [{ name: 'of b' }], selectedProfile: 'of b' },
    ],
  });
  expect(facts.selectedProfileOf('/b')).toBe('of b');
});

it('keeps the cost of today while the file cannot be read, and reads it again after the next commit', () => {
  const clock = new ManualClock();
  const { services, newTask, say } = memoryServices(clock);
  const said: string[] = [];
  const facts = factsOf(services, clock, text => said.push(text));
  const task = newTask('Add a health endpoint');
  say(task.id, { type: 'claude-panel.task.cost', data: { costUsd: 0.5 } });
  clock.advance(2000);
  expect(facts.current(0).todayUsd).toBe(0.5);

  const reading = vi.spyOn(services.log.tasks, 'costSince').mockImplementation(() => {
    throw new Error('disk I/O error');
  });
  say(task.id, { type: 'claude-panel.task.cost', data: { costUsd: 0.75 } });
  clock.advance(2000);
  expect(facts.current(0).todayUsd).toBe(0.5);
  expect(said).toEqual([expect.stringContaining('disk I/O error')]);

  reading.mockRestore();
  say(task.id, { type: 'claude-panel.task.cost', data: { costUsd: 1 } });
  clock.advance(2000);
  expect(facts.current(0).todayUsd).toBe(1);
  facts.dispose();
});
