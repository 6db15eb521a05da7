import { StringDecoder } from 'node:string_decoder';
import { execa } from 'execa';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ERROR_CHARACTERS = 4000;

/** What became of a tool that was run for what it prints. Its exit code is for the caller to judge. */
export type ToolRun =
  | { readonly state: 'ended'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly state: 'timedOut' }
  | { readonly state: 'notStarted'; readonly why: string };

interface ToolRunOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Written to its standard input; nothing when absent. */
  readonly input?: string;
  /** The bytes of stdout as they come; `stdout` of the result is empty then. */
  readonly onOutput?: (chunk: Buffer) => void;
}

/**
 * Runs a tool without a shell, and resolves with what became of it. Rejects only with the reason of the signal.
 * @param file full path
 */
export async function runTool(file: string, args: readonly string[], options: ToolRunOptions): Promise<ToolRun> {
  const { cwd, environment, timeoutMs, signal, input, onOutput } = options;
  signal.throwIfAborted();
  const running = execa(file, args, {
    cwd,
    env: definedOnly(environment),
    extendEnv: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    timeout: timeoutMs,
    cancelSignal: signal,
    killSignal: 'SIGTERM',
    forceKillAfterDelay: 2000,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: MOST_BYTES,
    ...(onOutput === undefined ? {} : { buffer: { stdout: false, stderr: true, all: false } as const }),
  });
  if (onOutput !== undefined) {
    running.stdout?.on('data', onOutput);
  }
  const result = await running;
  signal.throwIfAborted();
  if (result.timedOut) {
    return { state: 'timedOut' };
  }
  if (result.exitCode === undefined) {
    return { state: 'notStarted', why: result.shortMessage ?? 'it was ended from outside' };
  }
  const { stdout, stderr } = result;
  return {
    state: 'ended',
    code: result.exitCode,
    stdout: textOf(stdout),
    stderr: textOf(stderr).slice(-MOST_ERROR_CHARACTERS),
  };
}

function textOf(output: unknown): string {
  return typeof output === 'string'
    ? output
    : output instanceof Uint8Array
      ? new StringDecoder('utf8').end(Buffer.from(output))
      : '';
}

function definedOnly(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
