import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach } from 'vitest';
import { type RehearsalServer, startRehearsalServer } from '../../../src/adapters/rehearsal/rehearsalServer.ts';
import { parseScenario } from '../../../src/adapters/rehearsal/scenario.ts';
import type { LogEvent } from '../../../src/core/events/cloudEvent.ts';
import { isolatedEnvironment } from '../../harness/isolatedEnvironment.ts';
import { killSeen, type ProcessInfo, processesWithEnvironment } from '../../harness/processes.ts';
import { projectRoot, toolchain } from '../../harness/toolchain.ts';
import { waitFor } from '../../harness/waitFor.ts';
import { findClaude, NO_CLAUDE } from '../rehearsal/claudeProgram.ts';

const SCENARIO = `
name: command line
rules:
  - match: { lastTool: { error: true, result: the attic } }
    reply: [ I was told about the attic. ]
  - match: { prompt: say hello }
    reply: [ Hello there. ]
  - match: { prompt: write a file }
    reply:
      - - text: I write it.
        - tool: { name: Write, input: { file_path: '{{cwd}}/made.txt', content: "made\\n" } }
      - Finished.
  - match: { prompt: refuse the request }
    reply: [ [ { error: { status: 400, message: not like this } } ] ]
  - match: { prompt: sleep }
    reply:
      - - tool: { name: Bash, input: { command: ./sleeper.sh, description: Sleep } }
      - Slept.
`;

/** Leaves a job behind and another one that has detached itself, then says that it is there. */
const SLEEPER = `#!/bin/sh
nohup sleep 1000 >/dev/null 2>&1 &
setsid sleep 1000 >/dev/null 2>&1 &
echo ready > ready.txt
sleep 1000
`;

const PROGRAM = path.join(projectRoot, 'dist', 'cli.js');
const MARK = 'CLAUDE_PANEL_COMMAND_STAGE';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built program in a scratch workspace, with the real Claude Code against a rehearsal model. */
export class CommandStage {
  readonly folder: string;
  readonly server: RehearsalServer;
  readonly #root: string;
  readonly #mark = randomUUID();
  readonly #environment: Readonly<Record<string, string>>;

  constructor(claude: string, server: RehearsalServer) {
    this.server = server;
    this.#root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'panel-cli-')));
    this.folder = path.join(this.#root, 'workspace');
    mkdirSync(this.folder);
    this.write('sleeper.sh', SLEEPER, 0o755);
    this.#environment = isolatedEnvironment(this.#root, {
      ...server.environment,
      CLAUDE_PANEL_CLAUDE: claude,
      CLAUDE_CODE_MAX_RETRIES: '1',
      // Claude Code starts login shells: what a developer's own profile does there would slow down or break a test.
      HOME: this.#root,
      [MARK]: this.#mark,
    });
  }

  write(name: string, text: string, mode = 0o644): string {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
    return file;
  }

  has(name: string): boolean {
    return existsSync(path.join(this.folder, name));
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  remove(name: string): void {
    rmSync(path.join(this.folder, name));
  }

  start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningCommand {
    return new RunningCommand(toolchain().node, [PROGRAM, ...args], {
      cwd: this.folder,
      env: { ...this.#environment, ...environment },
    });
  }

  /** The same below a program that gives it a terminal. */
  startOnTerminal(args: readonly string[]): RunningCommand {
    const line = [toolchain().node, PROGRAM, ...args].map(word => `'${word}'`).join(' ');
    return new RunningCommand('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
      cwd: this.folder,
      env: { ...this.#environment, TERM: 'xterm', NO_COLOR: '1' },
    });
  }

  /** The program below a Node that was prepared by another script. */
  startPrepared(script: string, args: readonly string[]): RunningCommand {
    return new RunningCommand(toolchain().node, ['--require', script, PROGRAM, ...args], {
      cwd: this.folder,
      env: this.#environment,
    });
  }

  run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
    const command = this.start(args, environment);
    command.input.end();
    return command.result;
  }

  async json(args: readonly string[]): Promise<readonly Record<string, unknown>[]> {
    return JSON.parse((await this.run([...args, '--json'])).stdout);
  }

  /** The events of the workspace file, read as another program would. */
  events(subject?: string): readonly LogEvent[] {
    const database = new Database(path.join(this.folder, '.claude-panel', 'panel.db'), { readonly: true });
    try {
      const rows = database.prepare('select * from events order by seq').all() as Record<string, string | null>[];
      return rows
        .filter(row => subject === undefined || row['subject'] === subject)
        .map(({ traceparent, data, ...row }) => ({
          ...row,
          data: JSON.parse(data ?? 'null'),
          ...(traceparent === null ? {} : { traceparent }),
        })) as unknown as LogEvent[];
    } finally {
      database.close();
    }
  }

  /** The id of the question that waits, once there is one. */
  question(): Promise<string> {
    return waitFor('a question', async () => {
      const [first] = this.has('.claude-panel/panel.db') ? await this.json(['approvals']) : [];
      return first === undefined ? undefined : String(first['id']);
    });
  }

  /** The sleeping script of the task runs, with all that it starts. */
  async sleeping(): Promise<void> {
    await waitFor('the script', () => this.has('ready.txt'));
  }

  /** What runs because of this stage. */
  processes(): readonly ProcessInfo[] {
    return processesWithEnvironment(MARK, this.#mark);
  }

  noneLeft(): Promise<true> {
    return waitFor('the last process to leave', () => this.processes().length === 0, 10_000);
  }

  async close(): Promise<void> {
    killSeen(this.processes());
    await this.server.dispose();
    rmSync(this.#root, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class RunningCommand {
  readonly result: Promise<CommandResult>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #printed = { stdout: '', stderr: '' };

  constructor(
    file: string,
    args: readonly string[],
    options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  ) {
    const child = spawn(file, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        this.#printed[stream] += text;
      });
    }
    const ended = Promise.withResolvers<CommandResult>();
    child.once('error', ended.reject);
    child.once('close', code => ended.resolve({ code, ...this.#printed }));
    child.stdin.on('error', () => undefined);
    this.result = ended.promise;
  }

  get stdout(): string {
    return this.#printed.stdout;
  }

  get stderr(): string {
    return this.#printed.stderr;
  }

  get input(): ChildProcessWithoutNullStreams['stdin'] {
    return this.#child.stdin;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** As `| head` does once it has seen enough. */
  closeOutput(): void {
    this.#child.stdout.destroy();
  }

  shows(text: string): Promise<true> {
    return waitFor(`"${text}" on the screen`, () => (this.stdout + this.stderr).includes(text));
  }
}

export function parseLines(text: string): readonly LogEvent[] {
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}

export function useCommandStage(): () => CommandStage {
  const claude = claudeProgram();
  let stage: CommandStage | undefined;
  beforeEach(async context => {
    if (claude === undefined) {
      context.skip(NO_CLAUDE);
    } else {
      stage = new CommandStage(claude, await startRehearsalServer({ scenario: parseScenario(SCENARIO) }));
    }
  });
  afterEach(() => stage?.close());
  return () => {
    if (stage === undefined) {
      throw new Error('no stage');
    }
    return stage;
  };
}

function claudeProgram(): string | undefined {
  try {
    return toolchain().claude ?? findClaude();
  } catch {
    return findClaude();
  }
}
