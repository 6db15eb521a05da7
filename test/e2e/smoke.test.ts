import { afterAll, beforeAll, describe, it } from 'vitest';
import { VscodeSession } from '../harness/vscodeSession.ts';
import { waitFor } from '../harness/waitFor.ts';
import { PanelPage } from './support/panelPage.ts';

describe('the installed package', () => {
  let session: VscodeSession;
  let panel: PanelPage;
  beforeAll(async () => {
    session = await VscodeSession.open();
    panel = new PanelPage(session.workbench);
  });
  afterAll(async () => {
    await session?.close();
  });

  it('shows its view, ready for a task', async () => {
    await panel.open();
    await panel.button('Run').waitFor();
  });

  it('comes back after its extension host is killed', async () => {
    const [before] = session.host.extensionHosts();
    if (!before) throw new Error('no extension host runs');
    await panel.anewAfter(() => void process.kill(before.pid, 'SIGKILL'));
    await waitFor('another extension host', () => session.host.extensionHosts().some(({ pid }) => pid !== before.pid));
    await panel.button('Run').waitFor();
  });

  it('comes back after the window is reloaded', async () => {
    await panel.anewAfter(() => session.workbench.reload());
    await panel.button('Run').waitFor();
  });
});
