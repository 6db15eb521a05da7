import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PRESS_MS, pressUntil } from '../harness/pressUntil.ts';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';
import { says, scripted } from './support/script.ts';

const TASKS = {
  version: '2.0.0',
  tasks: [
    { label: 'Works', type: 'claude', command: 'works', problemMatcher: [] },
    { label: 'Breaks', type: 'claude', command: 'breaks', problemMatcher: [] },
    { label: 'Asks', type: 'claude', prompt: scripted('Say it', says('Said.')), profile: 'shop', problemMatcher: [] },
  ],
};

const chain = (name: string, code: number): string =>
  `name: ${name}\ntitle: ${name}\ndescription: For a test.\nsteps:\n` +
  `  - { id: look, title: Look, run: [node, -e, "console.log('seen'); process.exitCode = ${code}"] }\n`;

/** Writes what it was given into a file; the name has to be given. */
const GREETING = `name: greeting
title: Greeting
description: For a test.
inputs:
  - { name: who, type: text, title: Whom? }
  - { name: tone, type: choice, title: How?, choices: [warm, cold], default: warm }
steps:
  - id: say
    run: [node, -e, "require('fs').writeFileSync('said.txt', process.argv.slice(1).join('|'))", "\${{ inputs.who }}", "\${{ inputs.tone }}"]
`;
const STRANGE = 'Ada "$(touch started)" \u0060touch started\u0060 ${{ inputs.tone }}';
const request = (inputs: Readonly<Record<string, string>>): object => ({ command: 'greeting', inputs });

describe('commands from elsewhere than the palette', () => {
  const stage = usePanelStage({
    keyBindings: [
      { key: 'ctrl+alt+8', command: 'claudePanel.runCommand', args: request({ tone: 'cold' }) },
      { key: 'ctrl+alt+9', command: 'claudePanel.runCommand', args: request({ who: STRANGE }) },
    ],
    // Without the graphics processor the terminal writes text that can be read.
    settings: { 'claudePanel.revealGodMode': true, 'terminal.integrated.gpuAcceleration': 'off' },
    files: {
      '.vscode/tasks.json': JSON.stringify(TASKS),
      '.claude-panel/profiles.yaml': 'version: 1\nprofiles:\n  shop:\n    allowedTools: [Bash(npm run *)]\n',
    },
  });

  async function runVscodeTask(label: string): Promise<void> {
    const { workbench } = stage();
    await workbench.command('Tasks: Run Task');
    await workbench.quickInput.pick('Select the task to run', label);
  }

  /** Waits until the words are in the terminal that is in sight. */
  async function terminalSays(words: string): Promise<void> {
    const rows = stage().workbench.page.locator('.xterm-rows');
    await waitFor(`"${words}" in the terminal`, async () =>
      (await rows.allInnerTexts()).join('\n').replace(/\s+/g, ' ').includes(words),
    );
  }

  function said(text: string): Promise<boolean> {
    return waitFor(`"${text}" to be said`, () => stage().has('said.txt') && stage().read('said.txt') === text);
  }

  /** The tree of commands, with room for all of its rows. */
  async function wholeTree(): Promise<Locator> {
    const { workbench } = stage();
    await workbench.command('Claude: Focus on Commands View');
    const tree = workbench.page.getByRole('tree', { name: 'Commands' });
    await tree.waitFor();
    const above = workbench.page.locator('.pane-header[aria-label^="Tasks"]');
    await pressUntil(
      'the tasks to be folded',
      async () => (await above.getAttribute('aria-expanded', { timeout: PRESS_MS })) === 'false',
      () => above.click({ timeout: PRESS_MS }),
    );
    return tree;
  }

  /** From the menu of a row, pressed until that counts: VS Code takes no press on a menu that has only just opened. */
  async function choose(row: Locator, action: string): Promise<void> {
    const item = row.page().getByRole('menuitem', { name: action, exact: true });
    await row.waitFor();
    await pressUntil(
      'the menu',
      () => item.isVisible(),
      () => row.click({ button: 'right', timeout: PRESS_MS }),
    );
    await pressUntil(
      `"${action}" to count`,
      async () => !(await item.isVisible()),
      () => item.click({ timeout: PRESS_MS }),
    );
  }

  const chains = (): number => stage().data.events(undefined, 'chain.created').length;

  it('are tasks of tasks.json, told in a terminal, and one that fails is marked', async () => {
    const { workbench, data } = stage();
    stage().writeUserCommand('works', chain('works', 0));
    stage().writeUserCommand('breaks', chain('breaks', 3));
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

  it('are bound to keys with their inputs, of which only what is missing is asked', async () => {
    const { workbench, panel } = stage();
    stage().writeUserCommand('greeting', GREETING);
    await workbench.page.keyboard.press('Control+Alt+9');
    await panel.frame.getByRole('button', { name: /^say, Program, .*Done/ }).waitFor();
    await said(`${STRANGE}|warm`);
    expect(stage().has('started')).toBe(false);
    await panel.showList();
    await workbench.page.keyboard.press('Control+Alt+8');
    await workbench.quickInput.answer('Greeting: Whom?', 'Grace');
    await said('Grace|cold');
  });

  it('are run by a link only after a yes to exactly what it says', async () => {
    const { workbench } = stage();
    const link = 'vscode://claude-control-panel.claude-control-panel/run?command=greeting&who=a%20stranger%E2%80%AE';
    const dialog = workbench.page.locator('.monaco-dialog-box');
    const asks = dialog.filter({ hasText: 'A link wants to run "Greeting"' });
    const open = async (): Promise<void> => {
      await workbench.command('Developer: Open URL');
      await workbench.quickInput.answer('URL to open', link);
      // VS Code's own question comes first.
      await dialog.filter({ hasText: 'to open this URI' }).getByRole('button', { name: 'Open', exact: true }).click();
      await asks.waitFor();
    };
    await open();
    const before = chains();
    const words = await asks.innerText();
    expect(words).toContain('user:greeting: For a test.');
    expect(words).toContain('who: a stranger⟨U+202E⟩');
    await asks.getByRole('button', { name: 'Cancel' }).click();
    await asks.waitFor({ state: 'detached' });
    await open();
    expect(chains()).toBe(before);
    await asks.getByRole('button', { name: 'Run', exact: true }).click();
    await waitFor('the command to have run', () => stage().read('said.txt').startsWith('a stranger'));
    expect(chains()).toBe(before + 1);
  });

  it('are shown, edited, copied and run from the tree', async () => {
    const { workbench, panel, data } = stage();
    const { page } = workbench;
    const tree = await wholeTree();
    const row = (name: RegExp): Locator => tree.getByRole('treeitem', { name });
    const own = row(/^Greeting, greeting$/);
    await choose(row(/^Backup Now, /), 'Show Definition');
    await page.getByRole('tab', { name: /^backup-now\.yaml/ }).waitFor();
    await choose(own, 'Edit');
    await page.getByRole('tab', { name: /^greeting\.yaml/ }).waitFor();
    await choose(own, 'Duplicate to Project');
    await row(/^Greeting, greeting · shadowed by project:greeting: run it as user:greeting$/).waitFor();
    expect(stage().read('.claude-panel/commands/greeting.yaml')).toBe(GREETING);
    await workbench.command('View: Close All Editors');
    const before = data.events(undefined, 'chain.succeeded').length;
    await own.hover();
    await own.getByRole('button', { name: 'Run', exact: true }).click();
    await (await panel.card(/[Cc]ommand "greeting"/)).press('Approve this content');
    await workbench.quickInput.answer('Greeting: Whom?', 'the tree');
    await workbench.quickInput.pick('Greeting: How?', 'cold');
    await said('the tree|cold');
    await waitFor('its end', () => data.events(undefined, 'chain.succeeded').length > before);
  });

  it('god mode names what it grants in a dialog, and leaving that denies it', async () => {
    const { workbench, data, panel } = stage();
    await workbench.command('Claude: God Mode');
    await workbench.quickInput.answer('God Mode: What shall be done, from beginning to end?', 'Do nothing at all');
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog
      .getByText(
        'Let Claude work on this without asking, for at most 10 US dollars, 300 turns and 120 minutes? "Do nothing at all"',
      )
      .waitFor();
    await dialog.getByRole('button', { name: 'Start God Mode' }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await panel.frame
      .getByRole('region', { name: 'Open chain' })
      .getByRole('img', { name: 'Failed' })
      .first()
      .waitFor();
    expect(data.events(undefined, 'task.created')).toHaveLength(0);
  });

  it('go on in the same terminal when the profile of a prompt had to be approved first', async () => {
    const { panel } = stage();
    await runVscodeTask('Asks');
    await panel.open();
    await panel.showList();
    const card = await panel.card(/shop/);
    await card.press('Approve this content');
    await terminalSays('Done.');
    expect(
      stage()
        .data.tasks()
        .filter(({ state }) => state === 'succeeded'),
    ).toHaveLength(1);
  });
});
