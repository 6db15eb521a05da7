import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MachineLook } from '../../../src/app/machineLook.ts';
import type { ClaudeVersion } from '../../../src/core/claude/claudeVersion.ts';
import type { InternalFacts } from '../../../src/core/profiles/internalProfiles.ts';
import { ActionStage } from './actions/actionStage.ts';

const NEW: ClaudeVersion = { major: 2, minor: 1, patch: 329 };

function look(
  stage: ActionStage,
  profile: string,
  more: {
    platform?: NodeJS.Platform;
    version?: ClaudeVersion;
    revealGodMode?: boolean;
    environment?: Record<string, string>;
  } = {},
): Promise<InternalFacts> {
  const { platform = 'linux', version = NEW, revealGodMode = true, environment = {} } = more;
  return new MachineLook({
    environment: { PATH: path.join(stage.root, 'programs'), HOME: stage.root, ...environment },
    settings: () => ({ revealGodMode, revealAuto: false }) as never,
    claudeVersion: async () => version,
    platform,
  }).factsFor(profile, stage.folder);
}

async function whyNoSandbox(stage: ActionStage, more: Parameters<typeof look>[2] = {}): Promise<string | undefined> {
  const { autonomy } = await look(stage, 'god', more);
  return autonomy?.state === 'looked' && autonomy.sandbox.state === 'missing' ? autonomy.sandbox.why : undefined;
}

describe('the look for Serena', () => {
  it('takes the program itself, else uvx, and names this folder', async () => {
    const stage = new ActionStage();
    const uvx = stage.program('uvx', '');
    const given = ['serena', 'start-mcp-server', '--context', 'ide-assistant', '--project', stage.folder];
    expect((await look(stage, 'serena')).serena).toEqual({
      state: 'found',
      server: { type: 'stdio', command: uvx, args: ['--from', 'git+https://github.com/oraios/serena', ...given] },
    });
    const own = stage.program('serena', '');
    expect((await look(stage, 'serena')).serena).toMatchObject({ server: { command: own, args: given.slice(1) } });
  });

  it('gives one failure with what to install when there is neither', async () => {
    expect((await look(new ActionStage(), 'serena')).serena).toMatchObject({
      state: 'missing',
      failure: { message: 'Serena is not installed.', remedy: expect.stringContaining('uv tool install') },
    });
  });
});

describe('the look for a sandbox', () => {
  it('is not taken while god mode is not revealed, nor for other profiles', async () => {
    const stage = new ActionStage();
    expect((await look(stage, 'god', { revealGodMode: false })).autonomy).toMatchObject({ state: 'refused' });
    expect(await look(stage, 'safe')).toEqual({});
  });

  it('says what is missing', async () => {
    const stage = new ActionStage();
    expect(await whyNoSandbox(stage)).toContain('bubblewrap is not installed. Install bubblewrap and socat');
    stage.program('bwrap', 'echo "bwrap: No permissions to create new namespace" >&2; exit 1');
    expect(await whyNoSandbox(stage)).toContain('socat is not installed');
    stage.program('socat', '');
    expect(await whyNoSandbox(stage)).toBe(
      'bubblewrap does not work here (bwrap: No permissions to create new namespace).',
    );
    stage.program('bwrap', '');
    expect(await whyNoSandbox(stage)).toBeUndefined();
  });

  it('finds none on Windows, and none that an older Claude Code would insist on', async () => {
    const stage = new ActionStage();
    stage.program('bwrap', '');
    stage.program('socat', '');
    expect(await whyNoSandbox(stage, { platform: 'win32' })).toContain('Windows Subsystem for Linux');
    expect(await whyNoSandbox(stage, { version: { major: 2, minor: 0, patch: 30 } })).toContain('Claude Code 2.0.30');
  });

  it('names the variables that hold keys, never their values', async () => {
    const environment = { NPM_TOKEN: 'abc', AWS_SECRET_ACCESS_KEY: 'def', EDITOR: 'vi', STRIPE_APIKEY: 'ghi' };
    const { autonomy } = await look(new ActionStage(), 'god', { environment });
    expect(autonomy).toMatchObject({ secretVariables: ['AWS_SECRET_ACCESS_KEY', 'NPM_TOKEN', 'STRIPE_APIKEY'] });
    expect(JSON.stringify(autonomy)).not.toContain('abc');
  });
});
