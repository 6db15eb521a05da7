import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { newUuid } from '../../../src/base/ids.ts';
import { openPanelStore, type PanelStore } from '../../../src/store/panelStore.ts';
import { type LogOptions, panelLogContract } from './panelLogContract.ts';
import { registersContract } from './registersContract.ts';

function openStore(options: LogOptions): PanelStore {
  const folder = mkdtempSync(join(tmpdir(), 'claude-panel-log-'));
  const store = openPanelStore({ folder, ...options });
  return {
    ...store,
    dispose: () => {
      store.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

panelLogContract('SQLite', openStore);

registersContract('SQLite', () => openStore({ source: '/test', clock: systemClock, newId: newUuid }));
