import path from 'node:path';
import type { RehearsalServer } from '../src/adapters/rehearsal/rehearsalServer.ts';
import { createPanelServices } from '../src/app/createPanelServices.ts';
import type { PanelServices } from '../src/app/panelServices.ts';
import { isFinal } from '../src/core/tasks/task.ts';
import { findClaude, NO_CLAUDE } from '../test/contract/rehearsal/claudeProgram.ts';
import { SETTINGS } from '../test/fixtures/panelSettings.ts';

export function claudeProgram(): string {
  const found = findClaude();
  if (found === undefined) {
    throw new Error(NO_CLAUDE);
  }
  return found;
}

/** What is to be known of a rehearsal server, wherever it runs. */
export type RehearsalAddress = Pick<RehearsalServer, 'environment'>;

/** What the real Claude Code runs in, hosted or bare: the rehearsal model, and sessions in a folder of their own. */
export function claudeEnvironment(server: RehearsalAddress, folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...server.environment,
    CLAUDE_CONFIG_DIR: path.join(folder, '.claude-config'),
    CLAUDE_PANEL_HOME: path.join(folder, '.home'),
    CLAUDE_CODE_MCP_STARTUP_WAIT_MS: '500',
  };
}

export async function openPanel(
  server: RehearsalAddress,
  folder: string,
  maxParallelTasks: number,
): Promise<PanelServices> {
  const services = await createPanelServices({
    folder,
    surface: 'VS Code window',
    takesQueued: () => true,
    settings: () => ({
      ...SETTINGS,
      claudePath: claudeProgram(),
      maxParallelTasks,
      silenceSeconds: 600,
      idleMinutes: 60,
    }),
    log: () => undefined,
    environment: claudeEnvironment(server, folder),
    userName: 'bench',
  });
  await services.start();
  return services;
}

export async function startScripted(services: PanelServices, prompt: string): Promise<string> {
  const outcome = await services.startTask({ prompt, profile: 'speed', by: services.actor('panel') });
  if (outcome.kind !== 'started') {
    throw new Error(outcome.kind);
  }
  return outcome.task.id;
}

/** Resolves when all of these have ended. */
export function allEnded(services: PanelServices, ids: readonly string[]): Promise<void> {
  return new Promise(resolve => {
    const open = new Set(ids.filter(id => !isFinal(services.tasks.get(id).status)));
    if (open.size === 0) {
      resolve();
      return;
    }
    const subscription = services.log.onDidCommit(({ tasks }) => {
      for (const task of tasks) {
        if (isFinal(task.status)) {
          open.delete(task.id);
        }
      }
      if (open.size === 0) {
        subscription.dispose();
        resolve();
      }
    });
  });
}
