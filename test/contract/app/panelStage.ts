import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type RehearsalServer, startRehearsalServer } from '../../../src/adapters/rehearsal/rehearsalServer.ts';
import { parseScenario } from '../../../src/adapters/rehearsal/scenario.ts';
import { createPanelServices } from '../../../src/app/createPanelServices.ts';
import type { PanelServices, PanelSettings, Surroundings } from '../../../src/app/panelServices.ts';
import { nextEvent } from '../../../src/base/event.ts';
import type { Approval } from '../../../src/core/approvals/approval.ts';
import { taskMarker } from '../../../src/core/claude/claudeLaunch.ts';
import { systemProcesses } from '../../../src/core/process/processTree.ts';
import { isFinal, type Task } from '../../../src/core/tasks/task.ts';
import { SETTINGS } from '../../fixtures/panelSettings.ts';
import { findClaude, NO_CLAUDE } from '../rehearsal/claudeProgram.ts';

/** A workspace with the real Claude Code against a rehearsal model; everything is closed when the test ends. */
export class PanelStage {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'panel-')));
  readonly #claude: string;
  readonly #server: RehearsalServer;
  readonly #open: PanelServices[] = [];

  constructor(claude: string, server: RehearsalServer) {
    this.#claude = claude;
    mkdirSync(path.join(this.folder, '.home'));
    this.#server = server;
  }

  get server(): RehearsalServer {
    return this.#server;
  }

  async open(more: Partial<Surroundings> & { readonly set?: Partial<PanelSettings> } = {}): Promise<PanelServices> {
    const { set, ...rest } = more;
    const services = await createPanelServices({
      folder: this.folder,
      surface: 'VS Code window',
      takesQueued: () => true,
      settings: () => ({ ...SETTINGS, claudePath: this.#claude, ...set }),
      log: () => undefined,
      environment: this.environment,
      userName: 'ada',
      ...rest,
    });
    this.#open.push(services);
    await services.start();
    return services;
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ...this.#server.environment,
      // Login shells of Claude Code must not read this machine's profile, nor this user's key.
      HOME: path.join(this.folder, '.home'),
      CLAUDE_PANEL_HOME: path.join(this.folder, '.home', '.claude-panel'),
      CLAUDE_CONFIG_DIR: path.join(this.folder, '.claude-config'),
      CLAUDE_CODE_MAX_RETRIES: '2',
    };
  }

  async close(): Promise<void> {
    for (const services of this.#open) {
      await services.suspend(10_000);
      services.dispose();
    }
    await this.#server.dispose();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param scenario what the rehearsal model answers; the demo when absent
 * @param claude the program; the newest that there is when absent
 */
export function usePanelStage(scenario?: string, claude = findClaude()): () => PanelStage {
  let stage: PanelStage | undefined;
  beforeEach(async context => {
    if (claude === undefined) {
      context.skip(NO_CLAUDE);
    } else {
      stage = new PanelStage(
        claude,
        await startRehearsalServer(scenario === undefined ? {} : { scenario: parseScenario(scenario) }),
      );
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

/** Starts a scripted task with the profile that loads nothing of the folder. */
export async function run(
  services: PanelServices,
  prompt: string,
  more: { minutes?: number; profile?: string } = {},
): Promise<Task> {
  const outcome = await services.startTask({ prompt, profile: 'speed', by: services.actor('panel'), ...more });
  if (outcome.kind !== 'started') {
    throw new Error(outcome.kind);
  }
  return outcome.task;
}

export async function until(services: PanelServices, id: string, test: (task: Task) => boolean): Promise<Task> {
  const now = services.tasks.get(id);
  if (test(now)) {
    return now;
  }
  const seen = await nextEvent(services.log.onDidCommit, ({ tasks }) =>
    tasks.some(task => task.id === id && test(task)),
  );
  const task = seen.tasks.find(other => other.id === id && test(other));
  if (task === undefined) {
    throw new Error('not seen');
  }
  return task;
}

export function ended(services: PanelServices, id: string): Promise<Task> {
  return until(services, id, task => isFinal(task.status));
}

export async function asked(services: PanelServices, id: string): Promise<Approval> {
  await until(services, id, task => task.pendingApprovals.length > 0);
  const approval = services.log.approvals.pending().find(({ taskId }) => taskId === id);
  if (approval === undefined) {
    throw new Error('nothing is asked');
  }
  return approval;
}

/** How many processes of these tasks are there. */
export async function processesOf(...taskIds: readonly string[]): Promise<number> {
  const found = await Promise.all(taskIds.map(id => systemProcesses().findByMarker(taskMarker(id))));
  return found.flat().length;
}
