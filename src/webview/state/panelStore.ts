import { type Disposable, toDisposable } from '../../base/disposable.ts';
import type { PanelState } from './panelState.ts';
import { type PanelAction, reducePanel } from './reducePanel.ts';

/**
 * Holds the state. Actions are reduced at once, so that a hidden view does not collect messages;
 * who shows the state is told at most once a frame.
 */
export class PanelStore {
  #state: PanelState;
  #framePending = false;
  readonly #requestFrame: (callback: () => void) => void;
  readonly #viewers = new Set<(state: PanelState) => void>();
  readonly #witnesses = new Set<(state: PanelState, before: PanelState) => void>();

  constructor(state: PanelState, requestFrame: (callback: () => void) => void) {
    this.#state = state;
    this.#requestFrame = requestFrame;
  }

  get state(): PanelState {
    return this.#state;
  }

  dispatch(action: PanelAction): void {
    const before = this.#state;
    this.#state = reducePanel(before, action);
    if (this.#state === before) {
      return;
    }
    for (const witness of [...this.#witnesses]) {
      witness(this.#state, before);
    }
    if (!this.#framePending) {
      this.#framePending = true;
      this.#requestFrame(() => {
        this.#framePending = false;
        for (const viewer of [...this.#viewers]) {
          viewer(this.#state);
        }
      });
    }
  }

  /** Called with the newest state, at most once a frame. */
  onFrame(viewer: (state: PanelState) => void): Disposable {
    this.#viewers.add(viewer);
    return toDisposable(() => void this.#viewers.delete(viewer));
  }

  /** Called for every single change, at once. */
  onChange(witness: (state: PanelState, before: PanelState) => void): Disposable {
    this.#witnesses.add(witness);
    return toDisposable(() => void this.#witnesses.delete(witness));
  }
}
