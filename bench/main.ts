import { activation } from './activation.ts';
import { hosting } from './hosting.ts';
import { hundredTasks } from './hundredTasks.ts';
import { largeTask } from './largeTask.ts';
import { type Benchmark, type Figure, formatTable } from './report.ts';
import { screen } from './screen.ts';
import { sizes } from './sizes.ts';
import { snapshots } from './snapshots.ts';
import { streamPath } from './streamPath.ts';

/** Each prints what it measured beside the raw thing in the same run. Choose with `npm run bench -- NAME…`. */
const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  sizes,
  streamPath,
  activation,
  hosting,
  snapshots,
  screen,
  largeTask,
  hundredTasks,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter(name => BENCHMARKS[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(BENCHMARKS).join(', ')}.\n`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const [name, benchmark] of Object.entries(BENCHMARKS)) {
  if (chosen.length === 0 || chosen.includes(name)) {
    process.stderr.write(`${name}…\n`);
    figures.push(...(await benchmark()));
  }
}
process.stdout.write(`${formatTable(figures)}\n`);
process.exit(0);
