import { taskMarker } from '../core/claude/claudeLaunch.ts';
import type { ProcessTable } from '../core/process/processIdentity.ts';
import { ProcessFamily, sweep } from '../core/process/processTree.ts';
import type { ProcessMark } from '../core/tasks/task.ts';

/** Ends all that is left of the processes of these tasks; resolves to how many could not be ended, by task. */
export async function sweepTasks(
  tasks: readonly { readonly id: string; readonly process?: ProcessMark }[],
  processes: ProcessTable,
): Promise<ReadonlyMap<string, number>> {
  const results = await Promise.all(
    tasks.map(async ({ id, process }) => {
      const { left } = await sweep(new ProcessFamily(processes, process, taskMarker(id)), processes);
      return [id, left.length] as const;
    }),
  );
  return new Map(results);
}
