import { MemoryPanelLog } from '../../../src/core/tasks/memoryPanelLog.ts';
import { panelLogContract } from './panelLogContract.ts';

panelLogContract('memory', options => {
  const log = new MemoryPanelLog(options);
  return { log, dispose: () => log.dispose() };
});
