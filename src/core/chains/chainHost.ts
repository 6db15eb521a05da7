import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import type { Failure } from '../../base/panelError.ts';
import type { ChainLog } from './chainLog.ts';
import { type ChainOwner, type ChainRun, isChainOver } from './chainRun.ts';
import { ChainRunner, type ChainRunnerParts } from './chainRunner.ts';

export interface ChainHostParts {
  readonly log: ChainLog;
  readonly clock: Clock;
  readonly owner: ChainOwner;
  /** Ids of the programs that live and work on this workspace. */
  readonly living: () => ReadonlySet<string>;
  /** Whether this process may take chains now; false in an untrusted folder. */
  readonly takesQueued: () => boolean;
  /** It takes only what is reserved for it. */
  readonly ownOnly: boolean;
  /** Ends every program that steps of this chain started in a process that is gone. */
  readonly sweep: (chainId: string) => Promise<void>;
  /** Snapshots of the folders around a chain. One that another chain started is covered by those of that chain. */
  readonly snapshots: ChainSnapshots;
  readonly runner: Omit<ChainRunnerParts, 'log' | 'clock' | 'hostId'>;
}

export interface ChainSnapshots {
  /** Why there is none of some folder; nothing when all were taken. Never rejects. */
  take(run: ChainRun, moment: 'before' | 'after'): Promise<Failure | undefined>;
}

const LOOK_MS = 1000;

/** Owns chains for this process: takes new ones, takes over those whose owner died, and works on them. */
export class ChainHost implements Disposable {
  readonly #parts: ChainHostParts;
  readonly #runners = new Map<string, { readonly runner: ChainRunner; readonly done: Promise<void> }>();
  /** Chains that are being taken over: their left-over programs are ended first. */
  readonly #takingOver = new Set<string>();
  /** Chains of others that a person wants to go on here. */
  readonly #adopted = new Set<string>();
  readonly #disposables = new DisposableStore();
  #closing = false;

  constructor(parts: ChainHostParts) {
    this.#parts = parts;
  }

  /** After this host was registered among the living. */
  start(): void {
    const { log, clock } = this.#parts;
    this.#disposables.add(log.onDidChange(run => run.status.state === 'queued' && this.look()));
    this.#disposables.add(clock.every(LOOK_MS, () => this.look()));
    this.look();
  }

  /** Looks for chains to work on. */
  look(): void {
    const { log, living, runner } = this.#parts;
    if (this.#closing) {
      return;
    }
    try {
      const unfinished = log.unfinished();
      // Read after the chains: a host registers before it leases, so an owner that is not here has gone.
      const hosts = unfinished.length === 0 ? new Set<string>() : living();
      for (const run of unfinished.filter(other => this.#mayTake(other, hosts))) {
        void this.#take(run, hosts);
      }
    } catch (error) {
      runner.report('warn', `Chains could not be looked at: ${String(error)}`);
    }
  }

  /** Goes on with a chain, and what its steps have begun, once no living process has it. */
  adopt(id: string): void {
    this.#adopted.add(id);
    this.look();
  }

  /** Leaves all chains to the next owner; resolves when nothing of them runs here any more. */
  async suspend(): Promise<void> {
    this.#closing = true;
    for (const { runner } of this.#runners.values()) {
      runner.close();
    }
    await Promise.all([...this.#runners.values()].map(({ done }) => done));
  }

  dispose(): void {
    this.#closing = true;
    this.#disposables.dispose();
    for (const { runner } of this.#runners.values()) {
      runner.close();
    }
  }

  #mayTake(run: ChainRun, hosts: ReadonlySet<string>): boolean {
    const { owner, ownOnly, takesQueued } = this.#parts;
    const { id, status, reservedFor } = run;
    if (this.#runners.has(id) || this.#takingOver.has(id)) {
      return false;
    }
    if (status.state === 'running' && status.stopping !== undefined && !hosts.has(status.owner.hostId)) {
      // Ending what nobody owns any more starts nothing, so any process does it: there may be no other.
      return true;
    }
    if (!takesQueued()) {
      return false;
    }
    const isOpen =
      status.state === 'queued' ||
      (status.state === 'running' && (status.owner.hostId === owner.hostId || !hosts.has(status.owner.hostId)));
    const isForOthers = reservedFor === undefined || !hosts.has(reservedFor);
    return isOpen && (reservedFor === owner.hostId || ((!ownOnly || this.#isAdopted(run)) && isForOthers));
  }

  #isAdopted({ id, parent }: ChainRun): boolean {
    const above = parent === undefined ? undefined : this.#parts.log.get(parent.chainId);
    return this.#adopted.has(id) || (above !== undefined && this.#isAdopted(above));
  }

  async #take(seen: ChainRun, hosts: ReadonlySet<string>): Promise<void> {
    const { log, owner, sweep, runner } = this.#parts;
    const { id } = seen;
    this.#takingOver.add(id);
    try {
      let isOurs = false;
      const run = log.decide(id, known => {
        // Another host may have been quicker.
        isOurs = known !== undefined && isSameOwner(known, seen) && this.#mayTakeNow(known, hosts);
        return isOurs ? [{ type: 'claude-panel.chain.leased', data: { owner } }] : [];
      });
      if (!isOurs || run === undefined) {
        return;
      }
      if (seen.status.state === 'running') {
        await sweep(id);
      }
      // An owner that died before the first step may have died before the snapshot.
      if (hasOwnSnapshots(run) && (seen.status.state === 'queued' || !hasBegun(run))) {
        await this.#prepare(run);
      }
      this.#work(id);
    } catch (error) {
      runner.report('warn', `Chain ${id} could not be taken: ${String(error)}`);
    } finally {
      this.#takingOver.delete(id);
    }
  }

  /** A command that must not run without a snapshot ends here when there is none. */
  async #prepare(run: ChainRun): Promise<void> {
    const { log, snapshots } = this.#parts;
    const failure = await snapshots.take(run, 'before');
    if (failure !== undefined && run.command.requiresSnapshot) {
      log.decide(run.id, () => [{ type: 'claude-panel.chain.failed', data: { failure } }]);
    }
  }

  async #finish(id: string): Promise<void> {
    const { log, snapshots } = this.#parts;
    const run = log.get(id);
    if (run !== undefined && isChainOver(run.status) && hasOwnSnapshots(run)) {
      await snapshots.take(run, 'after');
    }
  }

  #mayTakeNow(run: ChainRun, hosts: ReadonlySet<string>): boolean {
    const { owner } = this.#parts;
    return (
      run.status.state === 'queued' ||
      (run.status.state === 'running' &&
        (run.status.owner.hostId === owner.hostId || !hosts.has(run.status.owner.hostId)))
    );
  }

  #work(id: string): void {
    if (this.#closing) {
      return;
    }
    const { log, clock, owner, runner: parts } = this.#parts;
    const runner = new ChainRunner(id, { ...parts, log, clock, hostId: owner.hostId });
    const done = runner
      .run()
      .then(() => this.#finish(id))
      .catch(error => parts.report('error', `Chain ${id}: ${String(error)}`))
      .finally(() => {
        this.#runners.delete(id);
        this.look();
      });
    this.#runners.set(id, { runner, done });
  }
}

/** A command that requires a snapshot requires one of its own, of what the steps before it have left. */
function hasOwnSnapshots({ parent, command }: ChainRun): boolean {
  return parent === undefined || command.requiresSnapshot;
}

function hasBegun({ steps }: ChainRun): boolean {
  return Object.values(steps).some(({ state }) => state !== 'waiting' && state !== 'skipped');
}

function isSameOwner(run: ChainRun, seen: ChainRun): boolean {
  const ownerOf = ({ status }: ChainRun): string | undefined =>
    status.state === 'running' ? status.owner.hostId : undefined;
  return ownerOf(run) === ownerOf(seen);
}
