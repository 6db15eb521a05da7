import type { Frame } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';
import { says, scripted } from './support/script.ts';

/** Two programs side by side, a gate, and a task; `held` waits for a file, so that a test sees it run. */
const SHIP = `
name: ship
title: Ship It
description: Checks, asks, and writes the notes.
inputs:
  - { name: audience, type: choice, title: For whom?, choices: [users, developers] }
steps:
  - parallel:
      - { id: quick, title: Quick check, run: [node, -e, "console.log('looked at it')"] }
      - id: held
        title: Slow check
        run: [node, -e, "const fs = require('fs'); const look = () => fs.existsSync('go') || setTimeout(look, 50); look()"]
  - { id: agree, title: Agree, approve: "Write the notes for \${{ inputs.audience }}?" }
  - id: notes
    title: Notes
    profile: speed
    prompt: |
${scripted('Write the notes', says('These are the notes.'))
  .split('\n')
  .map(line => `      ${line}`)
  .join('\n')}
`;

const BREAKS = `
name: breaks
title: Breaks Once
description: Fails until a file is there.
steps:
  - { id: look, title: Look, run: [node, -e, "process.exit(require('fs').existsSync('mended') ? 0 : 3)"] }
  - { id: after, title: After, run: [node, -e, "console.log('after')"] }
`;

const WAITS = 'setInterval(() => undefined, 1000)';
const ENDLESS = `
name: endless
title: Endless
description: Goes on until it is stopped.
steps:
  - { id: look, title: Look, run: [node, -e, "${WAITS}"] }
`;

describe('chains', () => {
  const stage = usePanelStage();

  async function runFromPalette(title: string): Promise<void> {
    const { workbench } = stage();
    await workbench.command('Claude: Run Command…');
    await workbench.quickInput.pick('Run which command?', title);
  }

  /** The panel in its editor tab. */
  function tab(): Promise<Frame> {
    return stage().workbench.webviews.find('body[data-surface=editor] panel-root');
  }

  it('asks its input, runs side by side in a graph that is drawn live, and goes on when its gate is approved from the notification', async () => {
    const { workbench, panel } = stage();
    stage().writeUserCommand('ship', SHIP);
    await runFromPalette('Ship It');
    await workbench.quickInput.pick('Ship It: For whom?', 'users');
    const open = panel.frame.getByRole('region', { name: 'Open chain' });
    await open.getByRole('button', { name: /^Slow check, Program, step 2 of 4, Running/ }).waitFor();
    await open.getByRole('button', { name: /^Quick check, Program, step 1 of 4, Done/ }).waitFor();

    await open.getByRole('button', { name: 'Show the graph in an editor tab' }).click();
    const graph = (await tab()).getByRole('group', { name: 'Steps of Ship It' });
    await graph.getByRole('button', { name: /^Slow check, .*Running/ }).waitFor();
    await graph.getByRole('button', { name: /^Agree, Gate, .*Waits, after Quick check and Slow check/ }).waitFor();
    await panel.hide();
    await workbench.command('View: Close All Editors');
    stage().write('go', '');
    const isApproved = (): boolean => stage().data.events(undefined, 'approval.answered').length === 1;
    await workbench.notifications.press('Write the notes for users?', 'Approve', isApproved);
    await stage().taskIn('Ship It: Notes', 'succeeded');

    await panel.open();
    await panel.showList();
    await panel.frame.getByRole('treeitem', { name: /^Ship It, chain, Done, 4 of 4 steps done/ }).waitFor();
  });

  it('leads from a step to its output and to its task', async () => {
    const { panel } = stage();
    const view = panel.frame.getByRole('region', { name: 'Open chain' });
    await panel.showList();
    await panel.frame.getByRole('treeitem', { name: /^Ship It, chain/ }).click();
    await view.getByRole('button', { name: /^Quick check, / }).click();
    await view.getByText('looked at it', { exact: true }).waitFor();
    await view.getByRole('button', { name: /^Notes, / }).click();
    await view.getByRole('list', { name: 'Its task' }).getByRole('button').click();
    await panel.transcriptWith('These are the notes.');
    await panel.button('Ship It').click();
    await view.getByRole('button', { name: /^Notes, / }).waitFor();
    await panel.showList();
  });

  it('shows what would run before anything does', async () => {
    const { workbench } = stage();
    await workbench.command('Claude: Preview Command…');
    await workbench.quickInput.pick('Preview which command?', 'Ship It');
    await workbench.quickInput.pick('Ship It: For whom?', 'developers');
    const frame = await tab();
    await frame.getByText('This is what would run. Nothing has started.').waitFor();
    await frame.getByRole('button', { name: /^Agree, Gate/ }).click();
    await frame.getByText('Write the notes for developers?').waitFor();
    expect(stage().data.events(undefined, 'chain.created')).toHaveLength(1);
    await frame.getByRole('button', { name: 'Close', exact: true }).click();
    await frame.getByText('Nothing has started').waitFor({ state: 'detached' });
    await workbench.command('View: Close All Editors');
  });

  it('runs a step that failed again, and then what follows from it', async () => {
    const { panel } = stage();
    stage().writeUserCommand('breaks', BREAKS);
    await runFromPalette('Breaks Once');
    const view = panel.frame.getByRole('region', { name: 'Open chain' });
    await view.getByRole('button', { name: /^Look, Program, step 1 of 2, Failed/ }).click();
    stage().write('mended', '');
    await view.getByRole('button', { name: 'Run This Step Again' }).click();
    await view.getByRole('button', { name: /^After, Program, step 2 of 2, Done/ }).waitFor();
    await panel.showList();
    await panel.frame.getByRole('treeitem', { name: /^Breaks Once, chain, Done, 2 of 2 steps done/ }).waitFor();
  });

  it('is stopped from its row, with the programs that it runs', async () => {
    const { panel, data, session } = stage();
    const programs = (): number => session.host.processes().filter(({ command }) => command.includes(WAITS)).length;
    stage().writeUserCommand('endless', ENDLESS);
    await runFromPalette('Endless');
    await panel.frame
      .getByRole('region', { name: 'Open chain' })
      .getByRole('button', { name: /^Look, .*Running/ })
      .waitFor();
    await waitFor('its program to run', () => programs() === 1);
    await panel.showList();
    await panel.frame.getByRole('treeitem', { name: /^Endless, chain/ }).hover();
    await panel.button('Stop: Endless').click();
    await panel.frame.getByRole('treeitem', { name: /^Endless, chain, Stopped/ }).waitFor();
    expect(data.events(undefined, 'chain.stopped')).toHaveLength(1);
    expect(programs()).toBe(0);
  });
});
