import type { PanelContext } from '../shell/panelContext.ts';
import { MAIN_THREAD } from '../state/panelState.ts';
import { emptyThread, missingPages, PAGE_SIZE } from '../state/thread.ts';

/** Asks for what is missing between two places of a thread, once. */
export function fetchPages(context: PanelContext, taskId: string, thread: string, first: number, last: number): void {
  const { store, host } = context;
  if (store.state.navigation.openTaskId !== taskId) {
    return;
  }
  const pages = missingPages(store.state.threads.get(thread) ?? emptyThread, first, last);
  if (pages.length === 0) {
    return;
  }
  store.dispatch({ type: 'pagesAsked', thread, pages });
  for (const page of pages) {
    host.post({
      type: 'getTranscript',
      taskId,
      ...(thread === MAIN_THREAD ? {} : { thread }),
      from: page * PAGE_SIZE,
      count: PAGE_SIZE,
    });
  }
}
