import os from 'node:os';
import type { NewId } from '../base/ids.ts';
import { ownIdentity, type ProcessTable } from '../core/process/processIdentity.ts';
import type { HostRecord } from '../core/tasks/hostRegistry.ts';
import type { Surroundings } from './panelServices.ts';

/** This process, as other hosts recognise it. */
export async function hostIdentity(
  surroundings: Pick<Surroundings, 'surface' | 'takesQueued' | 'ownTasksOnly'>,
  parts: { readonly processes: ProcessTable; readonly newId: NewId; readonly now: number },
): Promise<Omit<HostRecord, 'seen'>> {
  return {
    id: parts.newId(),
    surface: surroundings.surface,
    process: await ownIdentity(parts.processes),
    machine: os.hostname(),
    started: parts.now,
    takesQueued: surroundings.ownTasksOnly !== true && surroundings.takesQueued(),
  };
}
