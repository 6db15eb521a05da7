import type { ExtensionContext } from 'vscode';
import { type ActivePanel, activatePanel } from './vscode/activatePanel.ts';

/** VS Code leaves about five seconds; what is not settled by then is taken over at the next start. */
const CLOSE_WITHIN_MS = 4000;

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
