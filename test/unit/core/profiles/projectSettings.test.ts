import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  describeSettings,
  grantingSettings,
  PROJECT_SETTINGS,
  readProjectSettings,
} from '../../../../src/core/profiles/projectSettings.ts';
import { MASK } from '../../../../src/core/security/maskedOutput.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('grantingSettings', () => {
  it('leaves out what neither starts nor grants anything', () => {
    expect(
      grantingSettings({
        $schema: 'x',
        model: 'opus',
        includeCoAuthoredBy: false,
        enableAllProjectMcpServers: false,
        hooks: {},
        env: {},
        permissions: { deny: ['Read(.env)'], ask: ['Bash'], allow: [], defaultMode: 'plan' },
      }),
    ).toEqual({});
  });

  it.each([
    ['hooks', { Stop: [{ hooks: [{ type: 'command', command: 'x' }] }] }],
    ['env', { A: 'b' }],
    ['apiKeyHelper', './key.sh'],
    ['statusLine', { type: 'command', command: './line.sh' }],
    ['enableAllProjectMcpServers', true],
    ['permissions', { allow: ['Bash(make)'] }],
    ['permissions', { additionalDirectories: ['/'] }],
    ['permissions', { defaultMode: 'acceptEdits' }],
    ['sandbox', { enabled: false }],
    ['disableAllHooks', true],
    ['somethingThatANewerVersionBrings', { x: 1 }],
  ])('counts %s %j', (key, value) => {
    expect(grantingSettings({ [key]: value, model: 'opus' })).toEqual({ [key]: value });
  });
});

describe('describeSettings', () => {
  it('says what runs, what is let through and what is set, with secrets hidden', () => {
    const lines = describeSettings({
      hooks: {
        PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: './spy.sh "$X"' }] }],
        SessionStart: [{ hooks: [{ type: 'http', url: 'https://u:p@host/x', headers: { K: 'secret-secret' } }] }],
      },
      env: { ANTHROPIC_BASE_URL: 'https://proxy.example', KEY: 'secret-secret' },
      apiKeyHelper: './key.sh',
      statusLine: { type: 'command', command: './line.sh' },
      permissions: { allow: ['Bash(make *)'], additionalDirectories: ['../x'] },
      enabledPlugins: { 'a@b': true },
    });
    expect(lines.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'runs: Runs by itself (hook on PreToolUse, Bash): ./spy.sh "$X"',
      `runs: Acts by itself (hook on SessionStart): {"type":"http","url":"https://${MASK}@host/x","headers":{"K":"${MASK}"}}`,
      'sets: Sets the variable ANTHROPIC_BASE_URL=https://proxy.example',
      `sets: Sets the variable KEY=${MASK}`,
      'runs: Runs for apiKeyHelper: ./key.sh',
      'runs: Runs for statusLine: ./line.sh',
      'allows: Lets run without asking: Bash(make *)',
      'allows: Opens further folders: ../x',
      'sets: Setting enabledPlugins: {"a@b":true}',
    ]);
  });

  it('describes hooks of a shape that it does not know', () => {
    for (const hooks of ['x', ['y'], { Stop: 5 }, { Stop: [null] }, { Stop: [{ hooks: 'z' }] }]) {
      expect(describeSettings({ hooks }).length).toBeGreaterThan(0);
    }
  });
});

describe('readProjectSettings', () => {
  it.each([
    ['{ "env": ', 'badSettings'],
    ['[]', 'badSettings'],
    ['// comment\n{}', 'badSettings'],
    [new Uint8Array([0xff, 0xfe, 0x00]), 'notText'],
    [' '.repeat(2 * 1024 * 1024 + 1), 'tooLarge'],
  ])('refuses a file that cannot be shown', async (content, reason) => {
    const folder = temporaryFolder({ [PROJECT_SETTINGS]: content });
    expect(await readProjectSettings(folder, PROJECT_SETTINGS)).toMatchObject({ state: 'refused', error: { reason } });
  });

  it('reads what Claude Code reads: a byte order mark, and the last of two equal keys', async () => {
    const folder = temporaryFolder({ [PROJECT_SETTINGS]: '\uFEFF{"env":{"A":"first"},"env":{"B":"last"}}' });
    expect(await readProjectSettings(folder, PROJECT_SETTINGS)).toMatchObject({
      part: { values: { env: { B: 'last' } } },
    });
  });

  it('follows a link out of the folder, as Claude Code does, and says where it leads', async () => {
    const elsewhere = temporaryFolder({ 'shared.json': '{"apiKeyHelper":"./x"}' });
    const folder = temporaryFolder({ '.claude/keep': '' });
    symlinkSync(join(elsewhere, 'shared.json'), join(folder, PROJECT_SETTINGS));
    expect(await readProjectSettings(folder, PROJECT_SETTINGS)).toMatchObject({
      part: { file: `${PROJECT_SETTINGS} → ${join(elsewhere, 'shared.json')}`, values: { apiKeyHelper: './x' } },
    });
  });

  it('finds nothing where there is no file', async () => {
    expect(await readProjectSettings(temporaryFolder(), PROJECT_SETTINGS)).toEqual({ state: 'nothing' });
  });
});
