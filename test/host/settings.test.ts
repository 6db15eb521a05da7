import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { type InspectSetting, readNotifications, readPanelSettings } from '../../src/vscode/workspace/readSettings.ts';
import { type DeclaredSetting, declared, panelExtension, until, workspaceFolder } from './support/panelExtension.ts';

const section = () => vscode.workspace.getConfiguration('claudePanel');
const inspect = (name: string) => section().inspect(name);
const settings = () =>
  Object.entries(declared().configuration.properties).map(
    ([name, property]) => [name.replace('claudePanel.', ''), property] as const,
  );
const userOnly = () => settings().filter(([, { scope }]) => scope !== 'window');

/** A value that a file of a workspace could try. */
function otherThan({ type, default: preset, enum: choices = [], maximum }: DeclaredSetting): unknown {
  switch (type) {
    case 'boolean':
      return preset !== true;
    case 'integer':
      return maximum;
    default:
      return choices.find(choice => choice !== preset) ?? '/tmp/evil';
  }
}

describe('settings', () => {
  const folder = path.join(workspaceFolder().fsPath, '.vscode');

  before(async () => {
    mkdirSync(folder, { recursive: true });
    const hostile = Object.entries(declared().configuration.properties).map(([name, property]) => [
      name,
      otherThan(property),
    ]);
    const values = { ...Object.fromEntries(hostile), 'claudePanel.defaultProfile': 'team' };
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(values));
    await until('the workspace settings to be read', () => section().get('defaultProfile') === 'team');
  });
  after(() => rmSync(folder, { recursive: true }));

  it('cannot be turned by a file of the workspace into more than the user allows', () => {
    const ofUser: InspectSetting = name => {
      const { globalValue } = inspect(name) ?? {};
      return { globalValue };
    };
    assert.deepEqual(readPanelSettings(inspect, {}), readPanelSettings(ofUser, {}));
    assert.equal(readNotifications(inspect), readNotifications(ofUser));
    for (const [name, { default: preset }] of userOnly()) {
      assert.deepEqual(section().get(name), inspect(name)?.globalValue ?? preset, name);
    }
  });

  it('that start or grant something are refused by VS Code in a workspace file', async () => {
    for (const [name, property] of userOnly()) {
      const write = async () => section().update(name, otherThan(property), vscode.ConfigurationTarget.Workspace);
      await assert.rejects(write, name);
    }
  });

  it('that a workspace may suggest wait for its trust', () => {
    const suggested = settings().filter(([, { scope }]) => scope === 'window');
    const { restrictedConfigurations } = panelExtension().packageJSON.capabilities.untrustedWorkspaces;
    for (const [name] of suggested) {
      assert.ok(restrictedConfigurations.includes(`claudePanel.${name}`), name);
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
