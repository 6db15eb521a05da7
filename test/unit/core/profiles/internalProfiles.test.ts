import { describe, expect, it } from 'vitest';
import type { AutonomyFacts } from '../../../../src/core/profiles/godMode.ts';
import type { InternalFacts } from '../../../../src/core/profiles/internalProfiles.ts';
import { launchContent } from '../../../../src/core/profiles/launchContent.ts';
import { type CatalogResult, findProfile, ProfileCatalog } from '../../../../src/core/profiles/profileCatalog.ts';
import { MemoryGrantStore } from '../../../fixtures/memory/memoryGrantStore.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const FACTS: AutonomyFacts = {
  state: 'looked',
  sandbox: { state: 'there' },
  revealAuto: false,
  secretVariables: ['NPM_TOKEN'],
  home: '/home/ada',
  folder: '/work/shop',
};
const SERVER = { type: 'stdio', command: '/usr/bin/serena', args: ['start-mcp-server'] };

function load(
  files: Readonly<Record<string, string>> = {},
  more: { readonly facts?: InternalFacts; readonly servers?: readonly string[] } = {},
): Promise<CatalogResult> {
  const catalog = new ProfileCatalog({ grants: new MemoryGrantStore(), home: '/home/ada' });
  return catalog.load({
    folder: temporaryFolder(files),
    revealed: { acceptEdits: false, auto: false },
    facts: {},
    ...more,
  });
}

describe('the profiles of the built-in commands', () => {
  it('are found by name and stand in no list', async () => {
    const result = await load();
    expect(findProfile(result, 'research').name).toBe('research');
    expect(result.profiles.map(({ name }) => name)).toEqual(['speed', 'comprehensive', 'safe']);
  });

  it('cannot be replaced or extended by a workspace', async () => {
    const result = await load({
      '.claude-panel/profiles.yaml': 'version: 1\nprofiles:\n  God: {}\n  mine:\n    extends: god\n',
    });
    expect(result.problems.map(({ reason }) => reason)).toEqual(['reservedName', 'badValue']);
    expect(findProfile(result, 'god').source).toBe('built in');
  });

  it('cannot be stood in for by a file of MCP servers', async () => {
    const result = await load({
      '.mcp.research.json': '{"mcpServers":{}}',
      '.mcp.readOnly.json': '{"mcpServers":{}}',
    });
    expect(findProfile(result, 'research')).toMatchObject({
      source: 'built in',
      launch: { permissionMode: 'dontAsk' },
    });
    expect(result.profiles.map(({ name }) => name)).toEqual(expect.arrayContaining(['mcp-research', 'mcp-readOnly']));
  });

  it('read only, or the web only, with no tool that acts and nothing of the folder obeyed', async () => {
    const { internal } = await load({
      '.mcp.json': '{"mcpServers":{"a":{"command":"a"}}}',
      '.claude/settings.json': '{"hooks":{"Stop":[]}}',
    });
    for (const name of ['readOnly', 'research']) {
      const found = internal.find(profile => profile.name === name);
      expect(found?.launch).toMatchObject({ permissionMode: 'dontAsk', mcpServers: {}, settingSources: ['user'] });
      expect(found?.needsApproval).toBe(false);
      for (const tool of ['Bash', 'Write', 'Edit', 'NotebookEdit']) {
        expect(found?.launch.disallowedTools, name).toContain(tool);
        expect(found?.launch.allowedTools, name).not.toContain(tool);
      }
    }
    const [readOnly, research] = internal;
    expect(readOnly?.launch.disallowedTools).toContain('WebFetch');
    expect(research?.launch.disallowedTools).toContain('Read');
  });

  it('are unusable until what they need was looked for, and say why when it is missing', async () => {
    const result = await load();
    expect(findProfile(result, 'serena').problem?.reason).toBe('notLookedAt');
    const failure = { family: 'builtIn', reason: 'serenaMissing', message: 'Serena is not installed.' };
    const missing = await load({}, { facts: { serena: { state: 'missing', failure } } });
    expect(findProfile(missing, 'serena').problem).toEqual(failure);
  });

  it('bring a server of their own that nobody has to approve, beside those of the folder that are approved', async () => {
    const { internal } = await load({}, { facts: { serena: { state: 'found', server: SERVER } } });
    const serena = internal.find(({ name }) => name === 'serena');
    expect(serena?.launch.mcpServers).toEqual({ serena: SERVER });
    expect(serena?.content).toBeUndefined();
    if (serena === undefined) {
      throw new Error('no profile');
    }
    const folder = temporaryFolder();
    expect((await launchContent(serena.launch, folder)).content).toBeUndefined();
    const both = { ...serena.launch, mcpServers: { serena: SERVER, other: SERVER } };
    const { content } = await launchContent(both, folder);
    expect(content?.grants.join()).toContain('other');
    expect(content?.grants.join()).not.toContain('MCP server serena');
  });
});

describe('servers that a command names', () => {
  const FILES = { '.mcp.json': '{"mcpServers":{"docs":{"command":"docs"},"mail":{"command":"mail"}}}' };

  it('are started besides those of the profile, once they are approved', async () => {
    const safe = findProfile(await load(FILES, { servers: ['docs'] }), 'safe');
    expect(Object.keys(safe.launch.mcpServers)).toEqual(['docs']);
    expect(safe.needsApproval).toBe(true);
    expect(safe.content?.files).toEqual(['.mcp.json']);
  });

  it('are refused when no file defines them', async () => {
    expect(findProfile(await load(FILES, { servers: ['doc'] }), 'safe').problem).toMatchObject({
      reason: 'unknownServers',
      remedy: 'Did you mean "docs"?',
    });
  });
});

describe('god mode', () => {
  const god = async (facts: Partial<AutonomyFacts>): Promise<ReturnType<typeof findProfile>> =>
    findProfile(await load({}, { facts: { autonomy: { ...FACTS, ...facts } } }), 'god');

  it('never skips the permission checks, in a sandbox or without one', async () => {
    for (const facts of [{}, { sandbox: { state: 'missing', why: 'No.' } as const }]) {
      const { launch } = await god(facts);
      expect(launch.permissionMode).toBe('acceptEdits');
    }
  });

  it('lets commands run unasked only where a sandbox holds every one of them', async () => {
    const boxed = await god({});
    expect(boxed.launch.allowedTools).toContain('Bash');
    expect(boxed.launch.sandbox).toMatchObject({
      enabled: true,
      failIfUnavailable: true,
      allowUnsandboxedCommands: false,
      credentials: { envVars: [{ name: 'NPM_TOKEN', mode: 'deny' }] },
    });
    const unboxed = await god({ sandbox: { state: 'missing', why: 'bubblewrap is not installed.' } });
    expect(unboxed.launch.sandbox).toBeUndefined();
    expect(unboxed.launch.allowedTools).not.toContain('Bash');
    expect(unboxed.launch.neverWaits).toBeUndefined();
    expect(unboxed.grants.join('\n')).toContain('There is no sandbox: bubblewrap is not installed.');
  });

  it('uses the classifier without a sandbox only where the user has revealed it', async () => {
    const sandbox = { state: 'missing', why: 'No.' } as const;
    expect((await god({ sandbox, revealAuto: true })).launch.permissionMode).toBe('auto');
  });

  it('names all that it grants and all that stays out of reach', async () => {
    const text = (await god({})).grants.join('\n');
    for (const part of [
      'deletes any file inside',
      'any command in a sandbox',
      'registry.npmjs.org',
      '~/.ssh',
      'NPM_TOKEN',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('Your deny rules hold.');
    expect(text).toContain('Limits: at most 480 minutes, 50 US dollars, 1000 turns');
  });
});
