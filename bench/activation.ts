import type { Workbench } from '../test/harness/workbench.ts';
import { BenchWindow } from './benchWindow.ts';
import { EMPTY_EXTENSION_NAME, packEmptyExtension } from './emptyExtension.ts';
import { type Figure, median, milliseconds } from './report.ts';
import { scratchFolder } from './scratchFolder.ts';

const ROUNDS = 5;
const LIMIT_MS = 50;
const MOST_PAGES = 20;

/** As VS Code itself reports it (load and activate), once for each of some fresh windows, beside an empty extension. */
export async function activation(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  const window = await BenchWindow.open(scratch, 4, [packEmptyExtension(scratch.folder)]);
  try {
    const times: number[] = [];
    const empty: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const workbench = round === 0 ? window.session.workbench : await window.session.openWindow();
      await workbench.openContainer('Claude');
      await workbench.webviews.find('panel-root');
      await workbench.command('Developer: Show Running Extensions');
      times.push(await reported(workbench, 'Control Panel for Claude Code'));
      empty.push(await reported(workbench, EMPTY_EXTENSION_NAME));
    }
    const [time, emptyTime] = [median(times), median(empty)];
    return [
      {
        name: `activation (median of ${ROUNDS} windows)`,
        measured: milliseconds(time),
        reference: `under ${LIMIT_MS} ms; ${milliseconds(emptyTime)} for an empty extension`,
        ratio: `${(time / LIMIT_MS).toFixed(2)}x`,
      },
      {
        name: 'activation above an empty extension',
        measured: milliseconds(time - emptyTime),
        reference: `under ${LIMIT_MS} ms`,
        ratio: `${((time - emptyTime) / LIMIT_MS).toFixed(2)}x`,
      },
    ];
  } finally {
    await window.close();
    scratch.remove();
  }
}

async function reported(workbench: Workbench, extension: string): Promise<number> {
  const list = workbench.page.locator('.runtime-extensions-editor .monaco-list');
  const row = list.locator('.monaco-list-row', { hasText: extension });
  await list.locator('.monaco-list-row').first().waitFor();
  // Only the rows in sight are there, the slowest extension first.
  await list.press('Home');
  for (let page = 0; page < MOST_PAGES && !(await row.isVisible()); page++) await list.press('PageDown');
  const found = /Activation: (\d+)ms/.exec(await row.innerText());
  return Number(found?.[1] ?? Number.NaN);
}
