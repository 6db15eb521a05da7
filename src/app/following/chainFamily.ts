import type { Approval } from '../../core/approvals/approval.ts';
import type { ChainRun, StepStatus } from '../../core/chains/chainRun.ts';
import type { LogEvent } from '../../core/events/cloudEvent.ts';
import type { LogFact } from '../../core/tasks/logFact.ts';
import type { PanelLog } from '../../core/tasks/panelLog.ts';

/** A chain, the chains that its steps started, and the tasks and questions of all of them, as they come to be known. */
export class ChainFamily {
  readonly #log: PanelLog;
  readonly #chains = new Set<string>();
  readonly #tasks = new Set<string>();
  readonly #approvals = new Set<string>();

  constructor(log: PanelLog, chainId: string) {
    this.#log = log;
    this.#add(chainId);
  }

  get tasks(): ReadonlySet<string> {
    return this.#tasks;
  }

  isChain(id: string): boolean {
    return this.#chains.has(id);
  }

  /** Takes in what an event tells; whether the event is about one of the family. */
  take(event: LogEvent<LogFact>): boolean {
    const data = event.data as { readonly chainId?: string; readonly taskId?: string; readonly approvalId?: string };
    if (this.#chains.has(event.subject)) {
      if (event.type === 'claude-panel.chain.stepChain' && data.chainId !== undefined) {
        this.#add(data.chainId);
      } else if (event.type === 'claude-panel.chain.stepTask' && data.taskId !== undefined) {
        this.#tasks.add(data.taskId);
      } else if (event.type === 'claude-panel.chain.stepAsked' && data.approvalId !== undefined) {
        this.#approvals.add(data.approvalId);
      }
      return true;
    }
    return this.#tasks.has(event.subject) || this.#approvals.has(event.subject);
  }

  concerns({ id, taskId, subject }: Approval): boolean {
    return (
      this.#approvals.has(id) ||
      (taskId !== undefined && this.#tasks.has(taskId)) ||
      (subject.kind === 'gate' && this.#chains.has(subject.chainId))
    );
  }

  #add(chainId: string): void {
    if (!this.#chains.has(chainId)) {
      this.#chains.add(chainId);
      this.#addWorkOf(this.#log.chains.get(chainId));
    }
  }

  /** What a chain had before it was looked at. */
  #addWorkOf(run: ChainRun | undefined): void {
    for (const status of run === undefined ? [] : Object.values(run.steps)) {
      this.#addWork(status);
      for (const { status: item } of status.state === 'skipped' ? [] : (status.items ?? [])) {
        this.#addWork(item);
      }
    }
  }

  #addWork(status: StepStatus): void {
    for (const taskId of 'taskIds' in status ? status.taskIds : []) {
      this.#tasks.add(taskId);
    }
    if (status.state === 'running') {
      if (status.approvalId !== undefined) {
        this.#approvals.add(status.approvalId);
      }
      if (status.chainId !== undefined) {
        this.#add(status.chainId);
      }
    }
  }
}
