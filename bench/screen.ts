import { waitFor } from '../test/harness/waitFor.ts';
import { BenchWindow } from './benchWindow.ts';
import { type Figure, milliseconds, percentile } from './report.ts';
import { scratchFolder } from './scratchFolder.ts';

const TASKS = 20;
const FRAMES = 300;
/** Text as a model writes it, twenty pieces a second, with a tool call after each paragraph: minutes of work for each task. */
const ROUNDS = Array.from({ length: 30 }, () => [
  `- - { text: "${'A sentence that is being written. '.repeat(40).trim()}", chunk: 12, pace: 50 }`,
  '  - tool: { name: Bash, input: { command: ls } }',
]).flat();
const PROMPT = `Tell me.\n\`\`\`rehearse\n${ROUNDS.join('\n')}\n\`\`\`\n`;

/** Twenty tasks that stream at once, one of them open: from an event in the extension host to its paint in the browser. */
export async function screen(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  const window = await BenchWindow.open(scratch, TASKS);
  try {
    for (let index = 0; index < TASKS; index++) {
      await window.run(`${index}: ${PROMPT}`);
    }
    await waitFor('all tasks to run', () => window.runningTasks() >= TASKS, 120_000);
    await (await window.panel()).getByText('0: Tell me.').first().click();
    const before = window.paints().length;
    await waitFor(`${FRAMES} frames`, () => window.paints().length >= before + FRAMES, 240_000);
    const paints = window.paints().slice(before);
    const painted = paints.map(paint => paint.painted);
    const p95 = percentile(painted, 0.95);
    return [
      {
        name: `${TASKS} tasks streaming: event to screen, median of ${paints.length} frames`,
        measured: milliseconds(percentile(painted, 0.5)),
        reference: '-',
        ratio: '-',
      },
      {
        name: `${TASKS} tasks streaming: event to screen, p95`,
        measured: milliseconds(p95),
        reference: 'under 100 ms',
        ratio: `${(p95 / 100).toFixed(2)}x`,
      },
      {
        name: 'of that in the extension host, p95',
        measured: milliseconds(
          percentile(
            paints.map(paint => paint.sent),
            0.95,
          ),
        ),
        reference: '-',
        ratio: '-',
      },
    ];
  } finally {
    await window.close();
    scratch.remove();
  }
}
