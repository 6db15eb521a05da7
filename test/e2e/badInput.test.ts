import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { PRESS_MS, pressUntil } from '../harness/pressUntil.ts';
import { required } from '../harness/toolchain.ts';
import { waitFor } from '../harness/waitFor.ts';
import { makeReadOnly, mountDisk } from '../unit/store/smallDisk.ts';
import { dataFile, temporaryFolder } from '../unit/store/temporaryFolder.ts';
import type { PanelPage } from './support/panelPage.ts';
import { usePanelStage } from './support/panelStage.ts';
import { runs, says, scripted } from './support/script.ts';
import { shownText } from './support/shownText.ts';
import { snapshotsAfter } from './support/undoing.ts';
import { WorkspaceFile } from './support/workspaceFile.ts';

/** A program in place of Claude Code. */
function standIn(...lines: readonly string[]): string {
  const file = path.join(temporaryFolder(), 'claude');
  writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
  return file;
}

/** The only file beside the task list that was set aside. */
function setAside(folder: string): string {
  const [file, ...others] = readdirSync(path.dirname(dataFile(folder))).filter(name => /\.damaged-\w+$/.test(name));
  expect(others).toEqual([]);
  return path.join(path.dirname(dataFile(folder)), file ?? 'nothing');
}

/** Takes all the room that a disk has left, down to the last kilobyte; gives it back when that is called. */
function fill(folder: string): () => void {
  const file = path.join(folder, 'filler');
  for (let size = 1024 * 1024; size >= 512; size /= 2) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // That much does not fit any more.
    }
  }
  return () => rmSync(file, { force: true });
}

describe('what goes wrong', () => {
  const stage = usePanelStage({ environment: { CLAUDE_CODE_MAX_RETRIES: '0' } });

  /** Why nothing can be run at the moment, below the field for the prompt. */
  async function blockedBy(panel: PanelPage, words: string): Promise<string> {
    const reason = panel.frame.locator('panel-compose').getByRole('status');
    return waitFor(`"${words}" in the panel`, async () => {
      const text = await shownText(reason, 1_000);
      return text.includes(words) ? text : undefined;
    });
  }

  /** Nothing is in the way any more, and the window lives: a task comes to its end. */
  async function runsWell(panel: PanelPage, title: string): Promise<void> {
    await panel.showList();
    await panel.compose.fill(scripted(title, says('All is well.')));
    await runButton(panel).and(panel.frame.locator(':not([disabled])')).click();
    await panel.heading(title).waitFor();
    await panel.state('Done');
    await panel.transcriptWith('All is well.');
  }

  function runButton(panel: PanelPage): Locator {
    return panel.frame.locator('panel-compose vscode-button', { hasText: 'Run' });
  }

  /** The reason and the remedy of a task that failed, above its transcript. */
  async function whyItFailed(panel: PanelPage): Promise<string> {
    await panel.state('Failed');
    return shownText(panel.frame.getByRole('group', { name: 'Why it ended' }));
  }

  /** What the list says of all that could be in the way, once it says this. */
  async function healthIs(panel: PanelPage, words: string): Promise<void> {
    await panel.showList();
    const health = panel.button(/^(healthy|\d+ (problem|warning)s?)$/);
    await expect.poll(() => health.innerText({ timeout: PRESS_MS })).toBe(words);
  }

  describe('with what a person enters', () => {
    it('does not run an empty prompt, and says what it needs', async () => {
      const { panel, data, workbench } = stage();
      await panel.showList();
      await panel.compose.fill(' \n\t ');
      const run = runButton(panel);
      await waitFor('Run to be off', () => run.evaluate(button => button.hasAttribute('disabled')));
      expect(await run.getAttribute('title')).toBe('Say what Claude should do, then run it.');
      await panel.compose.press('ControlOrMeta+Enter');
      await workbench.command('Claude: New Task…');
      await workbench.quickInput.enter('New task in', '');
      await workbench.quickInput.asked('Say what Claude should do.').waitFor();
      await workbench.page.keyboard.press('Escape');
      await workbench.quickInput.widget.waitFor({ state: 'hidden' });
      expect(data.tasks()).toEqual([]);
    });

    it('names a folder that has gone, keeps the prompt, and runs it when the folder is back', async () => {
      const folder = temporaryFolder();
      const panel = await stage().openPanel(folder);
      await runsWell(panel, 'Before');
      const tasks = new WorkspaceFile(folder);
      // A git that is still at work would make the folder again.
      await snapshotsAfter(tasks, tasks.task('Before')?.id ?? '', 1);
      rmSync(folder, { recursive: true });
      await panel.showList();
      const prompt = scripted('Into nowhere', says('Here.'));
      await panel.compose.fill(prompt);
      await panel.button('Run').click();
      const said = panel.frame.locator('panel-toasts').getByText(`The folder ${folder} is not there.`);
      expect(await shownText(said)).toContain('Choose a folder that exists, or restore this one.');
      expect(await panel.compose.inputValue()).toBe(prompt);
      mkdirSync(folder);
      await panel.button('Run').click();
      await panel.state('Done');
      const titles = (): readonly string[] => tasks.tasks().map(({ title }) => title);
      await waitFor('the list to be on the disk again', () => titles().length > 0);
      expect(titles()).toEqual(['Into nowhere', 'Before']);
      await panel.workbench.close();
    });
  });

  describe('with .mcp.json', () => {
    it.each([
      ['is binary', '\u0000\u0001\u0002\ufffd', 'Replace it by a text file, or remove it.'],
      ['has broken JSON', '{ "mcpServers": {', 'Correct the file: it has to be JSON with an object "mcpServers".'],
    ])('keeps only the profiles that need it from running while it %s', async (how, text, remedy) => {
      const { panel } = stage();
      await panel.chooseProfile('comprehensive');
      stage().write('.mcp.json', text);
      const reason = await blockedBy(panel, 'The profile “comprehensive” cannot be used');
      expect(reason).toContain('.mcp.json');
      expect(reason).toContain(remedy);
      await panel.chooseProfile('speed');
      await runsWell(panel, `Beside a file that ${how}`);
      await panel.chooseProfile('comprehensive');
      stage().write('.mcp.json', '{ "mcpServers": {} }');
      await runsWell(panel, `Without one that ${how}`);
      await panel.chooseProfile('speed');
    });
  });

  describe('with the task list', () => {
    it('sets aside what is something else, and tells where it is', async () => {
      const folder = temporaryFolder();
      const bytes = randomBytes(50_000);
      mkdirSync(path.dirname(dataFile(folder)));
      writeFileSync(dataFile(folder), bytes);
      const panel = await stage().openPanel(folder);
      const text = await panel.workbench.notifications.told('is not a task list of the control panel');
      expect(text).toContain(path.basename(setAside(folder)));
      expect(readFileSync(setAside(folder)).equals(bytes)).toBe(true);
      await runsWell(panel, 'With a new list');
      await panel.workbench.close();
    });

    it('sets aside what was cut off, and tells how to rescue it', async () => {
      const folder = temporaryFolder();
      expect(await stage().commandIn(folder, 'run', scripted('Once', says('Yes.')))).toMatchObject({ code: 0 });
      const whole = readFileSync(dataFile(folder));
      truncateSync(dataFile(folder), Math.floor(whole.length / 2));
      const panel = await stage().openPanel(folder);
      const text = await panel.workbench.notifications.told('The task list was damaged, and a new one was started.');
      expect(text).toContain(`sqlite3 "${path.basename(setAside(folder))}" .recover`);
      expect(readFileSync(setAside(folder)).equals(whole.subarray(0, Math.floor(whole.length / 2)))).toBe(true);
      await runsWell(panel, 'With a new list');
      await panel.workbench.close();
    });

    it('says that a folder or a file is read-only, and goes on by itself when it can be written', async context => {
      const disk = mountDisk('size=16m');
      if (typeof disk === 'string') return context.skip(disk);
      disk.remount('ro');
      const panel = await stage().openPanel(disk.folder);
      await panel.workbench.notifications.told('cannot be written');
      const reason = await blockedBy(panel, `${path.join(disk.folder, '.claude-panel')} cannot be written.`);
      expect(reason).toContain('Give yourself the right to write in this folder');
      disk.remount('rw');
      await runsWell(panel, 'Kept');

      const end = makeReadOnly(dataFile(disk.folder));
      if (typeof end === 'string') return context.skip(end);
      await panel.workbench.reload();
      await panel.open();
      await panel.showList();
      expect(await blockedBy(panel, 'panel.db cannot be written.')).toContain('Give yourself the right to write');
      end();
      await panel.row('Kept', 'Done').waitFor();
      await runsWell(panel, 'After it');
      await panel.workbench.close();
    });

    it('says that the disk is full, loses nothing, and goes on by itself when there is room', async context => {
      const disk = mountDisk('size=4m');
      if (typeof disk === 'string') return context.skip(disk);
      const empty = fill(disk.folder);
      const panel = await stage().openPanel(disk.folder);
      await panel.workbench.notifications.told('The disk is full');
      expect(await blockedBy(panel, 'The disk is full')).toContain('Free some space on this disk');
      empty();
      await runsWell(panel, 'With room');

      const tasks = new WorkspaceFile(disk.folder);
      await panel.runScript('Caught by it', runs('touch made'), says('I was told: {{lastResult}}'));
      const card = await panel.card('Caught by it: Run a command touch made');
      const again = fill(disk.folder);
      // The field for a prompt, which is not shown now, may say so as well.
      const told = panel.frame.getByText(/The disk is full.*Free some space on this disk/).filter({ visible: true });
      await pressUntil(
        'what is in the way',
        async () => (await told.count()) > 0,
        () => card.button('Allow').click({ timeout: PRESS_MS }),
      );
      expect(tasks.task('Caught by it')?.state).toBe('waiting');
      again();
      await card.press('Allow');
      await panel.state('Done');
      expect(existsSync(path.join(disk.folder, 'made'))).toBe(true);
      expect(tasks.tasks().map(({ title, state }) => `${title}: ${state}`)).toEqual([
        'Caught by it: succeeded',
        'With room: succeeded',
      ]);
      await panel.workbench.close();
    });
  });

  describe('with Claude Code', () => {
    it.each([
      ['is missing', () => '/nowhere/claude', 'There is no Claude Code at /nowhere/claude.', 'Correct the path'],
      [
        'is too old',
        () => standIn('echo "1.0.128 (Claude Code)"'),
        'Claude Code 1.0.128 is too old.',
        'Run "claude update"',
      ],
      ['is something else', () => standIn('echo hello'), 'did not tell its version.', 'Run it with --version'],
    ])('does not start while it %s, and says what to do', async (how, program, message, remedy) => {
      const { panel, session, data } = stage();
      await panel.showList();
      session.host.changeSettings({ 'claudePanel.claudePath': program() });
      expect(await blockedBy(panel, message)).toContain(remedy);
      const title = `While it ${how}`;
      await panel.compose.fill(scripted(title, says('Never.')));
      await panel.button('Run').click();
      await panel.frame.locator('panel-toasts').getByText(message).waitFor();
      expect(data.task(title)).toBeUndefined();
      session.host.changeSettings({});
      await healthIs(panel, 'healthy');
      await runsWell(panel, `After it ${how}`);
    });

    it('tells who is not logged in how to log in, until a task shows that it works', async () => {
      const { panel, session } = stage();
      const [asked, loggedIn] = ['asked', 'logged-in'].map(name => path.join(temporaryFolder(), name));
      const program = standIn(
        `touch '${asked}'`,
        `[ -e '${loggedIn}' ] || unset ANTHROPIC_API_KEY`,
        `exec '${required('claude')}' "$@"`,
      );
      session.host.changeSettings({ 'claudePanel.claudePath': program });
      await waitFor('the setting to be seen', () => existsSync(asked ?? ''));
      await panel.runScript('Logged out', says('Never.'));
      const why = await whyItFailed(panel);
      expect(why).toContain('Claude Code is not logged in.');
      expect(why).toContain('use /login, or set ANTHROPIC_API_KEY');
      await healthIs(panel, '1 problem');
      writeFileSync(loggedIn ?? '', '');
      await runsWell(panel, 'Logged in');
      await healthIs(panel, 'healthy');
      session.host.changeSettings({});
    });

    it('tells that the key is refused at once, and which one to look at', async () => {
      const { panel } = stage();
      await panel.runScript('Locked out', '- error: 401');
      const why = await whyItFailed(panel);
      expect(why).toContain('The API refused the credentials of Claude Code.');
      expect(why).toContain('Check ANTHROPIC_API_KEY');
      await healthIs(panel, '1 problem');
      await runsWell(panel, 'Let in again');
      await healthIs(panel, 'healthy');
    });
  });
});
