import type { ChainHostParts } from '../../../../src/core/chains/chainHost.ts';
import { ChainHost } from '../../../../src/core/chains/chainHost.ts';
import { type ChainRun, isChainOver } from '../../../../src/core/chains/chainRun.ts';
import { ChainService } from '../../../../src/core/chains/chainService.ts';
import type { StepExecutor, StepOutcome, StepWork } from '../../../../src/core/chains/stepWork.ts';
import { PanelChainLog } from '../../../../src/core/tasks/panelChainLog.ts';
import { ManualClock } from '../../../fixtures/manualClock.ts';
import { MemoryPanelLog } from '../../../fixtures/memory/memoryPanelLog.ts';
import { owner } from './sampleChain.ts';

/** Shorter than the runner allows a test, so that the steps of a chain that hangs are told. */
const LONGEST_MS = 25_000;

export const NO_USE = { costUsd: 0, turns: 0 };
export const FAILED: StepOutcome = {
  kind: 'failed',
  failure: { family: 'test', reason: 'broken', message: 'It broke.' },
  isFinal: false,
  ...NO_USE,
};

export type Script = (work: StepWork) => StepOutcome | Promise<StepOutcome>;

/** Ends only when it is told to. */
export function hanging(work: StepWork): Promise<StepOutcome> {
  return new Promise(resolve => {
    const end = (): void => resolve({ kind: 'stopped', ...NO_USE });
    if (work.signal.aborted || work.closing.aborted) {
      end();
    }
    work.signal.addEventListener('abort', end, { once: true });
    work.closing.addEventListener('abort', end, { once: true });
  });
}

/** Hosts over one log in memory, whose steps do what a script says. */
export class ChainStage {
  readonly clock = new ManualClock(1000);
  readonly log: MemoryPanelLog;
  readonly chains: ChainService;
  readonly living = new Set<string>();
  /** Each attempt that was begun, such as `build 1`. */
  readonly begun: string[] = [];
  readonly swept: string[] = [];
  readonly #chainLog: PanelChainLog;
  #ids = 0;

  constructor() {
    const newId = (): string => `id-${++this.#ids}`;
    this.log = new MemoryPanelLog({ source: '/test', clock: this.clock, newId });
    this.#chainLog = new PanelChainLog(this.log);
    this.chains = new ChainService({ log: this.#chainLog, newId });
  }

  host(hostId: string, script: Script, more: Partial<ChainHostParts> = {}): ChainHost {
    this.living.add(hostId);
    const executor: StepExecutor = {
      execute: async work => {
        this.begun.push(`${work.step.id}${work.item === undefined ? '' : `[${work.item}]`} ${work.attempt}`);
        return script(work);
      },
    };
    const host = new ChainHost({
      log: this.#chainLog,
      clock: this.clock,
      owner: { ...owner, hostId },
      living: () => this.living,
      takesQueued: () => true,
      ownOnly: false,
      sweep: async id => void this.swept.push(id),
      snapshots: { take: async () => undefined },
      runner: {
        executors: { prompt: executor, run: executor, command: executor, action: executor, approve: executor },
        random: () => 0.5,
        onProgress: () => undefined,
        report: (_level, text) => {
          throw new Error(text);
        },
      },
      ...more,
    });
    host.start();
    return host;
  }

  /** The process is gone, and everybody can see it. */
  kill(host: ChainHost, hostId: string): void {
    host.dispose();
    this.living.delete(hostId);
  }

  /** Lets everything happen that needs no time, then moves the clock to what waits, until the chain is over. */
  async untilOver(id: string): Promise<ChainRun> {
    // Not a number of rounds: what works out a condition is loaded first, which takes as long as the machine wants.
    const deadline = Date.now() + LONGEST_MS;
    while (Date.now() < deadline) {
      const run = this.chains.get(id);
      if (isChainOver(run.status)) {
        return run;
      }
      await settle();
      this.clock.advance(250);
    }
    throw new Error(`It does not end: ${JSON.stringify(this.chains.get(id).steps)}`);
  }
}

/** Lets promises that need no time be kept. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
