import type { ExtensionContext } from 'vscode';
import { type ActivePanel, activatePanel } from './vscode/activatePanel.ts';
import { CLOSE_WITHIN_MS } from './vscode/closeWithin.ts';

/** What other extensions and the tests may see. */
export type PanelApi = Pick<ActivePanel, 'servicesState'>;

let panel: ActivePanel | undefined;

export function activate(context: ExtensionContext): PanelApi {
  panel = activatePanel(context);
  return { servicesState: panel.servicesState };
}

export async function deactivate(): Promise<void> {
  await panel?.close(CLOSE_WITHIN_MS);
}
