import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VscodeSession } from '../harness/vscodeSession.ts';
import { waitFor } from '../harness/waitFor.ts';

describe('the installed package', () => {
  let session: VscodeSession;
  beforeAll(async () => {
    session = await VscodeSession.open();
  });
  afterAll(async () => {
    await session?.close();
  });

  it('shows its view, with something in it', async () => {
    await session.workbench.openContainer('Claude');
    const text = await session.workbench.webviews.until(
      'body',
      async frame => (await frame.innerText('body')).trim() || undefined,
    );
    expect(text).not.toBe('');
  });

  it('comes back after its extension host is killed', async () => {
    const [before] = session.host.extensionHosts();
    if (!before) throw new Error('no extension host runs');
    process.kill(before.pid, 'SIGKILL');
    const after = await waitFor('another extension host', () =>
      session.host.extensionHosts().find(({ pid }) => pid !== before.pid),
    );
    expect(after.pid).not.toBe(before.pid);
    await session.workbench.webviews.until('body', async frame => (await frame.innerText('body')).trim() !== '');
  });

  it('comes back after the window is reloaded', async () => {
    await session.workbench.reload();
    await session.workbench.webviews.until('body', async frame => (await frame.innerText('body')).trim() !== '');
  });
});
