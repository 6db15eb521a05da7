import * as vscode from 'vscode';
import { CONTROL_PANEL_TYPE } from '../contributions/views.ts';

/** The tab of the panel that is on top in its group, dead or alive. */
export function visibleTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.all.map(group => group.activeTab).find(isPanel);
}

/** VS Code puts a word of its own before the type. */
function isPanel(tab: vscode.Tab | undefined): boolean {
  return tab?.input instanceof vscode.TabInputWebview && tab.input.viewType.endsWith(CONTROL_PANEL_TYPE);
}
