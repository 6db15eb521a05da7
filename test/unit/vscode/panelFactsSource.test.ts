import { expect, it } from 'vitest';
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

it('tells the profiles of each folder, and which of them a task there would have', async () => {
  const { services } = memoryServices(new ManualClock());
  const several: PanelServices = {
    ...services,
    profiles: async cwd => {
      const name = cwd === '/b' ? 'of b' : 'of a';
      return { profiles: [resolved(name)], defaultName: name, problems: [] };
    },
  };
  const facts = new PanelFactsSource({
    clock: new ManualClock(),
    services: () => several,
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
    log: () => undefined,
  });
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
