import path from 'node:path';
import { panelHome } from '../src/app/panelHome.ts';
import { readUserKey } from '../src/app/userKeyFile.ts';
import { systemClock } from '../src/base/clock.ts';
import { newUuid } from '../src/base/ids.ts';
import { openPanelStore, type PanelStore } from '../src/store/panelStore.ts';
import { waitFor } from '../test/harness/waitFor.ts';
import { BenchWindow } from './benchWindow.ts';
import { nodeHeap, pageHeap } from './heaps.ts';
import { type Figure, megabytes, milliseconds } from './report.ts';
import { scratchFolder } from './scratchFolder.ts';

const EVENTS = 50_000;
const BATCH = 100;

/** One task with 50,000 events, written by another process while its transcript is open: memory before and after, and the time to open it. */
export async function largeTask(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  const window = await BenchWindow.open(scratch, 4);
  const { host, workbench } = window.session;
  let store: PanelStore | undefined;
  try {
    await window.run('Please.\n```rehearse\n- text: Done.\n```\n');
    await waitFor('the task to be there', async () => (await (await window.panel()).getByText('Please.').count()) > 0);
    await (await window.panel()).getByText('Please.').first().click();
    await waitFor('its transcript', async () => (await (await window.panel()).getByText('Done.').count()) > 0);
    const environment = { ...process.env, CLAUDE_PANEL_HOME: path.join(scratch.folder, '.home') };
    store = openPanelStore({
      folder: host.workspace,
      source: '/bench',
      clock: systemClock,
      newId: newUuid,
      userKey: readUserKey(panelHome(environment)),
    });
    const { log } = store;
    const id = log.tasks.list()[0]?.id ?? '';
    const before = await memory(window);
    for (let event = 0; event < EVENTS; event += BATCH) {
      log.append([{ subject: id, facts: Array.from({ length: BATCH }, (_, index) => fact(event + index)) }]);
      await new Promise(resolve => setImmediate(resolve));
    }
    await waitFor(
      'the view to show the last entry',
      async () => (await (await window.panel()).getByText(`Entry ${EVENTS - 1}.`).count()) > 0,
      120_000,
    );
    const after = await memory(window);
    await workbench.reload();
    await workbench.openContainer('Claude');
    const opened = performance.now();
    await waitFor(
      'the transcript again',
      async () => (await (await window.panel()).getByText(`Entry ${EVENTS - 1}.`).count()) > 0,
      120_000,
    );
    const openMs = performance.now() - opened;
    const ratio = (now: number, then: number): string => `${(now / then).toFixed(2)}x`;
    return [
      {
        name: `extension host (JS heap, collected) after ${EVENTS} events`,
        measured: megabytes(after.host),
        reference: `before ${megabytes(before.host)}`,
        ratio: ratio(after.host, before.host),
      },
      {
        name: `webview and workbench (JS heap, collected) after ${EVENTS} events`,
        measured: megabytes(after.view),
        reference: `before ${megabytes(before.view)}`,
        ratio: ratio(after.view, before.view),
      },
      {
        name: 'opening that transcript, from the view to its last entry',
        measured: milliseconds(openMs),
        reference: '-',
        ratio: '-',
      },
    ];
  } finally {
    store?.dispose();
    await window.close();
    scratch.remove();
  }
}

function fact(index: number): Parameters<PanelStore['log']['append']>[0][number]['facts'][number] {
  return { type: 'claude-panel.task.text', data: { messageId: `m${index}`, text: `Entry ${index}.` } };
}

async function memory(window: BenchWindow): Promise<{ readonly host: number; readonly view: number }> {
  const [extensionHost] = window.session.host.extensionHosts();
  if (extensionHost === undefined) {
    throw new Error('there is no extension host');
  }
  return { host: await nodeHeap(extensionHost.pid), view: await pageHeap(await window.panel()) };
}
