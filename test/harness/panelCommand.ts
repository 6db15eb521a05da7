import { spawn } from 'node:child_process';
import path from 'node:path';
import { projectRoot, toolchain } from './toolchain.ts';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly pid: number;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly result: Promise<CommandResult>;
}

export interface PanelCommandOptions {
  readonly cwd: string;
  /** The whole environment; see `isolatedEnvironment`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts our command-line program as it was built. */
export function startPanel(args: readonly string[], { cwd, environment }: PanelCommandOptions): RunningCommand {
  const program = path.join(projectRoot, 'dist', 'cli.js');
  const child = spawn(toolchain().node, [program, ...args], {
    cwd,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      printed[stream] += text;
    });
  }
  const ended = Promise.withResolvers<CommandResult>();
  child.once('error', ended.reject);
  child.once('close', code => ended.resolve({ code, ...printed }));
  return {
    pid: child.pid ?? 0,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    kill: signal => child.kill(signal),
    result: ended.promise,
  };
}

/** Runs our command-line program to its end. */
export function runPanel(args: readonly string[], options: PanelCommandOptions): Promise<CommandResult> {
  return startPanel(args, options).result;
}
