import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterThisTest } from './temporaryFolder.ts';

const PROGRAM = fileURLToPath(new URL('./programs/writer.ts', import.meta.url));

export interface WriterProgram {
  readonly process: ChildProcessWithoutNullStreams;
  /** When it has opened the store. */
  readonly ready: Promise<void>;
  /** All that it printed after that, when it has ended. */
  readonly output: Promise<string>;
  go(): void;
}

/** Starts the program; without `lastEvent` it prints the number of each event as soon as that is committed. */
export function startWriter(folder: string, name: string, commits: number, lastEvent = 0): WriterProgram {
  const program = spawn(process.execPath, ['--no-warnings', PROGRAM, folder, name, String(commits), String(lastEvent)]);
  afterThisTest(() => program.kill('SIGKILL'));
  let text = '';
  let failure = '';
  const ready = Promise.withResolvers<void>();
  const output = Promise.withResolvers<string>();
  program.stderr.on('data', (chunk: Buffer) => {
    failure += chunk.toString();
  });
  program.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.startsWith('ready\n')) {
      ready.resolve();
    }
  });
  program.on('close', (code, signal) => {
    ready.reject(new Error(failure));
    if (code === 0 || signal === 'SIGKILL') {
      output.resolve(text.slice('ready\n'.length));
    } else {
      output.reject(new Error(`The program ended with ${code}: ${failure}`));
    }
  });
  // A failure is reported by whichever of the two the test waits for.
  ready.promise.catch(() => undefined);
  output.promise.catch(() => undefined);
  return { process: program, ready: ready.promise, output: output.promise, go: () => void program.stdin.write('go\n') };
}
