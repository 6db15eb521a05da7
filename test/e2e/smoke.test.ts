import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VscodeSession } from '../harness/vscodeSession.ts';
import { waitFor } from '../harness/waitFor.ts';
import type { Workbench } from '../harness/workbench.ts';

function panelIsReady(workbench: Workbench): Promise<true> {
  return workbench.webviews.until('body', frame => frame.getByRole('button', { name: 'Run', exact: true }).isVisible());
}

describe('the installed package', () => {
  let session: VscodeSession;
  beforeAll(async () => {
    session = await VscodeSession.open();
  });
  afterAll(async () => {
    await session?.close();
  });

  it('shows its view, ready for a task', async () => {
    await session.workbench.openContainer('Claude');
    expect(await panelIsReady(session.workbench)).toBe(true);
  });

  it('comes back after its extension host is killed', async () => {
    const [before] = session.host.extensionHosts();
    if (!before) throw new Error('no extension host runs');
    process.kill(before.pid, 'SIGKILL');
    const after = await waitFor('another extension host', () =>
      session.host.extensionHosts().find(({ pid }) => pid !== before.pid),
    );
    expect(after.pid).not.toBe(before.pid);
    expect(await panelIsReady(session.workbench)).toBe(true);
  });

  it('comes back after the window is reloaded', async () => {
    await session.workbench.reload();
    expect(await panelIsReady(session.workbench)).toBe(true);
  });
});
