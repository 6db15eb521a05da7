import type { Approval } from '../../core/approvals/approval.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import type { LiveUpdate } from '../../core/tasks/liveUpdate.ts';
import type { Commit } from '../../core/tasks/panelLog.ts';
import type { Task } from '../../core/tasks/task.ts';
import type { TranscriptEntry } from '../../core/tasks/transcript.ts';
import type { LivePart } from '../../protocol/toWebview.ts';

/** Everything that a view has to be told, each thing once and as it is now. */
export interface Pending {
  readonly tasks: readonly Task[];
  readonly approvals: readonly Approval[];
  /** Ids of those that a view need not know any more. */
  readonly removedApprovals: readonly string[];
  readonly chains: readonly ChainRun[];
  /** Ids of those that a view need not know any more. */
  readonly removedChains: readonly string[];
  /** The open chain has to be told anew. */
  readonly chainDetail: boolean;
  readonly facts: boolean;
  readonly detail: boolean;
  /** Entries of the open task, by their place in its log. */
  readonly transcript: ReadonlyMap<number, TranscriptEntry>;
  readonly live: readonly LivePart[];
  /** `live` replaces what the view was sent before. */
  readonly liveIsWhole: boolean;
  readonly discarded: readonly string[];
}

/** Collects what happens between two frames, so that one frame is one message, however much happened. */
export class Outbox {
  #tasks = new Map<string, Task>();
  #approvals = new Map<string, Approval>();
  #removedApprovals = new Set<string>();
  #chains = new Map<string, ChainRun>();
  #removedChains = new Set<string>();
  #chainDetail = false;
  #facts = false;
  #detail = false;
  #transcript = new Map<number, TranscriptEntry>();
  #live = new Map<string, LivePart>();
  #liveIsWhole = false;
  #discarded = new Set<string>();

  get isEmpty(): boolean {
    return (
      this.#tasks.size +
        this.#approvals.size +
        this.#removedApprovals.size +
        this.#chains.size +
        this.#removedChains.size +
        Number(this.#chainDetail) +
        this.#transcript.size +
        this.#live.size +
        this.#discarded.size +
        Number(this.#liveIsWhole) +
        Number(this.#facts) +
        Number(this.#detail) ===
      0
    );
  }

  addCommit(commit: Commit, openTaskId: string | undefined): void {
    for (const task of commit.tasks) {
      this.addTask(task);
      this.#detail ||= task.id === openTaskId;
    }
    for (const approval of commit.approvals) {
      this.#approvals.set(approval.id, approval);
      this.#removedApprovals.delete(approval.id);
    }
    for (const { taskId, index, entry } of commit.transcript) {
      if (taskId === openTaskId) {
        this.#transcript.set(index, entry);
      }
    }
  }

  removeApproval(id: string): void {
    this.#approvals.delete(id);
    this.#removedApprovals.add(id);
  }

  addChain(run: ChainRun): void {
    this.#chains.set(run.id, run);
    this.#removedChains.delete(run.id);
  }

  removeChain(id: string): void {
    this.#chains.delete(id);
    this.#removedChains.add(id);
  }

  addChainDetail(): void {
    this.#chainDetail = true;
  }

  addTask(task: Task): void {
    this.#tasks.set(task.id, task);
  }

  addFacts(): void {
    this.#facts = true;
  }

  addDetail(): void {
    this.#detail = true;
  }

  addEntry(index: number, entry: TranscriptEntry): void {
    this.#transcript.set(index, entry);
  }

  addLive(update: LiveUpdate): void {
    if (update.kind === 'discarded') {
      for (const [key, part] of this.#live) {
        if (part.messageId === update.messageId) {
          this.#live.delete(key);
        }
      }
      this.#discarded.add(update.messageId);
      return;
    }
    const { messageId, blockIndex, part: kind, text, toolName } = update;
    const key = keyOf({ messageId, blockIndex, kind });
    const before = this.#live.get(key);
    const name = toolName ?? before?.toolName;
    this.#live.set(key, {
      messageId,
      blockIndex,
      kind,
      text: (before?.text ?? '') + text,
      ...(name === undefined ? {} : { toolName: name }),
    });
  }

  /** What is being written in the open task, from the beginning: nothing that came before counts any more. */
  addWholeLive(parts: readonly LivePart[]): void {
    this.#live = new Map(parts.map(part => [keyOf(part), part]));
    this.#liveIsWhole = true;
    this.#discarded = new Set();
  }

  /** What belongs to the task that was open before does not concern the view any more. */
  forgetOpenTask(): void {
    this.#detail = false;
    this.#transcript = new Map();
    this.#live = new Map();
    this.#liveIsWhole = false;
    this.#discarded = new Set();
  }

  clear(): void {
    this.take();
  }

  take(): Pending {
    const pending: Pending = {
      tasks: [...this.#tasks.values()],
      approvals: [...this.#approvals.values()],
      removedApprovals: [...this.#removedApprovals],
      chains: [...this.#chains.values()],
      removedChains: [...this.#removedChains],
      chainDetail: this.#chainDetail,
      facts: this.#facts,
      detail: this.#detail,
      transcript: this.#transcript,
      live: [...this.#live.values()],
      liveIsWhole: this.#liveIsWhole,
      discarded: [...this.#discarded],
    };
    this.#tasks = new Map();
    this.#approvals = new Map();
    this.#removedApprovals = new Set();
    this.#chains = new Map();
    this.#removedChains = new Set();
    this.#chainDetail = false;
    this.#facts = false;
    this.forgetOpenTask();
    return pending;
  }
}

function keyOf({ messageId, blockIndex, kind }: Pick<LivePart, 'messageId' | 'blockIndex' | 'kind'>): string {
  return `${blockIndex} ${kind} ${messageId}`;
}
