import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';
import { falters, runs, says } from './support/script.ts';
import { shownText } from './support/shownText.ts';

const ME = userInfo().username;
/** What a person may be kept waiting at most, in ms. */
const GONE_WITHIN = 5_000;
const SEEN_WITHIN = 1_000;

/** Leaves a job behind and another one that has detached itself, says so, and sleeps. */
const SLEEPER = `#!/bin/sh
nohup sleep 1000 >/dev/null 2>&1 &
setsid sh -c 'sleep 1001 & wait' >/dev/null 2>&1 &
sleep 1002
`;
/** The same, and deaf to every signal that can be ignored. */
const STUBBORN = SLEEPER.replace('\n', "\ntrap '' INT TERM HUP\n");

describe('a task that is stopped', () => {
  const stage = usePanelStage();

  /** Starts a task that is in the middle of a script; gives its id. */
  async function inTheMiddle(title: string, script: string): Promise<string> {
    const { panel } = stage();
    stage().write(`${title}.sh`, script, 0o755);
    await panel.runScript(title, runs(`./${title}.sh`), says('Slept.'));
    await (await panel.card(`${title}: Run a command ./${title}.sh`)).press('Allow');
    const { id } = await stage().task(title);
    await waitFor('the script, its child and its grandchild', () => {
      return (
        stage()
          .processesOf(id)
          .filter(({ command }) => /^sleep 100[012]$/.test(command)).length === 3
      );
    });
    return id;
  }

  it('leaves nothing of its script, its nohup child and its setsid grandchild', async () => {
    const { panel } = stage();
    const id = await inTheMiddle('sleeper', SLEEPER);
    await panel.button('Stop').click();
    await waitFor('the last process to end', () => stage().processesOf(id).length === 0, GONE_WITHIN);
    await panel.state('Stopped');
    await panel.showList();
    await panel.row('sleeper', 'Stopped').waitFor();
    expect(await shownText(panel.row('sleeper'))).toContain(`Stopped by ${ME}`);
  });

  it('shows at once that it stops and how far that is, and ends what does not listen', async () => {
    const { panel, data } = stage();
    const id = await inTheMiddle('stubborn', STUBBORN);
    const pressed = performance.now();
    expect(await panel.pressAndSee('Stop', '.ladder')).toBeLessThan(SEEN_WITHIN);
    expect(stage().processesOf(id).length).toBeGreaterThan(3);
    expect(await shownText(panel.frame.getByRole('list', { name: 'Stages of the stop' }))).toBe(
      'asked\nending it\nby force',
    );
    const left = GONE_WITHIN - (performance.now() - pressed);
    await waitFor('the last process to end', () => stage().processesOf(id).length === 0, left);
    await panel.state('Stopped');
    const stages = data.events(id, 'task.stopping').map(event => (event.data as { readonly stage: string }).stage);
    expect(stages.slice(0, 2)).toEqual(['interrupt', 'terminate']);
    expect(data.events(id, 'task.stopped')).toMatchObject([{ data: { by: { name: ME }, leftOver: 0 } }]);
  });

  it('can be stopped from its row, from the palette and from the command line', async () => {
    const { panel, workbench } = stage();
    for (const title of ['From the row', 'From the palette', 'From the shell']) {
      await panel.runScript(title, falters('Still here.'));
      await panel.state('Working');
    }
    await panel.showList();
    await panel.row('From the row', 'Working').hover();
    await panel.button('Stop: From the row').click();
    await panel.row('From the row', 'Stopped').waitFor();
    await workbench.command('Claude: Stop Task…');
    await workbench.quickInput.pick('Stop which task?', 'From the palette');
    await panel.row('From the palette', 'Stopped').waitFor();
    const { id } = await stage().task('From the shell');
    expect(await stage().command('stop', id)).toMatchObject({ code: 0 });
    await panel.row('From the shell', 'Stopped').waitFor();
  });

  it('ends together with all others when a person confirms it', async () => {
    const { panel, workbench } = stage();
    for (const title of ['One of two', 'Two of two']) {
      await panel.runScript(title, falters('Still here.'));
      await panel.state('Working');
    }
    await panel.showList();
    await workbench.command('Claude: Stop All Tasks');
    const dialog = workbench.page.getByRole('dialog').filter({ hasText: 'Stop all 2 tasks that are not finished?' });
    expect(await dialog.innerText()).toContain('One of two');
    await dialog.getByRole('button', { name: 'Stop All' }).click();
    await panel.row('One of two', 'Stopped').waitFor();
    await panel.row('Two of two', 'Stopped').waitFor();
  });
});
