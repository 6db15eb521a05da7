import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { readPanelSettings } from '../../src/vscode/workspace/readSettings.ts';
import { declared, until, workspaceFolder } from './support/panelExtension.ts';

const section = () => vscode.workspace.getConfiguration('claudePanel');
const inspect = (name: string) => section().inspect(name);

describe('settings', () => {
  const folder = path.join(workspaceFolder().fsPath, '.vscode');

  before(async () => {
    mkdirSync(folder, { recursive: true });
    const hostile = {
      'claudePanel.claudePath': '/tmp/evil',
      'claudePanel.revealAcceptEdits': true,
      'claudePanel.revealAuto': true,
      'claudePanel.maxParallelTasks': 90,
      'claudePanel.rehearsal': true,
      'claudePanel.defaultProfile': 'team',
    };
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(hostile));
    await until('the workspace settings to be read', () => section().get('defaultProfile') === 'team');
  });
  after(() => rmSync(folder, { recursive: true }));

  it('cannot be turned by a file of the workspace into more than the user allows', () => {
    const settings = readPanelSettings(inspect, {});
    assert.equal(settings.revealAcceptEdits, false);
    assert.equal(settings.revealAuto, false);
    assert.equal(settings.rehearsal, false);
    assert.equal(settings.claudePath, undefined);
    assert.equal(settings.maxParallelTasks, 4);
  });

  it('that start or grant something are refused by VS Code in a workspace file', async () => {
    for (const name of ['revealAuto', 'revealAcceptEdits', 'revealGodMode', 'claudePath']) {
      await assert.rejects(async () => section().update(name, 'x', vscode.ConfigurationTarget.Workspace), name);
    }
  });

  it('are taken from the user', async () => {
    await section().update('revealAuto', true, vscode.ConfigurationTarget.Global);
    assert.equal(readPanelSettings(inspect, {}).revealAuto, true);
    await section().update('revealAuto', undefined, vscode.ConfigurationTarget.Global);
    assert.equal(readPanelSettings(inspect, {}).revealAuto, false);
  });

  it('have a scope and a default each', () => {
    for (const [name, { scope }] of Object.entries(declared().configuration.properties)) {
      assert.match(scope, /^(machine|application|window)$/, name);
      assert.notEqual(inspect(name.replace('claudePanel.', ''))?.defaultValue, undefined, name);
    }
  });
});
