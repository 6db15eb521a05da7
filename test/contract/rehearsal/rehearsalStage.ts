import { afterEach, beforeEach } from 'vitest';
import {
  type RehearsalOptions,
  type RehearsalServer,
  startRehearsalServer,
} from '../../../src/adapters/rehearsal/rehearsalServer.ts';
import { findClaude, NO_CLAUDE } from './claudeProgram.ts';
import { ClaudeSession, type SessionOptions, Workspace } from './claudeSession.ts';

/** What a test opens; all of it is closed when the test ends. */
export interface Stage {
  serve(options?: RehearsalOptions): Promise<RehearsalServer>;
  workspace(files?: Readonly<Record<string, string>>): Workspace;
  claude(server: RehearsalServer, options?: Partial<SessionOptions>): ClaudeSession;
}

/** Sets the stage for the tests of a `describe`; they are skipped where there is no Claude Code. */
export function useStage(): Stage {
  const program = findClaude();
  const sessions: ClaudeSession[] = [];
  const servers: RehearsalServer[] = [];
  const workspaces: Workspace[] = [];

  beforeEach(context => {
    if (program === undefined) {
      context.skip(NO_CLAUDE);
    }
  });

  afterEach(async () => {
    await Promise.all(sessions.splice(0).map(session => session.close()));
    await Promise.all(servers.splice(0).map(server => server.dispose()));
    for (const workspace of workspaces.splice(0)) {
      workspace.remove();
    }
  });

  const keep = <T>(list: T[], item: T): T => {
    list.push(item);
    return item;
  };
  const stage: Stage = {
    serve: async options => keep(servers, await startRehearsalServer(options)),
    workspace: files => keep(workspaces, new Workspace(files)),
    claude: (server, options) => {
      const workspace = options?.workspace ?? stage.workspace();
      const environment = { ...server.environment, ...options?.environment };
      return keep(sessions, new ClaudeSession({ ...options, program: program ?? '', workspace, environment }));
    },
  };
  return stage;
}

/** A prompt that brings its own script. */
export function scripted(script: string, text = 'Please.'): string {
  return `${text}\n\`\`\`rehearse\n${script}\n\`\`\`\n`;
}
