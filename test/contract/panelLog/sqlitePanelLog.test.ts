import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPanelStore } from '../../../src/store/panelStore.ts';
import { panelLogContract } from './panelLogContract.ts';

panelLogContract('SQLite', options => {
  const folder = mkdtempSync(join(tmpdir(), 'claude-panel-log-'));
  const store = openPanelStore({ folder, ...options });
  return {
    log: store.log,
    dispose: () => {
      store.dispose();
      rmSync(folder, { recursive: true });
    },
  };
});
