import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('activation', () => {
  it('registers the commands that package.json declares', async () => {
    const extension = vscode.extensions.getExtension('claude-control-panel.claude-control-panel');
    assert.ok(extension);
    await extension.activate();
    const declared: { command: string }[] = extension.packageJSON.contributes?.commands ?? [];
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      declared.map(({ command }) => command).filter(command => !registered.includes(command)),
      [],
    );
  });
});
