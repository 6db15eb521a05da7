import { MemoryGrantStore } from '../../../src/core/security/memoryGrantStore.ts';
import { MemoryHostRegistry } from '../../../src/core/tasks/memoryHostRegistry.ts';
import { MemoryPanelLog } from '../../../src/core/tasks/memoryPanelLog.ts';
import { MemoryTaskRequests } from '../../../src/core/tasks/memoryTaskRequests.ts';
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
