import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { until } from './support/panelExtension.ts';

const TITLE = 'Claude: Control Panel';
const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap(group => group.tabs);

describe('the panel', () => {
  it('opens as one tab, however often it is asked for', async () => {
    await vscode.commands.executeCommand('claudePanel.openControlPanel');
    await until('the tab', () => tabs().some(({ label }) => label === TITLE));
    await vscode.commands.executeCommand('claudePanel.openControlPanel');
    await until('one tab', () => tabs().filter(({ label }) => label === TITLE).length === 1);
    await vscode.window.tabGroups.close(tabs().filter(({ label }) => label === TITLE));
    await until('no tab', () => !tabs().some(({ label }) => label === TITLE));
  });

  it('can be opened again after it was closed', async () => {
    await vscode.commands.executeCommand('claudePanel.openControlPanel');
    await until('the tab', () => tabs().some(({ label }) => label === TITLE));
    await vscode.window.tabGroups.close(tabs().filter(({ label }) => label === TITLE));
  });
});
