import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startRehearsalServer } from '../../src/adapters/rehearsal/rehearsalServer.ts';
import { findClaude, NO_CLAUDE } from '../../test/contract/rehearsal/claudeProgram.ts';
import { projectRoot } from '../../test/harness/toolchain.ts';
import { VscodeSession } from '../../test/harness/vscodeSession.ts';
import { waitFor } from '../../test/harness/waitFor.ts';
import type { Workbench } from '../../test/harness/workbench.ts';

/*
 * Takes the pictures of the README: the real panel, in the real VS Code, with the real Claude Code against the
 * rehearsal model, on the sample workspace. Run it with `npm run screenshots`.
 */

const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
const TASKS = ['Explain how this project is organised', 'Add a health endpoint and test it'];

/** Held at its third step, so that the picture has every state. */
const CHAIN = `
name: release-check
title: Release Check
description: Everything that has to be looked at before a release.
steps:
  - parallel:
      - { id: tests, title: Tests, run: [node, -e, "console.log('74 passed, 0 failed')"] }
      - { id: packages, title: Vulnerable packages, run: [node, -e, "console.log('none')"] }
      - { id: links, title: Links in the docs, run: [node, -e, "setTimeout(() => undefined, 600000)"] }
  - { id: agree, title: Write the notes?, approve: Write the release notes? }
  - { id: notes, title: Release notes, prompt: Write the release notes. }
`;

const claude = findClaude();
if (claude === undefined) {
  throw new Error(NO_CLAUDE);
}
for (const [name, theme] of Object.entries(THEMES)) {
  const file = (of: string): string => path.join(projectRoot, 'docs', 'pictures', `${of}-${name}.png`);
  await takePictures({ panel: file('panel'), chain: file('chain') }, theme, claude);
}

async function takePictures(
  files: { readonly panel: string; readonly chain: string },
  theme: string,
  program: string,
): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'panel-pictures-'));
  const workspace = path.join(home, 'shop');
  cpSync(path.join(projectRoot, 'test', 'fixtures', 'sample-workspace'), workspace, { recursive: true });
  const commands = path.join(home, '.claude-panel', 'commands');
  mkdirSync(commands, { recursive: true });
  writeFileSync(path.join(commands, 'release-check.yaml'), CHAIN.trimStart());
  const server = await startRehearsalServer();
  const session = await VscodeSession.open({
    workspace,
    viewport: { width: 1280, height: 860 },
    environment: { ...server.environment, HOME: home, CLAUDE_PANEL_HOME: path.join(home, '.claude-panel') },
    settings: { 'claudePanel.claudePath': program, 'claudePanel.notifications': 'none', 'workbench.colorTheme': theme },
  });
  try {
    const { workbench } = session;
    await workbench.openContainer('Claude');
    for (const prompt of TASKS) {
      const frame = await workbench.webviews.find('panel-root');
      const box = frame.getByRole('textbox', { name: 'What should Claude do?' });
      await box.fill(prompt);
      // Runs it and stays in the list.
      await box.press('Control+Shift+Enter');
      await waitFor('the field to be empty again', async () => (await box.inputValue()) === '');
    }
    await workbench.command('Claude: Open Control Panel');
    await workbench.webviews.until('body[data-surface=editor] panel-root', async frame => {
      const row = frame.getByText(TASKS[1] ?? '').first();
      await row.click();
      return (await frame.getByRole('button', { name: 'Allow', exact: true }).count()) > 0;
    });
    await workbench.screenshot(files.panel);
    await takeChainPicture(workbench, files.chain);
  } finally {
    await session.close();
    await server.dispose();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function takeChainPicture(workbench: Workbench, file: string): Promise<void> {
  await workbench.command('Claude: Run Command…');
  await workbench.quickInput.pick('Run which command?', 'Release Check');
  const place = 'body[data-surface=editor] panel-root';
  const tests = { name: /^Tests, .*Done/ };
  await workbench.webviews.until(place, async frame => {
    await frame
      .getByRole('treeitem', { name: /^Release Check, chain/ })
      .click({ timeout: 2000 })
      .catch(() => undefined);
    return (await frame.getByRole('button', tests).count()) > 0;
  });
  const frame = await workbench.webviews.find(place);
  await frame.getByRole('button', tests).click();
  await frame.getByText('74 passed, 0 failed', { exact: true }).waitFor();
  await workbench.screenshot(file);
}
