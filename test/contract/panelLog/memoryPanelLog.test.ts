import { MemoryGrantStore } from '../../fixtures/memory/memoryGrantStore.ts';
import { MemoryHostRegistry } from '../../fixtures/memory/memoryHostRegistry.ts';
import { MemoryPanelLog } from '../../fixtures/memory/memoryPanelLog.ts';
import { MemoryTaskRequests } from '../../fixtures/memory/memoryTaskRequests.ts';
import { chainRowsContract } from './chainRowsContract.ts';
import { panelLogContract } from './panelLogContract.ts';
import { registersContract } from './registersContract.ts';

panelLogContract('memory', options => {
  const log = new MemoryPanelLog(options);
  return { log, dispose: () => log.dispose() };
});

chainRowsContract('memory', options => {
  const log = new MemoryPanelLog(options);
  return { log, dispose: () => log.dispose() };
});

registersContract('memory', () => ({
  requests: new MemoryTaskRequests(),
  hosts: new MemoryHostRegistry(),
  grants: new MemoryGrantStore(),
  dispose: () => undefined,
}));
