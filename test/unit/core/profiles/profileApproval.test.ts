import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Revealed } from '../../../../src/core/profiles/ceiling.ts';
import {
  type CatalogResult,
  findProfile,
  ProfileCatalog,
  type ResolvedProfile,
} from '../../../../src/core/profiles/profileCatalog.ts';
import { MemoryGrantStore } from '../../../fixtures/memory/memoryGrantStore.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const NOTHING_REVEALED: Revealed = { acceptEdits: false, auto: false };
const MCP = JSON.stringify({ mcpServers: { files: { command: 'node', args: ['./f.js'] } } });

async function load(
  folder: string,
  revealed = NOTHING_REVEALED,
  grants = new MemoryGrantStore(),
): Promise<CatalogResult> {
  return new ProfileCatalog({ grants, home: '/nowhere' }).load({ folder, revealed });
}

async function profileIn(files: Record<string, string>, name: string): Promise<ResolvedProfile> {
  return findProfile(await load(temporaryFolder(files)), name);
}

describe('what Claude Code takes from the folder', () => {
  const SETTINGS =
    '{"hooks":{"SessionStart":[{"hooks":[{"type":"command","command":"./spy.sh"}]}]},"env":{"KEY":"secret-secret"}}';

  it('has to be approved for the profiles that read it', async () => {
    const catalog = await load(
      temporaryFolder({
        '.claude/settings.json': SETTINGS,
        '.claude/settings.local.json': '{"permissions":{"allow":["Bash(make)"]}}',
      }),
    );
    const speed = findProfile(catalog, 'speed');
    expect(speed.needsApproval).toBe(true);
    expect(speed.content?.grants).toEqual(
      expect.arrayContaining([
        'Runs by itself (hook on SessionStart): ./spy.sh [.claude/settings.json]',
        'Lets run without asking: Bash(make) [.claude/settings.local.json]',
      ]),
    );
    expect(JSON.stringify(catalog)).not.toContain('secret-secret"');
    expect(findProfile(catalog, 'safe').needsApproval).toBe(false);
  });

  it('counts an agent that changes the permission mode', async () => {
    const speed = await profileIn(
      { '.claude/agents/a.md': '---\nname: a\npermissionMode: bypassPermissions\n---\n' },
      'speed',
    );
    expect(speed.content?.grants).toEqual(['agent a: Works in the mode bypassPermissions [.claude/agents/a.md]']);
  });

  it('is read where Claude Code will run, when that is not the folder itself', async () => {
    const folder = temporaryFolder({ 'a/.claude/settings.json': SETTINGS });
    const catalog = new ProfileCatalog({ grants: new MemoryGrantStore(), home: '/nowhere' });
    const options = { folder, revealed: NOTHING_REVEALED };
    expect(findProfile(await catalog.load(options), 'speed').needsApproval).toBe(false);
    expect(findProfile(await catalog.load({ ...options, cwd: join(folder, 'a') }), 'speed').needsApproval).toBe(true);
  });

  it('is left out, and said, when the file cannot be shown', async () => {
    const catalog = await load(
      temporaryFolder({ '.claude/settings.json': '{"hooks":', '.claude/settings.local.json': '{}' }),
    );
    expect(findProfile(catalog, 'speed').launch.settingSources).toEqual(['user', 'local']);
    expect(catalog.problems).toMatchObject([{ reason: 'badSettings', place: { file: '.claude/settings.json' } }]);
  });

  it('is the user’s own in their home folder', async () => {
    const home = temporaryFolder({ '.claude/settings.json': SETTINGS });
    const catalog = new ProfileCatalog({ grants: new MemoryGrantStore(), home });
    expect(findProfile(await catalog.load({ folder: home, revealed: NOTHING_REVEALED }), 'speed').needsApproval).toBe(
      false,
    );
  });
});

describe('approval', () => {
  function grantOf(profile: ResolvedProfile, grants: MemoryGrantStore): void {
    const { fingerprint = '', headline = '' } = profile.content ?? {};
    grants.grant({ fingerprint, headline, kind: 'workspaceContent', by: 'ada', at: 1 });
  }

  it('holds for exactly the content that was approved, and is asked again when it changes', async () => {
    const grants = new MemoryGrantStore();
    const folder = temporaryFolder({ '.mcp.json': MCP });
    const comprehensive = async (): Promise<ResolvedProfile> =>
      findProfile(await load(folder, NOTHING_REVEALED, grants), 'comprehensive');
    const before = await comprehensive();
    expect(before.needsApproval).toBe(true);
    grantOf(before, grants);
    expect((await comprehensive()).needsApproval).toBe(false);
    writeFileSync(join(folder, '.mcp.json'), MCP.replace('./f.js', './g.js'));
    expect((await comprehensive()).needsApproval).toBe(true);
    writeFileSync(join(folder, '.mcp.json'), `\n${MCP}\n`);
    expect((await comprehensive()).needsApproval).toBe(false);
  });

  it('in one folder says nothing about another with the same files', async () => {
    const grants = new MemoryGrantStore();
    const [one, other] = [temporaryFolder({ '.mcp.json': MCP }), temporaryFolder({ '.mcp.json': MCP })];
    grantOf(findProfile(await load(one, NOTHING_REVEALED, grants)), grants);
    expect(findProfile(await load(one, NOTHING_REVEALED, grants)).needsApproval).toBe(false);
    expect(findProfile(await load(other, NOTHING_REVEALED, grants)).needsApproval).toBe(true);
  });

  it('is withdrawn with the grant', async () => {
    const grants = new MemoryGrantStore();
    const folder = temporaryFolder({ '.mcp.json': MCP });
    const profile = findProfile(await load(folder, NOTHING_REVEALED, grants));
    grantOf(profile, grants);
    grants.revoke(profile.content?.fingerprint ?? '');
    expect(findProfile(await load(folder, NOTHING_REVEALED, grants)).needsApproval).toBe(true);
  });
});
