import type { Clock } from '../../base/clock.ts';
import type { InputGuard } from '../approval/inputGuard.ts';
import type { HostConnection } from '../host/hostConnection.ts';
import type { Ticker } from '../parts/ticker.ts';
import type { PanelStore } from '../state/panelStore.ts';
import type { TaskActions } from './taskActions.ts';

/** What the elements of the panel work with. Made once, in `panel.ts`, and handed down. */
export interface PanelContext {
  readonly store: PanelStore;
  readonly host: HostConnection;
  /** The extension's time, as well as the view knows it. */
  readonly clock: Clock;
  readonly ticker: Ticker;
  readonly guard: InputGuard;
  readonly actions: TaskActions;
}
