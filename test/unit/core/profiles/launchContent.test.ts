import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { launchContent } from '../../../../src/core/profiles/launchContent.ts';
import type { LaunchProfile } from '../../../../src/core/profiles/launchProfile.ts';
import { ProfileCatalog, type ResolvedProfile } from '../../../../src/core/profiles/profileCatalog.ts';
import { addsOnlyRules, type WorkspaceContent } from '../../../../src/core/profiles/workspaceContent.ts';
import { MemoryGrantStore } from '../../../fixtures/memory/memoryGrantStore.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const HOME = '/nowhere';
const HOOK = '{"hooks":{"SessionStart":[{"hooks":[{"type":"command","command":"./spy.sh"}]}]}}';
const FILES = {
  '.mcp.json': '{"mcpServers":{"files":{"command":"node","args":["./f.js"]}}}',
  '.mcp.web.json': '{"mcpServers":{"web":{"type":"http","url":"https://h"}}}',
  '.claude/settings.json': HOOK,
  '.claude/settings.local.json': '{"permissions":{"allow":["Bash(make)"]}}',
  '.claude/agents/a.md': '---\nname: a\npermissionMode: acceptEdits\n---\n',
  '.claude-panel/profiles.yaml': `
version: 1
profiles:
  wide:
    extends: comprehensive
    permissionMode: acceptEdits
    allowedTools: [ "Bash(npm test)" ]
    appendSystemPrompt: Be brief.
  asking:
    extends: safe
    mcp: web
  refusing:
    permissionMode: dontAsk
    allowedTools: [ Read ]
`,
};

async function profilesOf(folder: string): Promise<readonly ResolvedProfile[]> {
  const catalog = new ProfileCatalog({ grants: new MemoryGrantStore(), home: HOME });
  return (await catalog.load({ folder, revealed: { acceptEdits: true, auto: true } })).profiles;
}

const SPEED: LaunchProfile = {
  name: 'speed',
  source: 'built in',
  permissionMode: 'default',
  allowedTools: [],
  disallowedTools: [],
  mcpServers: {},
  settingSources: ['user', 'project', 'local'],
};

async function contentOf(profile: LaunchProfile, folder: string): Promise<WorkspaceContent | undefined> {
  return (await launchContent(profile, folder, { home: HOME })).content;
}

describe('the content of a launch', () => {
  it('of every profile is what the catalog showed for approval, as long as nothing changes', async () => {
    const folder = temporaryFolder(FILES);
    const profiles = await profilesOf(folder);
    expect(profiles.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['speed', 'comprehensive', 'safe', 'wide', 'asking', 'refusing', 'web']),
    );
    for (const { launch, content } of profiles) {
      const now = await contentOf(launch, folder);
      expect(now?.fingerprint).toBe(content?.fingerprint);
      expect(now?.grants).toEqual(content?.grants);
    }
  });

  it.each([
    ['a hook is added', '.claude/settings.json', HOOK.replace('./spy.sh', './other.sh')],
    ['a rule is added', '.claude/settings.local.json', '{"permissions":{"allow":["Bash(make)","Bash"]}}'],
    ['an agent gets a hook', '.claude/agents/b.md', '---\nname: b\nhooks: { Stop: [] , x: [1] }\n---\n'],
  ])('is another one when %s', async (_what, file, text) => {
    const folder = temporaryFolder(FILES);
    const before = await contentOf(SPEED, folder);
    writeFileSync(join(folder, file), text);
    const after = await contentOf(SPEED, folder);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('has the servers that the task was given, whatever the files say now', async () => {
    const folder = temporaryFolder(FILES);
    const comprehensive = (await profilesOf(folder)).find(({ name }) => name === 'comprehensive');
    rmSync(join(folder, '.mcp.json'));
    const now = comprehensive && (await contentOf(comprehensive.launch, folder));
    expect(now?.fingerprint).toBe(comprehensive?.content?.fingerprint);
    expect(now?.content).toContain('./f.js');
  });

  it('is nothing where nothing of the folder is read', async () => {
    const folder = temporaryFolder(FILES);
    const safe: LaunchProfile = { ...SPEED, settingSources: ['user'] };
    expect(await launchContent(safe, folder, { home: HOME })).toEqual({ profile: safe });
    expect(await contentOf(SPEED, temporaryFolder())).toBeUndefined();
  });

  it('counts all files of the folder for a profile that does not say which are read', async () => {
    const { settingSources: _sources, ...open } = SPEED;
    const { profile, content } = await launchContent(open, temporaryFolder(FILES), { home: HOME });
    expect(content?.files).toContain('.claude/settings.json');
    expect(profile.settingSources).toEqual(['user', 'project', 'local']);
  });

  it('leaves out a file that cannot be shown, and so does the launch', async () => {
    const folder = temporaryFolder({ '.claude/settings.local.json': '{"permissions":{"allow":["Bash(make)"]}}' });
    mkdirSync(join(folder, '.claude', 'settings.json'));
    const { profile, content } = await launchContent(SPEED, folder, { home: HOME });
    expect(profile.settingSources).toEqual(['user', 'local']);
    expect(content?.files).toEqual(['.claude/settings.local.json']);
  });

  it('is told for a folder that is not there', async () => {
    expect(await contentOf(SPEED, '/nowhere/at/all')).toBeUndefined();
  });
});

describe('rules that are left out', () => {
  const local = (...allow: string[]): Record<string, string> => ({
    '.claude/settings.local.json': JSON.stringify({ permissions: { allow } }),
  });

  async function fingerprint(folder: string, leaveOut: readonly string[] = []): Promise<string | undefined> {
    return (await launchContent(SPEED, folder, { home: HOME, leaveOut })).content?.fingerprint;
  }

  it('give the content from before they were added', async () => {
    const folder = temporaryFolder(local('Bash(make)'));
    const before = await launchContent(SPEED, folder, { home: HOME });
    writeFileSync(
      join(folder, '.claude', 'settings.local.json'),
      JSON.stringify({ permissions: { allow: ['Bash(make)', 'Bash(npm test)'] } }, null, 2),
    );
    expect(await fingerprint(folder, ['Bash(npm test)'])).toBe(before.content?.fingerprint);
    const after = await launchContent(SPEED, folder, { home: HOME });
    expect(after.content && addsOnlyRules(before.content, after.content, ['Bash(npm test)'])).toBe(true);
  });

  it('leave nothing when nothing else is in the file', async () => {
    expect(await fingerprint(temporaryFolder(local('Bash(make)')), ['Bash(make)'])).toBeUndefined();
  });

  it('leave everything else, and rules of other files, as they are', async () => {
    const settings = { permissions: { allow: ['Bash(make)', 'Read'], additionalDirectories: ['/x'] }, env: { A: 'b' } };
    const folder = temporaryFolder({
      '.claude/settings.json': JSON.stringify(settings),
      '.claude/settings.local.json': JSON.stringify(settings),
    });
    const { content } = await launchContent(SPEED, folder, { home: HOME, leaveOut: ['Bash(make)'] });
    expect(content?.grants.filter(line => line.includes('Bash(make)'))).toEqual([
      'Lets run without asking: Bash(make) [.claude/settings.json]',
    ]);
    expect(content?.ownRules.rules).toEqual(['Read']);
    expect(content?.grants.filter(line => line.includes('settings.local.json'))).toHaveLength(3);
  });

  it('change nothing when they are not there', async () => {
    const folder = temporaryFolder(local('Bash(make)'));
    expect(await fingerprint(folder, ['Bash'])).toBe(await fingerprint(folder));
  });
});
