import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { newUuid } from '../../../src/base/ids.ts';
import { openPanelStore, type PanelStore } from '../../../src/store/panelStore.ts';
import { TEST_KEY } from '../../fixtures/userKey.ts';

const cleanUps: (() => void)[] = [];

/** Runs after the present test, the latest first. */
export function afterThisTest(cleanUp: () => void): void {
  cleanUps.push(cleanUp);
}

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) {
    cleanUp();
  }
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'claude-panel-store-'));
  afterThisTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openStore(folder: string, options: Partial<Parameters<typeof openPanelStore>[0]> = {}): PanelStore {
  const store = openPanelStore({
    folder,
    source: '/test',
    clock: systemClock,
    newId: newUuid,
    userKey: TEST_KEY,
    ...options,
  });
  afterThisTest(() => store.dispose());
  return store;
}

export function dataFile(folder: string): string {
  return join(folder, '.claude-panel', 'panel.db');
}
