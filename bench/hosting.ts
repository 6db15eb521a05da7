import { spawn } from 'node:child_process';
import { startRehearsalServer } from '../src/adapters/rehearsal/rehearsalServer.ts';
import { taskMarker } from '../src/core/claude/claudeLaunch.ts';
import { systemProcesses } from '../src/core/process/processTree.ts';
import { bareFlags, promptLine } from './bareClaude.ts';
import { allEnded, claudeEnvironment, claudeProgram, openPanel, startScripted } from './benchPanel.ts';
import { type Figure, median, milliseconds } from './report.ts';
import { scratchFolder } from './scratchFolder.ts';

const ROUNDS = 20;
const PROMPT = 'Please.\n```rehearse\n- text: Done.\n```\n';

/** From "Run" to the first request to the model, beside the bare `claude -p` with the same flags, turn by turn. */
export async function hosting(): Promise<readonly Figure[]> {
  const scratch = scratchFolder();
  let firstRequest: (() => void) | undefined;
  const server = await startRehearsalServer({ onRequest: () => firstRequest?.() });
  const services = await openPanel(server, scratch.folder, 1);
  try {
    const hosted: number[] = [];
    const bare: number[] = [];
    const heard = (): Promise<number> =>
      new Promise(resolve => {
        firstRequest = () => {
          firstRequest = undefined;
          resolve(performance.now());
        };
      });
    // The first of each warms what is read once: the program's file, and its version.
    for (let round = 0; round <= ROUNDS; round++) {
      const requested = heard();
      const started = performance.now();
      const id = await startScripted(services, PROMPT);
      const at = await requested;
      await allEnded(services, [id]);
      await processesGone(id);
      const flags = bareFlags(services.tasks.get(id));
      const bareMs = await bareStart(flags, claudeEnvironment(server, scratch.folder), scratch.folder, heard);
      if (round > 0) {
        hosted.push(at - started);
        bare.push(bareMs);
      }
    }
    const difference = median(hosted) - median(bare);
    return [
      {
        name: `first model request, hosted (median of ${ROUNDS})`,
        measured: milliseconds(median(hosted)),
        reference: `claude -p ${milliseconds(median(bare))}`,
        ratio: `${(median(hosted) / median(bare)).toFixed(2)}x`,
      },
      {
        name: 'cost of being hosted',
        measured: milliseconds(difference),
        reference: 'at most 15 ms',
        ratio: `${(difference / 15).toFixed(2)}x`,
      },
    ];
  } finally {
    await services.suspend(5000);
    services.dispose();
    await server.dispose();
    scratch.remove();
  }
}

/** The result is told before the process has left; the next start must not share the machine with it. */
async function processesGone(taskId: string): Promise<void> {
  const processes = systemProcesses();
  while ((await processes.findByMarker(taskMarker(taskId))).length > 0) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/** Milliseconds from spawning the bare program, its prompt written at once, to its first request. */
async function bareStart(
  flags: readonly string[],
  environment: NodeJS.ProcessEnv,
  cwd: string,
  heard: () => Promise<number>,
): Promise<number> {
  const requested = heard();
  const started = performance.now();
  const child = spawn(claudeProgram(), flags, { cwd, env: environment, stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.end(promptLine(PROMPT));
  const at = await requested;
  await new Promise(resolve => child.once('exit', resolve));
  return at - started;
}
