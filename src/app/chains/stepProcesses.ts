import type { EnvironmentMarker, ProcessTable } from '../../core/process/processIdentity.ts';
import { ProcessFamily, sweep } from '../../core/process/processTree.ts';

/** The name of the mark in the environment. */
export const CHAIN_MARKER = 'CLAUDE_PANEL_CHAIN_ID';

/** Carried by every program of a chain's steps, and by all that they start. */
export function chainMarker(chainId: string): EnvironmentMarker {
  return { name: CHAIN_MARKER, value: chainId };
}

/** The same of one attempt at one step. */
export function stepMarker(workId: string): EnvironmentMarker {
  return { name: 'CLAUDE_PANEL_STEP_ID', value: workId };
}

/** Ends what a process that is gone has left of a chain's programs. */
export async function sweepChain(chainId: string, processes: ProcessTable): Promise<void> {
  await sweep(new ProcessFamily(processes, undefined, chainMarker(chainId)), processes);
}
