import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';

const TASKS = {
  version: '2.0.0',
  tasks: [
    { label: 'Works', type: 'claude', command: 'works', problemMatcher: [] },
    { label: 'Breaks', type: 'claude', command: 'breaks', problemMatcher: [] },
  ],
};

const chain = (name: string, code: number): string =>
  `name: ${name}\ntitle: ${name}\ndescription: For a test.\nsteps:\n` +
  `  - { id: look, title: Look, run: [node, -e, "console.log('seen'); process.exitCode = ${code}"] }\n`;

describe('commands from elsewhere than the palette', () => {
  const stage = usePanelStage({
    // Without the graphics processor the terminal writes text that can be read.
    settings: { 'claudePanel.revealGodMode': true, 'terminal.integrated.gpuAcceleration': 'off' },
    files: { '.vscode/tasks.json': JSON.stringify(TASKS) },
  });

  async function runVscodeTask(label: string): Promise<void> {
    const { workbench } = stage();
    await workbench.command('Tasks: Run Task');
    await workbench.quickInput.pick(label);
  }

  /** Waits until the words are in the terminal that is in sight. */
  async function terminalSays(words: string): Promise<void> {
    const rows = stage().workbench.page.locator('.xterm-rows');
    await waitFor(`"${words}" in the terminal`, async () =>
      (await rows.allInnerTexts()).join('\n').replace(/\s+/g, ' ').includes(words),
    );
  }

  it('are tasks of tasks.json, told in a terminal, and one that fails is marked', async () => {
    const { workbench, data } = stage();
    const folder = path.join(stage().session.host.folder, 'home', '.claude-panel', 'commands');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'works.yaml'), chain('works', 0));
    writeFileSync(path.join(folder, 'breaks.yaml'), chain('breaks', 3));
    await runVscodeTask('Works');
    await waitFor('the chain to end well', () => data.events(undefined, 'chain.succeeded').length === 1);
    await terminalSays('seen');
    await runVscodeTask('Breaks');
    await waitFor('the chain to fail', () => data.events(undefined, 'chain.failed').length === 1);
    await terminalSays('Look: node ended with code 3.');
    // VS Code marks a task whose exit code is not 0.
    await workbench.page
      .locator('.terminal-tab, .single-terminal-tab')
      .filter({ hasText: 'Breaks' })
      .locator('.codicon-error')
      .waitFor();
    await workbench.command('Terminal: Kill All Terminals');
  });

  it('god mode names what it grants in a dialog, and leaving that denies it', async () => {
    const { workbench, data, panel } = stage();
    await workbench.command('Claude: God Mode');
    await workbench.quickInput.widget.getByText('God Mode: What shall be done, from beginning to end?').waitFor();
    await workbench.quickInput.answer('Do nothing at all');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Let Claude work on this without asking? "Do nothing at all"').waitFor();
    expect(await dialog.getByRole('button', { name: 'Start God Mode' }).isVisible()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await panel.frame
      .getByRole('region', { name: 'Open chain' })
      .getByRole('img', { name: 'Failed' })
      .first()
      .waitFor();
    expect(data.events(undefined, 'task.created')).toHaveLength(0);
  });
});
