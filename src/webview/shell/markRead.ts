import { type Disposable, DisposableStore, toDisposable } from '../../base/disposable.ts';
import type { HostConnection } from '../host/hostConnection.ts';
import type { PanelStore } from '../state/panelStore.ts';

/** What is open in a view that can be seen is read. */
export function markReadWhatIsSeen(store: PanelStore, host: HostConnection, page: Document): Disposable {
  const owned = new DisposableStore();
  let told: string | undefined;
  const look = (): void => {
    const { navigation, tasks } = store.state;
    const task = navigation.openTaskId === undefined ? undefined : tasks.get(navigation.openTaskId);
    if (task?.unread !== true) {
      told = undefined;
    } else if (told !== task.id && page.visibilityState === 'visible') {
      told = task.id;
      // Nothing is lost when it fails: the mark stays, and the next look tells it again.
      void host.request({ type: 'taskAction', taskId: task.id, action: 'markRead' });
    }
  };
  owned.add(store.onChange(look));
  page.addEventListener('visibilitychange', look);
  owned.add(toDisposable(() => page.removeEventListener('visibilitychange', look)));
  return owned;
}
