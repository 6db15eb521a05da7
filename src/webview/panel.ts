import './host/jitlessSchemas.ts';
import { systemClock } from '../base/clock.ts';
import { newShortId } from '../base/ids.ts';
import { InputGuard } from './approval/inputGuard.ts';
import { registerToolkit } from './controls/toolkit.ts';
import './controls/textInput.ts';
import { HostConnection } from './host/hostConnection.ts';
import { watchForProblems } from './host/watchForProblems.ts';
import { Ticker } from './parts/ticker.ts';
import { connect } from './shell/controller.ts';
import { HostClock } from './shell/hostClock.ts';
import { markReadWhatIsSeen } from './shell/markRead.ts';
import './shell/panelRoot.ts';
import type { PanelRoot } from './shell/panelRoot.ts';
import { TaskActions } from './shell/taskActions.ts';
import { startState } from './state/panelState.ts';
import { PanelStore } from './state/panelStore.ts';
import { readNavigation } from './state/savedNavigation.ts';

const api = acquireVsCodeApi();
const clock = new HostClock(systemClock);
const host = new HostConnection(api, window, systemClock, newShortId);
watchForProblems(host);
registerToolkit();

const store = new PanelStore(startState(readNavigation(api.getState())), callback => requestAnimationFrame(callback));
const guard = new InputGuard(() => performance.now());
window.addEventListener('focus', () => guard.viewFocused());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    guard.viewShown();
  }
});

const context = { store, host, clock, ticker: new Ticker(clock), guard, actions: new TaskActions(host) };
document.querySelector<PanelRoot>('panel-root')?.start(context);
markReadWhatIsSeen(store, host, document);
connect({ api, host, store, clock, guard });
