import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { readClaudeOwnCommands } from '../../../src/core/catalog/claudeOwnCommands.ts';
import { OWN_FILES, OWN_USER_FILES } from '../../unit/core/catalog/ownCommandFiles.ts';
import { temporaryFolder } from '../../unit/core/profiles/temporaryFolder.ts';
import { findClaude, NO_CLAUDE } from '../rehearsal/claudeProgram.ts';

interface Initialized {
  readonly commands: readonly { readonly name: string }[];
  readonly agents: readonly { readonly name: string }[];
}

/** What the real Claude Code offers in a folder, before it asks any model. */
async function offered(claude: string, folder: string, config: string): Promise<Initialized> {
  const child = spawn(claude, ['-p', '--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'], {
    cwd: folder,
    env: {
      ...process.env,
      HOME: config,
      CLAUDE_CONFIG_DIR: config,
      ANTHROPIC_API_KEY: 'none',
      // Nobody listens there, and nothing is asked.
      ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  try {
    const request = { type: 'control_request', request_id: '1', request: { subtype: 'initialize' } };
    child.stdin.write(`${JSON.stringify(request)}\n`);
    for await (const line of createInterface({ input: child.stdout })) {
      const message = JSON.parse(line) as { type: string; response?: { response?: Initialized } };
      if (message.type === 'control_response' && message.response?.response !== undefined) {
        return message.response.response;
      }
    }
    throw new Error('Claude Code ended without an answer.');
  } finally {
    child.kill('SIGKILL');
  }
}

describe("Claude Code's own commands", { timeout: 60_000 }, () => {
  it('have the names that the real Claude Code gives them', async context => {
    const claude = findClaude();
    if (claude === undefined) {
      context.skip(NO_CLAUDE);
      return;
    }
    const folder = temporaryFolder(OWN_FILES);
    const config = temporaryFolder();
    for (const [file, text] of Object.entries(OWN_USER_FILES)) {
      mkdirSync(dirname(join(config, file)), { recursive: true });
      writeFileSync(join(config, file), text);
    }
    const { commands, agents } = await offered(claude, folder, config);
    const own = await readClaudeOwnCommands(folder, config, config);
    const namesOf = (kinds: readonly string[]) =>
      own.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
    const theirs = commands.map(({ name }) => name);
    expect(namesOf(['slashCommand', 'skill'])).toEqual([
      'loose',
      'plain',
      'sub:deep:er',
      'sub:nested',
      'other-name',
      'mine',
    ]);
    expect(theirs).toEqual(expect.arrayContaining(namesOf(['slashCommand', 'skill'])));
    expect(agents.map(({ name }) => name)).toEqual(expect.arrayContaining(namesOf(['agent'])));
    // What is left out here is not offered there either.
    for (const name of ['hidden', 'inner', 'group', 'nohead']) {
      expect([...theirs, ...agents.map(agent => agent.name)]).not.toContain(name);
    }
  });
});
