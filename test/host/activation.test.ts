import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { declared, panelExtension, workspaceFolder } from './support/panelExtension.ts';

/** What VS Code adds for a view by itself. */
const OF_A_VIEW = /^claudePanel\.(?:tasks|review|commands)\./;

// The first file to run: nothing else may have asked for anything yet.
describe('activation', () => {
  it('makes no services and writes no file', async () => {
    const { servicesState } = await panelExtension().activate();
    await new Promise(resolve => setImmediate(resolve));
    assert.equal(servicesState(), 'idle');
    assert.equal(existsSync(path.join(workspaceFolder().fsPath, '.claude-panel')), false);
  });

  it('registers exactly the commands that package.json declares', async () => {
    await panelExtension().activate();
    const registered = (await vscode.commands.getCommands(true))
      .filter(command => command.startsWith('claudePanel.') && !OF_A_VIEW.test(command))
      .sort();
    assert.deepEqual(
      registered,
      declared()
        .commands.map(({ command }) => command)
        .sort(),
    );
  });
});
