import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { execa } from 'execa';
import {
  badArguments,
  inputClosed,
  type ProcessError,
  programNotExecutable,
  programNotFound,
  startFailed,
  workingFolderGone,
} from './processErrors.ts';
import type { ProcessIdentity, ProcessTable } from './processIdentity.ts';
import { TextTail } from './textTail.ts';
import { endWindowsTree } from './windowsProcesses.ts';

const STDERR_TAIL_CHARACTERS = 16 * 1024;
/** How long output may stay silent after the end before the pipes are given up: a grandchild may hold them open. */
const DRAIN_STEP_MS = 50;
const DRAIN_LIMIT_MS = 2000;

interface SpawnOptions {
  /** Full path, or a name to be found on the PATH of `environment`. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly processes: Pick<ProcessTable, 'identify'>;
  /** The bytes of stdout. Called in order; must not throw. */
  readonly onOutput: (chunk: Uint8Array) => void;
  /** Stdout was closed, by the program or by its end. */
  readonly onOutputEnd?: () => void;
  readonly onErrorText?: (text: string) => void;
}

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of what it wrote to stderr. */
  readonly stderrTail: string;
}

export interface RunningProcess {
  readonly pid: number;
  /** Resolves when the process has ended and its output was read. Never rejects. */
  readonly exited: Promise<ProcessExit>;
  readonly hasExited: boolean;
  /** Who it is, so that it can be ended after a crash of this host. Undefined when it has already gone. */
  identity(): Promise<ProcessIdentity | undefined>;
  /** Resolves when the system has taken the text, so awaiting it is back-pressure. Rejects with {@link ProcessError}. */
  write(text: string): Promise<void>;
  closeInput(): void;
  /** False when it has already ended. On Windows every signal ends it at once. */
  signal(name: 'SIGINT' | 'SIGTERM'): boolean;
  /** Ends it and its process group at once (Windows: its whole tree). What has left the group goes on. */
  kill(): Promise<void>;
}

/**
 * Starts a program in a process group of its own, without a shell. Rejects with a {@link ProcessError} when it cannot be
 * started; from then on every failure is told by `exited`.
 */
export async function spawnProcess(options: SpawnOptions): Promise<RunningProcess> {
  const { file, args, cwd, environment, processes } = options;
  await checkFolder(cwd);
  const subprocess = startProgram(file, args, cwd, environment);
  const { nodeChildProcess: child, stdin, stdout, stderr, pid } = subprocess;
  if (pid === undefined) {
    throw startError(file, await subprocess);
  }
  const identity = processes.identify(pid).catch(() => undefined);

  let activity = 0;
  stdout.on('data', (chunk: Buffer) => {
    activity++;
    options.onOutput(chunk);
  });
  stdout.once('close', () => options.onOutputEnd?.());
  const tail = new TextTail(STDERR_TAIL_CHARACTERS);
  const decoder = new StringDecoder('utf8');
  stderr.on('data', (chunk: Buffer) => {
    activity++;
    const text = decoder.write(chunk);
    tail.add(text);
    options.onErrorText?.(text);
  });
  for (const stream of [stdin, stdout, stderr]) {
    // A broken pipe is told by `write` and by the exit.
    stream.on('error', () => {});
  }

  const allClosed = Promise.all([stdout, stderr].map(closed));
  let exit: { code: number | null; signal: string | null } | undefined;
  const exited = new Promise<ProcessExit>(resolve => {
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      stdin.destroy();
      void drain([stdout, stderr], allClosed, () => activity).then(() =>
        resolve({ code, signal, stderrTail: tail.toString() }),
      );
    });
  });

  return {
    pid,
    exited,
    get hasExited() {
      return exit !== undefined;
    },
    identity: () => identity,
    write: text =>
      new Promise((resolve, reject) => {
        if (stdin.destroyed || stdin.writableEnded) {
          reject(inputClosed());
          return;
        }
        stdin.write(text, error => (error == null ? resolve() : reject(inputClosed(error))));
      }),
    closeInput: () => void stdin.end(),
    signal: name => exit === undefined && child.kill(name),
    kill: async () => {
      if (exit !== undefined) {
        return;
      }
      if (process.platform === 'win32') {
        await endWindowsTree(pid);
      } else {
        killGroup(pid);
      }
      child.kill('SIGKILL');
    },
  };
}

function startProgram(
  file: string,
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
) {
  try {
    return execa(file, args, {
      cwd,
      env: environment,
      extendEnv: false,
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'pipe',
      buffer: false,
      reject: false,
      // The host stops its processes itself, by the ladder; a host that dies leaves them to the next one.
      cleanup: false,
      detached: process.platform !== 'win32',
    });
  } catch (error) {
    throw badArguments(file, error);
  }
}

function startError(file: string, result: object): ProcessError {
  const code = 'code' in result ? result.code : undefined;
  switch (code) {
    case 'ENOENT':
      return programNotFound(file, result);
    case 'EACCES':
    case 'EPERM':
    case 'ENOEXEC':
    case 'EINVAL':
    case 'UNKNOWN':
      return programNotExecutable(file, result);
    default:
      return startFailed(file, result);
  }
}

/** A missing folder is reported by the system as a missing program, so it is looked at first. */
async function checkFolder(cwd: string): Promise<void> {
  let isFolder = false;
  try {
    isFolder = (await stat(cwd)).isDirectory();
  } catch (error) {
    throw workingFolderGone(cwd, error);
  }
  if (!isFolder) {
    throw workingFolderGone(cwd);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group has gone.
  }
}

/**
 * Waits until both streams have ended, or until nothing more comes. Steps of a timer with reads in between: a busy
 * event loop must not cut off a last line that already lies in the pipe.
 */
async function drain(streams: readonly Readable[], allClosed: Promise<unknown>, activity: () => number): Promise<void> {
  const isOpen = (): boolean => streams.some(stream => !stream.closed);
  let quietSteps = 0;
  let seen = activity();
  for (let waited = 0; isOpen() && quietSteps < 3 && waited < DRAIN_LIMIT_MS; waited += DRAIN_STEP_MS) {
    await Promise.race([step(), allClosed]);
    const now = activity();
    quietSteps = now === seen ? quietSteps + 1 : 0;
    seen = now;
  }
  for (const stream of streams) {
    stream.destroy();
  }
  // Whoever waits for the exit has heard of the end of the output by then.
  await allClosed;
}

function step(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(() => setImmediate(resolve), DRAIN_STEP_MS);
  });
}

/** Of a stream that has just been opened: `closed` is already true before those who listen have heard of it. */
function closed(stream: Readable): Promise<void> {
  return new Promise(resolve => stream.once('close', () => resolve()));
}
