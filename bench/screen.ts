import { waitFor } from '../test/harness/waitFor.ts';
import { scratchFolder } from './benchPanel.ts';
import { BenchWindow } from './benchWindow.ts';
import { type Figure, milliseconds, percentile } from './report.ts';

const TASKS = 20;
/** About a minute of text at a reading pace, so that all tasks stream at once for a while. */
const PROMPT =
  'Tell me. \n```rehearse\n- - { text: "' +
  'A sentence that is being written. '.repeat(60) +
  '", chunk: 20, pace: 400 }\n```\n';

/** Twenty tasks that stream at once: from an event in the extension host to its paint in the browser. */
export async function screen(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  const window = await BenchWindow.open(scratch, TASKS);
  try {
    for (let index = 0; index < TASKS; index++) {
      await window.run(`${index}: ${PROMPT}`);
    }
    await waitFor('all tasks to run', () => window.runningTasks() >= TASKS, 120_000);
    const before = window.paints().length;
    await waitFor('500 frames', () => window.paints().length >= before + 500, 120_000);
    const paints = window.paints().slice(before);
    const p95 = percentile(paints, 0.95);
    return [
      {
        name: `${TASKS} tasks streaming: event to screen, median of ${paints.length} frames`,
        measured: milliseconds(percentile(paints, 0.5)),
        reference: '-',
        ratio: '-',
      },
      {
        name: `${TASKS} tasks streaming: event to screen, p95`,
        measured: milliseconds(p95),
        reference: 'under 100 ms',
        ratio: `${(p95 / 100).toFixed(2)}x`,
      },
    ];
  } finally {
    await window.close();
    scratch.remove();
  }
}
