import { findProgram } from '../../../core/process/programsOnPath.ts';
import { runTool, type ToolRun } from '../../../core/process/toolRun.ts';
import type { ActionContext } from '../panelAction.ts';

const TIMEOUT_MS = 60_000;

/** Nothing of a repository's own configuration may start a program while it is only looked at. */
const QUIET = [
  ...['-c', 'core.fsmonitor=false'],
  ...['-c', 'core.hooksPath=/dev/null'],
  ...['-c', 'core.pager=cat'],
  ...['-c', 'log.showSignature=false'],
  ...['-c', 'diff.external='],
];

/** Reads a repository through the user's own git. Changes nothing. */
export class GitReading {
  readonly #program: string;
  readonly #context: ActionContext;

  private constructor(program: string, context: ActionContext) {
    this.#program = program;
    this.#context = context;
  }

  /** Nothing where there is no git, or the folder is in no repository. */
  static async open(context: ActionContext): Promise<GitReading | undefined> {
    const program = await findProgram('git', context.environment);
    if (program === undefined) {
      return undefined;
    }
    const git = new GitReading(program, context);
    return (await git.text(['rev-parse', '--is-inside-work-tree']))?.trim() === 'true' ? git : undefined;
  }

  /** What it prints; nothing when it fails. */
  async text(args: readonly string[]): Promise<string | undefined> {
    const run = await this.run(args);
    return run.state === 'ended' && run.code === 0 ? run.stdout : undefined;
  }

  run(
    args: readonly string[],
    { timeoutMs = TIMEOUT_MS, onOutput }: { timeoutMs?: number; onOutput?: (chunk: Buffer) => void } = {},
  ): Promise<ToolRun> {
    const { folder, environment, signal } = this.#context;
    return runTool(this.#program, [...QUIET, ...args], {
      cwd: folder,
      environment: { ...environment, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      timeoutMs,
      signal,
      ...(onOutput === undefined ? {} : { onOutput }),
    });
  }
}
