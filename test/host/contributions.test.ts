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
