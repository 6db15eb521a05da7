import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { newUuid } from '../../../src/base/ids.ts';
import { openPanelStore } from '../../../src/store/panelStore.ts';
import { TEST_KEY } from '../../fixtures/userKey.ts';
import { chainRowsContract } from './chainRowsContract.ts';
import { type LogOptions, type LogUnderTest, panelLogContract } from './panelLogContract.ts';
import { type Registers, registersContract } from './registersContract.ts';

function openStore(options: LogOptions): LogUnderTest & Registers {
  const folder = mkdtempSync(join(tmpdir(), 'claude-panel-log-'));
  const store = openPanelStore({ folder, userKey: TEST_KEY, ...options });
  return {
    log: store.log,
    requests: store.requests,
    hosts: store.hosts,
    grants: store.grants,
    dispose: () => {
      store.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

panelLogContract('SQLite', openStore);

chainRowsContract('SQLite', openStore);

registersContract('SQLite', () => openStore({ source: '/test', clock: systemClock, newId: newUuid }));
