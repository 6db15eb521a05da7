import { execa } from 'execa';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;

interface CaptureOptions {
  /** The whole environment; that of this process when absent. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs a short program to its end, without a shell and without input, and resolves with what it printed.
 * Rejects when it cannot be started, ends with another code than 0 or takes too long.
 */
export async function captureOutput(
  file: string,
  args: readonly string[],
  { environment, cwd, timeoutMs = TIMEOUT_MS, signal }: CaptureOptions,
): Promise<string> {
  const { stdout } = await execa(file, args, {
    stdin: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_BYTES,
    stripFinalNewline: false,
    ...(environment === undefined ? {} : { env: environment, extendEnv: false }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  return stdout;
}
