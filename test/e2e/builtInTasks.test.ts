import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BUILT_IN_SCENARIO } from '../fixtures/builtInScenario.ts';
import { PRESS_MS, pressUntil } from '../harness/pressUntil.ts';
import { whyNoSandbox } from '../harness/sandbox.ts';
import { projectRoot } from '../harness/toolchain.ts';
import { waitFor } from '../harness/waitFor.ts';
import { startFromPalette } from './support/builtInCommand.ts';
import { usePanelStage } from './support/panelStage.ts';
import { Programs } from './support/programs.ts';
import { shownText } from './support/shownText.ts';
import { agreeTo, planOf } from './support/undoing.ts';

const SERENA = path.join(projectRoot, 'test/fixtures/mcp/serena.mjs');
const outside = mkdtempSync(path.join(os.tmpdir(), 'panel-programs-'));
const programs = new Programs(outside, 'serena', 'uvx');
const LEFT_OUTSIDE = '/var/tmp/claude-panel-god-was-here';

const GOD_MODE = 'Claude: God Mode';
const noSandbox = whyNoSandbox();

describe('the built-in commands that start a task', () => {
  afterAll(() => rmSync(outside, { recursive: true, force: true }));
  const stage = usePanelStage({
    scenario: BUILT_IN_SCENARIO,
    environment: programs.environment,
    files: {
      'README.md': 'a shop\n',
      'greeting.js': 'export function greet() {}\n',
      'forbidden/file': 'kept\n',
      // No workspace may reveal it.
      '.vscode/settings.json': JSON.stringify({ 'claudePanel.revealGodMode': true }),
    },
  });

  /** In the settings editor: only there VS Code takes up a setting of the application while it runs in a browser. */
  async function tickSetting(name: string): Promise<void> {
    const { workbench } = stage();
    await workbench.command('Preferences: Open Settings (UI)');
    const editor = workbench.page.locator('.settings-editor');
    const box = editor.getByRole('checkbox', { name });
    const search = async (): Promise<void> => {
      await editor.locator('.settings-header .view-lines').click({ timeout: PRESS_MS });
      await workbench.page.keyboard.press('ControlOrMeta+A');
      await workbench.page.keyboard.type(`@id:${name}`);
    };
    await pressUntil('the setting to be found', () => box.isVisible(), search, 3_000);
    const isTicked = (): Promise<boolean> => box.isChecked({ timeout: PRESS_MS });
    await pressUntil('the tick', isTicked, () => box.click({ timeout: PRESS_MS }), 10_000);
    await workbench.command('View: Close All Editors');
    await editor.waitFor({ state: 'detached' });
  }

  it('safe mode asks before it reads, and before it writes', async () => {
    const { workbench, panel } = stage();
    const start = (task: string): Promise<void> =>
      startFromPalette(
        workbench,
        'Safe Mode',
        { asked: 'What shall be done?', type: task },
        { asked: 'MCP servers of this folder to start', accept: true },
      );
    await start('What is this?');
    const reads = await panel.card(/README\.md/);
    expect(await shownText(panel.transcript)).not.toContain('a shop');
    await reads.press('Allow');
    await panel.transcriptWith(/It says .*a shop/);
    await panel.state('Done');
    await start('Please note what it is.');
    const writes = await panel.card(/note\.txt/);
    expect(stage().has('note.txt')).toBe(false);
    await writes.press('Allow');
    await panel.transcriptWith('Noted.');
    await panel.state('Done');
    expect(stage().read('note.txt')).toBe('a shop');
  });

  it('serena that is not installed is one message with what to install', async () => {
    const { workbench, data } = stage();
    const before = data.tasks().length;
    await startFromPalette(workbench, 'Serena', { asked: 'What shall be done?', type: 'Rename greet to welcome.' });
    expect(await workbench.notifications.told('Serena is not installed.')).toContain('uv tool install');
    expect(data.tasks()).toHaveLength(before);
  });

  it('serena looks without asking, and asks before it edits', async () => {
    const { workbench, panel } = stage();
    programs.put('serena', `exec '${process.execPath}' '${SERENA}' "$@"`);
    await startFromPalette(workbench, 'Serena', { asked: 'What shall be done?', type: 'Rename greet to welcome.' });
    const edits = await panel.card(/rename_symbol/);
    expect(stage().read('greeting.js')).toContain('function greet()');
    await edits.press('Allow');
    await panel.transcriptWith('It was in greet.');
    await panel.state('Done');
    expect(stage().read('greeting.js')).toContain('function welcome()');
  });

  it('"Unfuck This" shows what the last task did, and puts it back', async () => {
    const { workbench, data } = stage();
    const [last] = data.tasks();
    await waitFor('the snapshot after the task', () => data.events(last?.id, 'checkpoint.taken').length === 2);
    await startFromPalette(workbench, 'Unfuck This');
    await workbench.quickInput.pick('Unfuck This: What?', 'the last task');
    await planOf(workbench, 'Undo', last?.title ?? '')
      .getByText('greeting.js')
      .waitFor();
    await agreeTo(workbench, 'Undo', last?.title ?? '');
    await workbench.notifications.told('Undone: 1 put back.');
    expect(stage().read('greeting.js')).toContain('function greet()');
  });

  it('god mode needs the user’s own setting, names what it grants, takes a snapshot, and acts', async () => {
    const { workbench, panel, data } = stage();
    const { host } = stage().session;
    expect(await workbench.quickInput.commandsLike(GOD_MODE)).not.toContainEqual(expect.stringContaining(GOD_MODE));
    writeFileSync(
      path.join(host.folder, 'claude', 'settings.json'),
      JSON.stringify({ permissions: { deny: ['Bash(rm *)'] } }),
    );
    await tickSetting('claudePanel.revealGodMode');
    const before = data.events().length;
    await startFromPalette(workbench, 'God Mode', {
      asked: 'What shall be done, from beginning to end?',
      type: 'Make a greeting.',
    });
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog
      .getByText(
        'Let Claude work on this without asking, for at most 10 US dollars, 300 turns and 120 minutes? "Make a greeting."',
      )
      .waitFor();
    const grants = await dialog.innerText();
    expect(grants).toContain('Without asking: creates, changes and deletes any file inside of this folder.');
    expect(grants).toContain('Your deny rules hold.');
    expect(grants.includes('any command in a sandbox')).toBe(noSandbox === undefined);
    await dialog.getByRole('button', { name: 'Start God Mode' }).click();
    if (noSandbox !== undefined) {
      for (const command of [/said\.txt/, /god-was-here/]) {
        await (await panel.card(command)).deny('No.');
      }
    }
    await panel.frame.getByRole('button', { name: /^Work, .*Done/ }).waitFor();
    const [, snapshot, begun] = data
      .events()
      .slice(before)
      .filter(({ type }) => /chain\.created|checkpoint\.taken|stepStarted/.test(type));
    expect([snapshot?.type, begun?.type]).toEqual(['claude-panel.checkpoint.taken', 'claude-panel.chain.stepStarted']);
    expect(stage().read('greet.sh')).toContain('echo hello');
    expect(stage().read('forbidden/file')).toBe('kept\n');
  });

  it('god mode runs commands without asking, inside of a sandbox', context => {
    context.skip(noSandbox !== undefined, noSandbox);
    expect(stage().read('said.txt')).toBe('hello\n');
    expect(existsSync(LEFT_OUTSIDE)).toBe(false);
  });
});
