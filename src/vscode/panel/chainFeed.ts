import type { PanelServices } from '../../app/panelServices.ts';
import type { Disposable } from '../../base/disposable.ts';
import { visibleText } from '../../base/visibleText.ts';
import type { ChainRun } from '../../core/chains/chainRun.ts';
import { stepOf } from '../../core/chains/graph.ts';
import type { Commit } from '../../core/tasks/panelLog.ts';
import type { ChainSummary } from '../../protocol/chainView.ts';
import type { Change, ToWebview } from '../../protocol/toWebview.ts';
import { presentChainDetail } from '../presenters/chainDetail.ts';
import { type ChainSurroundings, presentChain } from '../presenters/chainSummary.ts';
import { ChainIndex } from './chainIndex.ts';
import type { ChainPlans } from './chainPlans.ts';
import type { Outbox, Pending } from './outbox.ts';

/** Older ones are in the log; a list that nobody looks through helps nobody. */
const NEWEST_CHAINS = 50;
/** Among so many of the newest chains those that a step started are looked for. */
const LOOKED_THROUGH = 500;

/** The chains of one view: all rows, and the one that is open with the step that is chosen. */
export class ChainFeed implements Disposable {
  readonly #plans: ChainPlans;
  readonly #services: () => PanelServices | undefined;
  readonly #changed: (add: (outbox: Outbox) => void) => void;
  readonly #ofPlans: Disposable;
  #index: ChainIndex | undefined;
  #open: { readonly chainId: string; readonly stepId: string | undefined } | undefined;

  /** `changed` tells the view, where it listens. */
  constructor(
    plans: ChainPlans,
    services: () => PanelServices | undefined,
    changed: (add: (outbox: Outbox) => void) => void,
  ) {
    this.#plans = plans;
    this.#services = services;
    this.#changed = changed;
    this.#ofPlans = plans.onDidChange(id => this.#planChanged(id));
  }

  /** The view listens from now on. */
  begin(): void {
    const services = this.#services();
    this.#index = services === undefined ? undefined : new ChainIndex(services.log.chains.unfinished());
  }

  open(chainId: string | undefined, stepId: string | undefined): void {
    this.#open = chainId === undefined ? undefined : { chainId, stepId };
    const run = chainId === undefined ? undefined : this.#find(chainId);
    if (run !== undefined) {
      this.#changed(outbox => {
        outbox.addChain(run);
        outbox.addChainDetail();
      });
    }
  }

  close(): void {
    this.#open = undefined;
  }

  take(commit: Commit, outbox: Outbox): void {
    for (const run of this.#index?.changed(commit) ?? []) {
      outbox.addChain(run);
      if (run.id === this.#open?.chainId || run.parent?.chainId === this.#open?.chainId) {
        outbox.addChainDetail();
      }
    }
  }

  snapshot(): ChainSummary[] {
    const chains = this.#services()?.log.chains;
    const known = new Map<string, ChainRun>();
    for (const run of [...(chains?.list({ limit: NEWEST_CHAINS }) ?? []), ...(chains?.unfinished() ?? [])]) {
      known.set(run.id, run);
    }
    const open = this.#open === undefined ? undefined : this.#find(this.#open.chainId);
    for (const run of [...(open === undefined ? [] : [open]), ...this.#plans.all().map(plan => plan.run)]) {
      known.set(run.id, run);
    }
    return [...known.values()].map(run => this.#present(run));
  }

  /** What one frame changes in the list. */
  changes({ chains, removedChains }: Pending): Change[] {
    return [
      ...chains.map(run => ({ kind: 'chain', chain: this.#present(run) }) as const),
      ...removedChains.map(chainId => ({ kind: 'chainRemoved', chainId }) as const),
    ];
  }

  /** The open chain, when one frame changes it. */
  detail({ chainDetail }: Pending): readonly ToWebview[] {
    const open = this.#open;
    const run = chainDetail && open !== undefined ? this.#find(open.chainId) : undefined;
    if (run === undefined) {
      return [];
    }
    const { stepId } = open ?? {};
    const chosen = stepId === undefined ? undefined : { stepId, chains: this.#startedBy(run, stepId) };
    const detail = presentChainDetail(run, this.#surroundings(), chosen);
    const does = stepId === undefined ? undefined : this.#plans.get(run.id)?.does.get(stepId);
    return [
      {
        type: 'chainDetail',
        detail:
          detail.chosen === undefined || does === undefined
            ? detail
            : { ...detail, chosen: { ...detail.chosen, does: visibleText(does) } },
      },
    ];
  }

  dispose(): void {
    this.#ofPlans.dispose();
  }

  #planChanged(id: string): void {
    const plan = this.#plans.get(id);
    this.#changed(outbox => (plan === undefined ? outbox.removeChain(id) : outbox.addChain(plan.run)));
  }

  #startedBy(run: ChainRun, stepId: string): readonly ChainRun[] {
    const step = stepOf(run, stepId);
    if (step === undefined || !('command' in step)) {
      return [];
    }
    const { log } = this.#services() ?? {};
    return (log?.chains.list({ limit: LOOKED_THROUGH }) ?? []).filter(
      ({ parent }) => parent?.chainId === run.id && parent.stepId === stepId,
    );
  }

  #present(run: ChainRun): ChainSummary {
    const summary = presentChain(run, this.#surroundings());
    return this.#plans.get(run.id) === undefined ? summary : { ...summary, state: 'planned' };
  }

  #find(id: string): ChainRun | undefined {
    return this.#plans.get(id)?.run ?? this.#services()?.log.chains.get(id);
  }

  #surroundings(): ChainSurroundings {
    const services = this.#services();
    return { taskOf: id => services?.log.tasks.get(id), hostId: services?.actor('panel').hostId };
  }
}
