import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { panelExtension, until, workspaceFolder } from './support/panelExtension.ts';

describe('documents', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('show the ledger as a text', async () => {
    await vscode.commands.executeCommand('claudePanel.showLedger');
    const { servicesState } = await panelExtension().activate();
    assert.equal(servicesState(), 'ready');
    await until(
      'the ledger to be open',
      () => vscode.window.activeTextEditor?.document.uri.scheme === 'claude-panel-view',
    );
    const document = vscode.window.activeTextEditor?.document;
    assert.match(document?.getText() ?? '', /^Decisions in .*\n\n0 decided, 0 open/);
    assert.ok(existsSync(path.join(workspaceFolder().fsPath, '.claude-panel', 'panel.db')));
  });

  it('say why they cannot be shown', async () => {
    const uri = vscode.Uri.from({ scheme: 'claude-panel-view', path: '/proposal/none/a.ts' });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /There is no such question/);
  });

  it('to be edited exist only for a question that is there', async () => {
    const uri = vscode.Uri.from({ scheme: 'claude-panel-edit', path: '/none/a.ts' });
    await assert.rejects(async () => vscode.workspace.fs.readFile(uri));
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri, new Uint8Array()));
  });
});
