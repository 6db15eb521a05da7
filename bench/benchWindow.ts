import { readFileSync } from 'node:fs';
import path from 'node:path';
import Driver from 'better-sqlite3';
import type { Frame } from 'playwright-core';
import { type RehearsalServer, startRehearsalServer } from '../src/adapters/rehearsal/rehearsalServer.ts';
import { VscodeSession } from '../test/harness/vscodeSession.ts';
import { waitFor } from '../test/harness/waitFor.ts';
import { claudeProgram } from './benchPanel.ts';
import type { scratchFolder } from './scratchFolder.ts';

/** A real VS Code with the packaged extension, a real browser, and the real Claude Code against a rehearsal model. */
export class BenchWindow {
  readonly session: VscodeSession;
  readonly server: RehearsalServer;
  readonly measureFile: string;

  private constructor(session: VscodeSession, server: RehearsalServer, measureFile: string) {
    this.session = session;
    this.server = server;
    this.measureFile = measureFile;
  }

  static async open(
    scratch: ReturnType<typeof scratchFolder>,
    maxParallelTasks: number,
    otherExtensions: readonly string[] = [],
  ): Promise<BenchWindow> {
    const server = await startRehearsalServer();
    const measureFile = path.join(scratch.folder, 'painted.ndjson');
    const session = await VscodeSession.open({
      otherExtensions,
      environment: {
        ...server.environment,
        HOME: scratch.folder,
        CLAUDE_PANEL_HOME: path.join(scratch.folder, '.home'),
        CLAUDE_PANEL_MEASURE: measureFile,
      },
      settings: {
        'claudePanel.claudePath': claudeProgram(),
        'claudePanel.maxParallelTasks': maxParallelTasks,
        'claudePanel.notifications': 'none',
      },
    });
    await session.workbench.openContainer('Claude');
    return new BenchWindow(session, server, measureFile);
  }

  panel(): Promise<Frame> {
    return this.session.workbench.webviews.find('panel-root');
  }

  async run(prompt: string): Promise<void> {
    const frame = await this.panel();
    const box = frame.getByRole('textbox', { name: 'What should Claude do?' });
    await box.fill(prompt);
    // Runs it and stays in the list.
    await box.press('Control+Shift+Enter');
    await waitFor('the field to be empty again', async () => (await box.inputValue()) === '');
  }

  /** As any other program may read it from the workspace's file. */
  runningTasks(): number {
    const database = new Driver(path.join(this.session.host.workspace, '.claude-panel', 'panel.db'), {
      readonly: true,
    });
    try {
      return database.prepare<[], number>("SELECT count(*) FROM tasks WHERE state = 'running'").pluck().get() ?? 0;
    } finally {
      database.close();
    }
  }

  /** Each frame so far that was painted, in milliseconds since its oldest event: when it was sent, and when it was on screen. */
  paints(): readonly { readonly sent: number; readonly painted: number }[] {
    return readFileSync(this.measureFile, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as { happened: number; sent: number; painted: number })
      .map(({ happened, sent, painted }) => ({ sent: sent - happened, painted: painted - happened }));
  }

  async close(): Promise<void> {
    await this.session.close();
    await this.server.dispose();
  }
}
