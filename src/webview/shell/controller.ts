import { type Disposable, DisposableStore } from '../../base/disposable.ts';
import { PROTOCOL_VERSION } from '../../protocol/toWebview.ts';
import type { InputGuard } from '../approval/inputGuard.ts';
import type { HostConnection } from '../host/hostConnection.ts';
import type { VsCodeApi } from '../host/vscodeApi.ts';
import type { PanelState } from '../state/panelState.ts';
import type { PanelStore } from '../state/panelStore.ts';
import { navigationToSave } from '../state/savedNavigation.ts';
import type { HostClock } from './hostClock.ts';

interface Parts {
  readonly api: VsCodeApi;
  readonly host: HostConnection;
  readonly store: PanelStore;
  readonly clock: HostClock;
  readonly guard: InputGuard;
}

/** Where the person is gets saved this long after it changed, in ms. */
const SAVE_AFTER_MS = 300;

/** Carries messages into the state, and what follows from a change of the state out of it. */
export function connect(parts: Parts): Disposable {
  const { host, store, clock, guard } = parts;
  const owned = new DisposableStore();
  owned.add(
    host.onMessage(message => {
      if (message.type === 'snapshot' && message.now !== undefined) {
        clock.set(message.now);
      }
      if (message.type === 'windowFocus') {
        guard.windowFocusChanged(message.focused);
      }
      store.dispatch({ type: 'received', message });
    }),
  );
  owned.add(store.onChange((state, before) => tell(host, state, before)));
  owned.add(saveNavigation(parts));
  host.post({ type: 'ready', protocol: PROTOCOL_VERSION });
  return owned;
}

function tell(host: HostConnection, state: PanelState, before: PanelState): void {
  if (state.connection === 'lost' && before.connection !== 'lost') {
    host.post({ type: 'resync' });
  }
  const { openTaskId, openChainId, openStepId } = state.navigation;
  const firstSnapshot = state.snapshots !== before.snapshots;
  // The extension forgets what is open when it starts anew, so each snapshot is told it again.
  if (openTaskId !== before.navigation.openTaskId || (firstSnapshot && openTaskId !== undefined)) {
    host.post({ type: 'openTask', ...(openTaskId === undefined ? {} : { taskId: openTaskId }) });
  }
  const chainChanged = openChainId !== before.navigation.openChainId || openStepId !== before.navigation.openStepId;
  if (chainChanged || (firstSnapshot && openChainId !== undefined)) {
    host.post({
      type: 'openChain',
      ...(openChainId === undefined ? {} : { chainId: openChainId }),
      ...(openStepId === undefined ? {} : { stepId: openStepId }),
    });
  }
}

function saveNavigation({ api, store, clock }: Parts): Disposable {
  const owned = new DisposableStore();
  let pending: Disposable | undefined;
  owned.add(
    store.onChange((state, before) => {
      if (state.navigation !== before.navigation && pending === undefined) {
        pending = owned.add(
          clock.after(SAVE_AFTER_MS, () => {
            if (pending !== undefined) {
              owned.delete(pending);
            }
            pending = undefined;
            api.setState(navigationToSave(store.state.navigation));
          }),
        );
      }
    }),
  );
  return owned;
}
