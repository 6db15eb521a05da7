import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { descendantsOf } from '../test/harness/processes.ts';
import { waitFor } from '../test/harness/waitFor.ts';
import { bareFlags, promptLine } from './bareClaude.ts';
import { allEnded, claudeEnvironment, claudeProgram, openPanel, startScripted } from './benchPanel.ts';
import { type Figure, megabytes } from './report.ts';
import { scratchFolder } from './scratchFolder.ts';

const TASKS = 100;
const SCRIPT = '- - tool: { name: Bash, input: { command: ls } }\n- text: Done.';
const PROMPT = `Please.\n\`\`\`rehearse\n${SCRIPT}\n\`\`\`\n`;

/** A hundred real Claude Code tasks at once, beside the same hundred from a loop of the shell with the same flags. */
export async function hundredTasks(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  const rehearsal = fork(path.join(import.meta.dirname, 'rehearseApart.ts'), { execArgv: process.execArgv });
  const [environment] = (await once(rehearsal, 'message')) as [Record<string, string>];
  const server = { environment };
  const services = await openPanel(server, scratch.folder, TASKS);
  try {
    const ids: string[] = [];
    // This process, which does what an extension host does, and all below it.
    const ours = (): readonly number[] => {
      const below = descendantsOf(process.pid).map(({ pid }) => pid);
      return [process.pid, ...below.filter(pid => pid !== rehearsal.pid)];
    };
    const hosted = await watched(ours, async () => {
      for (let index = 0; index < TASKS; index++) {
        ids.push(await startScripted(services, PROMPT));
      }
      await allEnded(services, ids);
      // The result of a task is told before its process has left; the loop waits for its processes, too.
      await waitFor('the processes to leave', () => ours().length === 1, 60_000);
      return ids.filter(id => services.tasks.get(id).status.state === 'succeeded').length;
    });
    const flags = ids.map(id => bareFlags(services.tasks.get(id)));
    await services.suspend(5000);
    const shell = startLoop(flags, claudeEnvironment(server, scratch.folder), scratch.folder);
    const below = (): readonly number[] => [shell.pid ?? 0, ...descendantsOf(shell.pid ?? 0).map(({ pid }) => pid)];
    const loop = await watched(below, async () => TASKS - ((await once(shell, 'exit'))[0] as number));
    if (hosted.result !== TASKS || loop.result !== TASKS) {
      throw new Error(`succeeded: ${hosted.result} hosted, ${loop.result} in the shell`);
    }
    const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
    return [
      {
        name: `${TASKS} tasks at once, all succeeded`,
        measured: seconds(hosted.ms),
        reference: `shell loop ${seconds(loop.ms)}`,
        ratio: `${(hosted.ms / loop.ms).toFixed(2)}x`,
      },
      {
        name: 'memory of all processes, ours too, at its highest (PSS)',
        measured: megabytes(hosted.peak),
        reference: `shell loop ${megabytes(loop.peak)}`,
        ratio: `${(hosted.peak / loop.peak).toFixed(2)}x`,
      },
    ];
  } finally {
    await services.suspend(5000);
    services.dispose();
    rehearsal.disconnect();
    scratch.remove();
  }
}

async function watched<T>(
  pids: () => readonly number[],
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly ms: number; readonly peak: number }> {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(
      peak,
      pids().reduce((sum, pid) => sum + memoryOf(pid), 0),
    );
  }, 1000);
  const started = performance.now();
  try {
    const result = await work();
    return { result, ms: performance.now() - started, peak };
  } finally {
    clearInterval(timer);
  }
}

/** Proportional set size in bytes; 0 where the system does not tell. */
function memoryOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

/** All of them in the background of one shell, which ends with the number of those that failed. */
function startLoop(flags: readonly (readonly string[])[], environment: NodeJS.ProcessEnv, folder: string) {
  const input = path.join(folder, 'prompt.ndjson');
  writeFileSync(input, promptLine(PROMPT));
  const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const lines = [
    'pids=; failed=0',
    ...flags.map(
      args =>
        `${[claudeProgram(), ...args].map(quoted).join(' ')} < ${quoted(input)} > /dev/null 2>&1 & pids="$pids $!"`,
    ),
    'for pid in $pids; do wait $pid || failed=$((failed+1)); done',
    'exit $failed',
  ];
  const script = path.join(folder, 'loop.sh');
  writeFileSync(script, `${lines.join('\n')}\n`);
  return spawn('sh', [script], { cwd: folder, env: environment, stdio: 'ignore' });
}
