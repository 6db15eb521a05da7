import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startRehearsalServer } from '../../src/adapters/rehearsal/rehearsalServer.ts';
import { findClaude, NO_CLAUDE } from '../../test/contract/rehearsal/claudeProgram.ts';
import { projectRoot } from '../../test/harness/toolchain.ts';
import { VscodeSession } from '../../test/harness/vscodeSession.ts';
import { waitFor } from '../../test/harness/waitFor.ts';

/*
 * Takes the pictures of the README: the real panel, in the real VS Code, with the real Claude Code against the
 * rehearsal model, on the sample workspace. Run it with `npm run screenshots`, after `npm run build` and packing.
 */

const THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' };
const TASKS = ['Explain how this project is organised', 'Add a health endpoint and test it'];

const claude = findClaude();
if (claude === undefined) {
  throw new Error(NO_CLAUDE);
}
for (const [name, theme] of Object.entries(THEMES)) {
  await takePicture(path.join(projectRoot, 'docs', 'pictures', `panel-${name}.png`), theme, claude);
}

async function takePicture(file: string, theme: string, program: string): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'panel-pictures-'));
  const workspace = path.join(home, 'shop');
  cpSync(path.join(projectRoot, 'test', 'fixtures', 'sample-workspace'), workspace, { recursive: true });
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
    await workbench.screenshot(file);
  } finally {
    await session.close();
    await server.dispose();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
