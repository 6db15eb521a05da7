import type { Clock } from '../base/clock.ts';
import { type ClaudeProgram, ClaudeVersionReader, findClaude } from '../core/claude/claudeCli.ts';
import { planLaunch } from '../core/claude/claudeLaunch.ts';
import { type ClaudeVersion, formatVersion, missingIn } from '../core/claude/claudeVersion.ts';
import type { ProcessTable } from '../core/process/processIdentity.ts';
import type { OpenSession } from '../core/tasks/taskSession.ts';
import type { LaunchConsent } from './launchConsent.ts';
import { launchOptions } from './launchOptions.ts';
import type { Surroundings } from './panelServices.ts';
import type { RehearsalModel } from './rehearsalModel.ts';

interface LauncherParts {
  readonly surroundings: Pick<Surroundings, 'settings' | 'environment' | 'folder'>;
  readonly processes: ProcessTable;
  readonly rehearsal: RehearsalModel;
  readonly clock: Clock;
  readonly consent: Pick<LaunchConsent, 'obtain'>;
}

interface Found {
  readonly program: ClaudeProgram;
  readonly version: ClaudeVersion;
}

/** Finds the user's own Claude Code and opens sessions with it. */
export class ClaudeLauncher {
  readonly #parts: LauncherParts;
  readonly #versions = new ClaudeVersionReader();

  constructor(parts: LauncherParts) {
    this.#parts = parts;
  }

  /** What would be started now. @throws ClaudeError with a remedy when there is nothing that could be. */
  async claude(): Promise<{ readonly path: string; readonly version: string; readonly lacks: readonly string[] }> {
    const { program, version } = await this.#find();
    return { path: program.path, version: formatVersion(version), lacks: missingIn(version) };
  }

  /** @throws ClaudeError with a remedy when there is nothing that could be started. */
  async version(): Promise<ClaudeVersion> {
    return (await this.#find()).version;
  }

  readonly open: OpenSession = async ({ task, resume, resumeInterruptedTurn, signal }) => {
    const { surroundings, rehearsal, processes, clock, consent } = this.#parts;
    const [{ program, version }, environment, { ClaudeSession }] = await Promise.all([
      this.#find(),
      task.rehearsal ? rehearsal.environment() : {},
      // Loaded on demand: a window that only shows tasks speaks to no Claude Code.
      import('../core/claude/claudeSession.ts'),
    ]);
    // Last, so that as little time as possible is left between the look at the files and the start.
    const profile = await consent.obtain(task, signal);
    const options = launchOptions({ ...task, profile }, { version, resume, resumeInterruptedTurn, environment });
    return new ClaudeSession({
      program,
      launch: planLaunch(options, surroundings.environment),
      version: formatVersion(version),
      cwd: task.cwd,
      processes,
      clock,
      signal,
    });
  };

  async #find(): Promise<Found> {
    const { settings, environment, folder } = this.#parts.surroundings;
    const { claudePath } = settings();
    const program = await findClaude({
      environment,
      cwd: folder,
      ...(claudePath === undefined ? {} : { chosen: claudePath }),
    });
    return { program, version: await this.#versions.read(program, environment) };
  }
}
