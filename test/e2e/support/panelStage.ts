import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type RehearsalServer, startRehearsalServer } from '../../../src/adapters/rehearsal/rehearsalServer.ts';
import { parseScenario } from '../../../src/adapters/rehearsal/scenario.ts';
import { isolatedEnvironment } from '../../harness/isolatedEnvironment.ts';
import { type CommandResult, type RunningCommand, startPanel } from '../../harness/panelCommand.ts';
import { type ProcessInfo, processesWithEnvironment } from '../../harness/processes.ts';
import { projectRoot, required } from '../../harness/toolchain.ts';
import type { VscodeHostOptions } from '../../harness/vscodeHost.ts';
import { VscodeSession } from '../../harness/vscodeSession.ts';
import { waitFor } from '../../harness/waitFor.ts';
import type { Workbench } from '../../harness/workbench.ts';
import { PanelPage } from './panelPage.ts';
import { type TaskRow, WorkspaceFile } from './workspaceFile.ts';

export interface StageOptions extends Pick<VscodeHostOptions, 'settings' | 'keyBindings' | 'trust'> {
  /** What the folder holds at first; an empty folder when absent. */
  readonly project?: 'sample';
  /** Opens these folders inside of the folder, as one workspace; the first holds the panel's data. */
  readonly folders?: readonly string[];
  /** Files that are in the folder before VS Code opens it, by their path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Added to what VS Code and the command line get; undefined removes a variable. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The model's answers, in YAML; the demo when absent. A prompt may bring its own in any case. */
  readonly scenario?: string;
}

/** VS Code with the panel in sight, the real Claude Code, and a rehearsal model in place of an account. */
export class PanelStage implements AsyncDisposable {
  /** The folder that is open in VS Code, or that holds the folders that are. */
  readonly folder: string;
  readonly session: VscodeSession;
  readonly server: RehearsalServer;
  readonly panel: PanelPage;
  readonly data: WorkspaceFile;
  readonly #environment: Readonly<Record<string, string | undefined>>;

  private constructor(
    { folder, data }: { readonly folder: string; readonly data: string },
    session: VscodeSession,
    server: RehearsalServer,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.#environment = environment;
    this.folder = folder;
    this.session = session;
    this.server = server;
    this.panel = new PanelPage(session.workbench);
    this.data = new WorkspaceFile(data);
  }

  static async open({
    project,
    folders,
    files = {},
    scenario,
    settings,
    ...options
  }: StageOptions = {}): Promise<PanelStage> {
    const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'panel-ws-')));
    if (project === 'sample') {
      cpSync(path.join(projectRoot, 'test', 'fixtures', 'sample-workspace'), folder, { recursive: true });
    }
    for (const [name, text] of Object.entries(files)) {
      writeInto(folder, name, text);
    }
    const workspace = folders === undefined ? folder : writeWorkspace(folder, folders);
    const server = await startRehearsalServer(scenario === undefined ? {} : { scenario: parseScenario(scenario) });
    const environment = { ...server.environment, ...options.environment };
    try {
      const session = await VscodeSession.open({
        ...options,
        workspace,
        environment,
        settings: { 'claudePanel.claudePath': required('claude'), 'claudePanel.defaultProfile': 'speed', ...settings },
      });
      return new PanelStage({ folder, data: path.join(folder, folders?.[0] ?? '') }, session, server, environment);
    } catch (error) {
      await server.dispose();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get workbench(): Workbench {
    return this.session.workbench;
  }

  write(name: string, text: string, mode?: number): void {
    writeInto(this.folder, name, text, mode);
  }

  /** Writes a file into the folder of the user's own commands, which need no approval. */
  writeUserCommand(name: string, text: string): void {
    const home = path.join(this.session.host.folder, 'home');
    writeInto(home, path.join('.claude-panel', 'commands', `${name}.yaml`), text.trimStart());
  }

  has(name: string): boolean {
    return existsSync(path.join(this.folder, name));
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  /** Opens another window, on another folder, with the panel in sight. */
  async openPanel(folder: string): Promise<PanelPage> {
    const panel = new PanelPage(await this.session.openWindow({ folder }));
    await panel.open();
    return panel;
  }

  /** Runs the command-line program on the same workspace, to its end. */
  command(...args: readonly string[]): Promise<CommandResult> {
    return this.startCommand(...args).result;
  }

  /** Runs the command-line program in another folder, to its end. */
  commandIn(cwd: string, ...args: readonly string[]): Promise<CommandResult> {
    return startPanel(args, { cwd, environment: this.#commandEnvironment() }).result;
  }

  /** Starts the command-line program on the same workspace. */
  startCommand(...args: readonly string[]): RunningCommand {
    return startPanel(args, { cwd: this.folder, environment: this.#commandEnvironment() });
  }

  #commandEnvironment(): Record<string, string> {
    return isolatedEnvironment(this.session.host.folder, {
      ...this.#environment,
      CLAUDE_PANEL_CLAUDE: required('claude'),
    });
  }

  /** What the panel's item in the status bar says. */
  get statusItem(): Locator {
    return this.workbench.statusItem('claude-control-panel.claude-control-panel.claudePanel.status');
  }

  /** The newest task of this title, once it is there. */
  task(title: string): Promise<TaskRow> {
    return waitFor(`a task "${title}"`, () => this.data.task(title));
  }

  /** The newest task of this title, once it is in this state. */
  taskIn(title: string, state: string): Promise<TaskRow> {
    return waitFor(`"${title}" to be ${state}`, () => {
      const task = this.data.task(title);
      return task?.state === state ? task : undefined;
    });
  }

  /** Every live process that a task has started, however far it has detached. */
  processesOf(taskId: string): readonly ProcessInfo[] {
    return processesWithEnvironment('CLAUDE_PANEL_TASK_ID', taskId);
  }

  async close(): Promise<void> {
    try {
      await this.session.close();
    } finally {
      await this.server.dispose();
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/**
 * One stage for all tests of a file. Each begins with the panel in sight and no notification of the one before; one that
 * fails leaves pictures of every window.
 */
export function usePanelStage(options: StageOptions = {}): () => PanelStage {
  let stage: PanelStage | undefined;
  beforeAll(async () => {
    stage = await PanelStage.open(options);
  });
  beforeEach(async ({ onTestFailed, task }) => {
    onTestFailed(async () => {
      await stage?.session.screenshots(task.name.replace(/\W+/g, '-').slice(0, 80));
    });
    await stage?.workbench.notifications.clear();
    await stage?.panel.open();
  });
  afterAll(() => stage?.close());
  return () => {
    if (stage === undefined) {
      throw new Error('no stage');
    }
    return stage;
  };
}

/** Gives the path of the workspace's file. */
function writeWorkspace(folder: string, names: readonly string[]): string {
  for (const name of names) {
    mkdirSync(path.join(folder, name), { recursive: true });
  }
  writeInto(folder, 'all.code-workspace', JSON.stringify({ folders: names.map(name => ({ path: name })) }));
  return path.join(folder, 'all.code-workspace');
}

function writeInto(folder: string, name: string, text: string, mode = 0o644): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
}
