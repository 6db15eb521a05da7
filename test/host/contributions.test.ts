import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { declared, panelExtension } from './support/panelExtension.ts';

describe('contributions', () => {
  it('have a text in place of every key', () => {
    assert.doesNotMatch(JSON.stringify(panelExtension().packageJSON), /"%[\w.]+%"/);
  });

  it('stand in the category Claude', () => {
    assert.deepEqual([...new Set(declared().commands.map(({ category }) => category))], ['Claude']);
  });

  it('show the views in a container of its own', () => {
    assert.deepEqual(
      declared().views['claude-panel']?.map(({ id, name }) => ({ id, name })),
      [
        { id: 'claudePanel.tasks', name: 'Tasks' },
        { id: 'claudePanel.review', name: 'Review' },
        { id: 'claudePanel.commands', name: 'Commands' },
      ],
    );
  });

  it('have an entry for each built-in command, which can be bound to a key', () => {
    const titles = declared().commands.map(({ title }) => title);
    const builtIn = ['God Mode', 'Safe Mode', 'Serena', 'Security Audit', 'Build Agent', 'Daily Standup'];
    for (const title of [...builtIn, 'Research Mode', 'Backup Now', 'Health Status', 'Unfuck This']) {
      assert.ok(titles.includes(title), title);
    }
  });

  it('offer commands as tasks, and run one to its exit code', async () => {
    const offered = await vscode.tasks.fetchTasks({ type: 'claude' });
    const names = offered.map(({ definition }) => definition['command']);
    assert.ok(names.includes('health-status'), names.join(', '));
    assert.ok(!names.includes('god-mode'), 'god mode is offered only when it is revealed');
    const health = offered.find(({ definition }) => definition['command'] === 'health-status');
    assert.ok(health);
    assert.equal(await exitCodeOf(health), 0);
  });

  it('have a walkthrough', () => {
    assert.deepEqual(
      declared().walkthroughs.map(({ id, steps }) => ({ id, steps: steps.length })),
      [{ id: 'claudePanel.start', steps: 6 }],
    );
  });

  it('run where the files are, and say what is off in a folder that is not trusted', () => {
    const { extensionKind, capabilities } = panelExtension().packageJSON;
    assert.deepEqual(extensionKind, ['workspace']);
    assert.equal(panelExtension().extensionKind, vscode.ExtensionKind.Workspace);
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.equal(capabilities.virtualWorkspaces.supported, false);
  });
});

function exitCodeOf(task: vscode.Task): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const ended = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.definition['command'] === task.definition['command']) {
        ended.dispose();
        resolve(exitCode);
      }
    });
    vscode.tasks.executeTask(task).then(undefined, reject);
  });
}
