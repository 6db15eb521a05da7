import { type TranscriptEntry, workedMs } from '../../core/tasks/transcript.ts';
import type { TaskDetail } from '../../protocol/taskView.ts';

type Usage = NonNullable<TaskDetail['tools']>[number];

/** Counts the calls of each tool of a task, sub-agents included. */
export class ToolTotals {
  readonly #totals = new Map<string, Usage>();
  readonly #open = new Set<string>();

  /** An entry that was not counted before. */
  add(entry: TranscriptEntry): void {
    if (entry.kind !== 'tool') {
      return;
    }
    const usage = this.#usage(entry.name);
    usage.calls += 1;
    if (entry.status === 'running') {
      this.#open.add(entry.id);
    } else {
      this.#end(usage, entry);
    }
  }

  /** An entry that was counted while it ran. */
  change(entry: TranscriptEntry): void {
    if (entry.kind === 'tool' && entry.status !== 'running' && this.#open.delete(entry.id)) {
      this.#end(this.#usage(entry.name), entry);
    }
  }

  /** Most used first. */
  list(): Usage[] {
    return [...this.#totals.values()].map(usage => ({ ...usage })).sort((one, other) => other.calls - one.calls);
  }

  #usage(name: string): Usage {
    let usage = this.#totals.get(name);
    if (usage === undefined) {
      usage = { name, calls: 0, failed: 0, denied: 0, totalMs: 0, waitedMs: 0 };
      this.#totals.set(name, usage);
    }
    return usage;
  }

  #end(usage: Usage, entry: Extract<TranscriptEntry, { kind: 'tool' }>): void {
    usage.failed += entry.status === 'error' ? 1 : 0;
    usage.denied += entry.status === 'denied' ? 1 : 0;
    usage.totalMs += workedMs(entry) ?? 0;
    usage.waitedMs += entry.waitedMs ?? 0;
  }
}
