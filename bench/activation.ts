import { scratchFolder } from './benchPanel.ts';
import { BenchWindow } from './benchWindow.ts';
import { type Figure, median, milliseconds } from './report.ts';

const ROUNDS = 5;

/** As VS Code itself reports it (load and activate), once for each of some fresh windows. */
export async function activation(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  const window = await BenchWindow.open(scratch, 4);
  try {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const workbench = round === 0 ? window.session.workbench : await window.session.openWindow();
      await workbench.openContainer('Claude');
      await workbench.webviews.find('panel-root');
      await workbench.command('Developer: Show Running Extensions');
      const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', {
        hasText: 'Control Panel for Claude Code',
      });
      await row.waitFor();
      const found = /Activation: (\d+)ms/.exec(await row.innerText());
      times.push(Number(found?.[1] ?? Number.NaN));
    }
    const time = median(times);
    return [
      {
        name: `activation (median of ${ROUNDS} windows)`,
        measured: milliseconds(time),
        reference: 'under 50 ms',
        ratio: `${(time / 50).toFixed(2)}x`,
      },
    ];
  } finally {
    await window.close();
    scratch.remove();
  }
}
