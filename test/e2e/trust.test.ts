import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { descendantsOf } from '../harness/processes.ts';
import { projectRoot, required } from '../harness/toolchain.ts';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';
import { says, scripted } from './support/script.ts';

const SERVER = path.join(projectRoot, 'test', 'fixtures', 'mcp', 'lab.mjs');
/** Claude Code that leaves a trace of its own when it is started. */
const outside = mkdtempSync(path.join(os.tmpdir(), 'panel-traced-'));
const trace = path.join(outside, 'was-started');
const traced = path.join(outside, 'claude');

describe('a folder that is not trusted', () => {
  writeFileSync(traced, `#!/bin/sh\ntouch "${trace}"\nexec "${required('claude')}" "$@"\n`);
  chmodSync(traced, 0o755);
  afterAll(() => rmSync(outside, { recursive: true, force: true }));
  const stage = usePanelStage({
    trust: 'restricted',
    settings: { 'claudePanel.claudePath': traced },
    files: {
      '.mcp.json': JSON.stringify({ mcpServers: { lab: { command: process.execPath, args: [SERVER, 'forms'] } } }),
      '.claude-panel/profiles.yaml':
        'version: 1\ndefault: open\nprofiles:\n  open:\n    permissionMode: bypassPermissions\n',
    },
  });

  /** What the extension host of the window has started, besides the servers of VS Code's own extensions. */
  function started(): readonly string[] {
    const vscode = path.resolve(required('vscodeHost').entry, '..', '..', '..', 'lib', 'vscode', 'extensions');
    return stage()
      .session.host.extensionHosts()
      .flatMap(({ pid }) => descendantsOf(pid))
      .map(({ command }) => command)
      .filter(command => !command.includes(`${vscode}${path.sep}`));
  }

  it('shows the panel, says why nothing runs and how to change that, and starts nothing', async () => {
    const { panel, workbench } = stage();
    await panel.compose.fill(scripted('Not yet', says('Done.')));
    await panel.frame.getByText('This workspace is not trusted, so nothing is started in it.').waitFor();
    expect(await panel.button('Run').isEnabled()).toBe(false);
    await panel.compose.press('Control+Enter');
    await workbench.command('Claude: New Task…');
    const why = 'This folder is not trusted, so nothing is started in it.';
    await workbench.notifications.toasts(why).getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await workbench.notifications.clear();
    await workbench.command('Claude: Check Health and Fix…');
    await workbench.notifications.told(why);
    expect(started()).toEqual([]);
    expect(existsSync(trace)).toBe(false);
    expect(stage().has('.claude-panel/panel.db')).toBe(false);
    expect(stage().server.requests).toEqual([]);
  });

  it('runs tasks as soon as it is trusted, with what was typed before', async () => {
    const { panel, workbench } = stage();
    await panel.button('Manage Workspace Trust').click();
    const trust = workbench.page.getByRole('button', { name: 'Trust', exact: true });
    await trust.waitFor();
    expect(existsSync(trace)).toBe(false);
    await trust.click();
    await panel.frame.getByText('This workspace is not trusted').waitFor({ state: 'detached' });
    await waitFor('Run to be possible', () => panel.button('Run').isEnabled());
    await panel.button('Run').click();
    await panel.heading('Not yet').waitFor();
    await panel.state('Done');
    expect(existsSync(trace)).toBe(true);
    expect(stage().has('.claude-panel/panel.db')).toBe(true);
  });
});
