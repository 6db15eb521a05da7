import type { ChainSummary } from '../../protocol/chainView.ts';
import type { Reply } from '../host/hostConnection.ts';
import type { PanelContext } from '../shell/panelContext.ts';

/** Ends what runs of a chain. */
export function stopChain(chain: ChainSummary, { actions }: PanelContext): void {
  void actions.request({ type: 'chainAction', chainId: chain.id, action: 'stop' });
}

/** Starts what was planned, and shows it. */
export async function runPlanned(chain: ChainSummary, { actions, store }: PanelContext): Promise<Reply> {
  const reply = await actions.request({ type: 'chainAction', chainId: chain.id, action: 'run' });
  if (reply.chainId !== undefined) {
    store.dispatch({ type: 'openChain', chainId: reply.chainId });
  }
  return reply;
}

/** Forgets the plan and goes back to the list. */
export function discardPlanned(chain: ChainSummary, { actions, store }: PanelContext): void {
  void actions.request({ type: 'chainAction', chainId: chain.id, action: 'discard' });
  store.dispatch({ type: 'back' });
}
