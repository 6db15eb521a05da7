import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach } from 'vitest';
import { type RehearsalServer, startRehearsalServer } from '../../../src/adapters/rehearsal/rehearsalServer.ts';
import { type ClaudeProgram, ClaudeVersionReader, findClaude } from '../../../src/core/claude/claudeCli.ts';
import type { LaunchOptions } from '../../../src/core/claude/claudeLaunch.ts';
import type { SessionParts } from '../../../src/core/claude/claudeSession.ts';
import { type ClaudeVersion, formatVersion } from '../../../src/core/claude/claudeVersion.ts';
import { ObservedSession } from '../../fixtures/fake-claude/fakeSession.ts';
import { NO_CLAUDE, findClaude as pathOfClaude } from '../rehearsal/claudeProgram.ts';

export interface RealStage {
  readonly program: ClaudeProgram;
  readonly version: ClaudeVersion;
  readonly cwd: string;
  /** The model server, which is there for one test. */
  readonly server: RehearsalServer;
  /** A session that has not been started. */
  session(options?: RealOptions): ObservedSession;
}

export interface RealOptions extends Partial<Omit<SessionParts, 'launch' | 'program'>> {
  readonly launch?: Partial<LaunchOptions>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real Claude Code with a model that is played. Tests are skipped where there is none. */
export function useRealClaude(): RealStage {
  let program: ClaudeProgram | undefined;
  let version: ClaudeVersion | undefined;
  let server: RehearsalServer | undefined;
  let root = '';
  const open: ObservedSession[] = [];

  beforeAll(async () => {
    const path = pathOfClaude();
    if (path !== undefined) {
      program = await findClaude({ chosen: path, environment: process.env });
      version = await new ClaudeVersionReader().read(program, process.env);
    }
  });

  beforeEach(async context => {
    if (program === undefined) {
      context.skip(NO_CLAUDE);
    }
    root = realpathSync(mkdtempSync(join(tmpdir(), 'claude-contract-')));
    await mkdir(join(root, 'workspace'));
    server = await startRehearsalServer();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map(observed => observed.session.stop(undefined, 'kill')));
    await server?.dispose();
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  const needed = <T>(value: T | undefined): T => {
    if (value === undefined) {
      throw new Error(NO_CLAUDE);
    }
    return value;
  };
  return {
    get program() {
      return needed(program);
    },
    get version() {
      return needed(version);
    },
    get cwd() {
      return join(root, 'workspace');
    },
    get server() {
      return needed(server);
    },
    session({ launch, environment, ...parts } = {}) {
      const observed = new ObservedSession(needed(program), {
        cwd: join(root, 'workspace'),
        version: formatVersion(needed(version)),
        ...parts,
        launch: {
          version: needed(version),
          model: 'sonnet',
          permissionMode: 'default',
          ...launch,
          environment: {
            ...needed(server).environment,
            CLAUDE_CONFIG_DIR: join(root, 'configuration'),
            // The shell profile of whoever runs the tests is none of their business, and may be slow.
            HOME: root,
            ...environment,
          },
        },
      });
      open.push(observed);
      return observed;
    },
  };
}

/** A prompt that brings what the model does, one line a round. */
export function scripted(script: string, text = 'Please.'): string {
  return `${text}\n\`\`\`rehearse\n${script}\n\`\`\`\n`;
}

/**
 * A shell script that waits in the foreground, with a job that ignores hang-ups and a process in a session of its own.
 * Each of them writes its number into the folder.
 */
export async function writeStubbornScript(folder: string): Promise<string> {
  const path = join(folder, 'stubborn.sh');
  const lines = [
    `echo $$ > ${folder}/script.pid`,
    `nohup sleep 1000 >/dev/null 2>&1 & echo $! > ${folder}/nohup.pid`,
    `setsid sh -c 'echo $$ > ${folder}/setsid.pid; exec sleep 1000' >/dev/null 2>&1 &`,
    'sleep 1000',
  ];
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}
