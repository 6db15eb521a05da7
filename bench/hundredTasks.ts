import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { startRehearsalServer } from '../src/adapters/rehearsal/rehearsalServer.ts';
import { allEnded, claudeEnvironment, claudeProgram, openPanel, startScripted } from './benchPanel.ts';
import { type Figure, megabytes } from './report.ts';
import { scratchFolder } from './scratchFolder.ts';

const TASKS = 100;
const SCRIPT = '- - tool: { name: Bash, input: { command: ls } }\n- text: Done.';
const PROMPT = `Please.\n\`\`\`rehearse\n${SCRIPT}\n\`\`\`\n`;

/** A hundred real Claude Code tasks at once, beside the same hundred from a plain loop with the same parallelism. */
export async function hundredTasks(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  const server = await startRehearsalServer();
  const services = await openPanel(server, scratch.folder, TASKS);
  try {
    const hosted = await watched(async () => {
      const ids: string[] = [];
      for (let index = 0; index < TASKS; index++) {
        ids.push(await startScripted(services, PROMPT));
      }
      await allEnded(services, ids);
      return ids.filter(id => services.tasks.get(id).status.state === 'succeeded').length;
    });
    const loop = await watched(async () => {
      const codes = await Promise.all(
        Array.from({ length: TASKS }, () => bareRun(claudeEnvironment(server, scratch.folder), scratch.folder)),
      );
      return codes.filter(code => code === 0).length;
    });
    if (hosted.result !== TASKS || loop.result !== TASKS) {
      throw new Error(`succeeded: ${hosted.result} hosted, ${loop.result} bare`);
    }
    const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
    return [
      {
        name: `${TASKS} tasks at once, all succeeded`,
        measured: seconds(hosted.ms),
        reference: `plain loop ${seconds(loop.ms)}`,
        ratio: `${(hosted.ms / loop.ms).toFixed(2)}x`,
      },
      {
        name: 'memory of all processes at its highest (PSS)',
        measured: megabytes(hosted.peak),
        reference: `plain loop ${megabytes(loop.peak)}`,
        ratio: `${(hosted.peak / loop.peak).toFixed(2)}x`,
      },
    ];
  } finally {
    await services.suspend(5000);
    services.dispose();
    await server.dispose();
    scratch.remove();
  }
}

async function watched<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly ms: number; readonly peak: number }> {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryBelowUs());
  }, 1000);
  const started = performance.now();
  try {
    const result = await work();
    return { result, ms: performance.now() - started, peak };
  } finally {
    clearInterval(timer);
  }
}

/** Proportional set size of the started programs, in bytes; 0 where the system does not tell. */
function memoryBelowUs(): number {
  const program = claudeProgram();
  let sum = 0;
  for (const pid of process.platform === 'linux' ? readdirSync('/proc').filter(name => /^\d+$/.test(name)) : []) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(program)) {
        sum += Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return sum;
}

function bareRun(environment: NodeJS.ProcessEnv, cwd: string): Promise<number | null> {
  const child = spawn(
    claudeProgram(),
    ['-p', '--model', 'haiku', '--output-format', 'stream-json', '--verbose', '--strict-mcp-config', PROMPT],
    {
      cwd,
      env: environment,
      stdio: ['ignore', 'ignore', 'ignore'],
    },
  );
  return new Promise(resolve => child.once('exit', resolve));
}
