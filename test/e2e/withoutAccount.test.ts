import { describe, expect, it } from 'vitest';
import { usePanelStage } from './support/panelStage.ts';
import { says } from './support/script.ts';

const LABEL = 'Rehearsal: nothing is charged.';

describe('without an account', () => {
  // No key, and no model but the panel's own.
  const stage = usePanelStage({ environment: { ANTHROPIC_BASE_URL: undefined, ANTHROPIC_API_KEY: undefined } });

  async function status(): Promise<string> {
    return (await stage().statusItem.innerText()).trim();
  }

  it('the panel can be tried, which the panel, its status bar and each task say plainly', async () => {
    const { workbench, panel } = stage();
    expect(await panel.frame.getByText(LABEL).count()).toBe(0);
    await workbench.command('Claude: Try It Without an Account');
    await workbench.notifications.told('Rehearsal: new tasks run the real Claude Code against prepared answers.');
    await panel.frame.getByRole('note').getByText(LABEL).waitFor();
    await expect.poll(status).toBe('rehearsal');
    await panel.runScript('Say hello', says('Hello.'));
    await panel.transcriptWith('Hello.');
    await panel.state('Done');
    await panel.frame
      .getByRole('region', { name: 'Open task' })
      .getByText(/rehearsal$/)
      .waitFor();
    await (await panel.tab('Cost')).getByText('A rehearsal: nothing is charged.').waitFor();
    expect(stage().server.requests).toEqual([]);
    await panel.showList();
    await panel.frame.getByRole('treeitem', { name: /^Say hello, Done, .*rehearsal/ }).waitFor();
  });

  it('the trial is ended from the palette, and with it what was said of it', async () => {
    const { workbench, panel } = stage();
    await workbench.command('Claude: Stop Rehearsal');
    await panel.frame.getByText(LABEL).waitFor({ state: 'detached' });
    await expect.poll(status).toBe('Claude');
    await workbench.command('Claude: Try It Without an Account');
    await panel.frame.getByRole('note').getByText(LABEL).waitFor();
    await panel.button('End').click();
    await panel.frame.getByText(LABEL).waitFor({ state: 'detached' });
    await expect.poll(status).toBe('Claude');
  });
});
