import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Revealed } from '../../../../src/core/profiles/ceiling.ts';
import {
  type CatalogResult,
  filesThatMatter,
  findProfile,
  ProfileCatalog,
  type ResolvedProfile,
} from '../../../../src/core/profiles/profileCatalog.ts';
import { ProfilesError } from '../../../../src/core/profiles/profilesErrors.ts';
import { MemoryGrantStore } from '../../../fixtures/memory/memoryGrantStore.ts';
import { anyText } from '../../anyText.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const NOTHING_REVEALED: Revealed = { acceptEdits: false, auto: false };
const MCP = JSON.stringify({
  mcpServers: { files: { command: 'node', args: ['./f.js'] }, web: { type: 'http', url: 'https://h/mcp' } },
});
const TICKETS = JSON.stringify({ mcpServers: { tickets: { command: './t.sh' } } });
const YAML = '.claude-panel/profiles.yaml';

async function load(
  folder: string,
  revealed = NOTHING_REVEALED,
  grants = new MemoryGrantStore(),
): Promise<CatalogResult> {
  return new ProfileCatalog({ grants, home: '/nowhere' }).load({ folder, revealed });
}

async function profileIn(
  files: Record<string, string | Uint8Array>,
  name: string,
  revealed = NOTHING_REVEALED,
): Promise<ResolvedProfile> {
  return findProfile(await load(temporaryFolder(files), revealed), name);
}

function yamlOf(profiles: Record<string, unknown>): string {
  return stringify({ version: 1, profiles });
}

it.each([
  ['plan', 'Mode: Plan first, and ask for everything. Asks before every tool, reading included, and for the plan.'],
  ['dontAsk', 'Mode: Deny everything. Every tool would have to be asked for, and this mode never asks.'],
])('says what becomes of asking for everything in the mode %s', async (permissionMode, words) => {
  const { grants } = await profileIn({ [YAML]: yamlOf({ careful: { extends: 'safe', permissionMode } }) }, 'careful');
  expect(grants.filter(line => line.startsWith('Mode: '))).toEqual([words]);
});

describe('the built-in profiles', () => {
  it('are there in an empty folder, need no approval, and start no MCP server', async () => {
    const { profiles, defaultName, problems } = await load(temporaryFolder());
    expect(profiles.map(({ name, source }) => [name, source])).toEqual([
      ['speed', 'built in'],
      ['comprehensive', 'built in'],
      ['safe', 'built in'],
    ]);
    expect(defaultName).toBe('comprehensive');
    expect(problems).toEqual([]);
    for (const profile of profiles) {
      expect(profile).toMatchObject({
        needsApproval: false,
        limits: {},
        launch: { name: profile.name, mcpServers: {}, permissionMode: 'default' },
      });
      expect(profile.content).toBeUndefined();
      expect(profile.grants.length).toBeGreaterThan(3);
    }
  });

  it('give speed a small model and no server, and comprehensive those of .mcp.json', async () => {
    const catalog = await load(temporaryFolder({ '.mcp.json': MCP }));
    expect(findProfile(catalog, 'speed').launch).toMatchObject({ model: 'haiku', mcpServers: {} });
    expect(findProfile(catalog, 'speed').needsApproval).toBe(false);
    const comprehensive = findProfile(catalog, 'comprehensive');
    expect(Object.keys(comprehensive.launch.mcpServers)).toEqual(['files', 'web']);
    expect(comprehensive.launch.model).toBeUndefined();
    expect(comprehensive.launch.effort).toBe('high');
    expect(comprehensive.needsApproval).toBe(true);
    expect(comprehensive.grants).toContain('Starts the MCP server files: node ./f.js');
  });

  it('let safe ask for every tool and take nothing from the folder', async () => {
    const safe = await profileIn(
      {
        '.mcp.json': MCP,
        '.claude/settings.json': '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x"}]}]}}',
        '.claude/agents/a.md': '---\npermissionMode: acceptEdits\n---\n',
      },
      'safe',
    );
    expect(safe.launch).toMatchObject({ settingSources: ['user'], mcpServers: {}, allowedTools: [] });
    expect(safe.launch.askTools).toEqual(
      expect.arrayContaining(['*', 'Read', 'Bash', 'Edit', 'Write', 'Grep', 'Glob']),
    );
    expect(safe.needsApproval).toBe(false);
    expect(safe.grants).toContain('Mode: Ask for everything. Asks before every tool, reading included.');
  });
});

describe('MCP profiles', () => {
  it('come from each .mcp.NAME.json, with exactly its servers', async () => {
    const tickets = await profileIn({ '.mcp.json': MCP, '.mcp.tickets.json': TICKETS }, 'tickets');
    expect(tickets).toMatchObject({
      source: 'workspace',
      needsApproval: true,
      launch: { effort: 'high', mcpServers: { tickets: { command: './t.sh' } } },
    });
    expect(Object.keys(tickets.launch.mcpServers)).toEqual(['tickets']);
    expect(tickets.content?.files).toEqual(['.mcp.tickets.json']);
  });

  it('do not take the name of another profile', async () => {
    const { profiles } = await load(
      temporaryFolder({ '.mcp.Safe.json': TICKETS, '.mcp.mine.json': TICKETS, [YAML]: yamlOf({ mine: {} }) }),
    );
    expect(profiles.map(({ name }) => name)).toEqual([
      'speed',
      'comprehensive',
      'safe',
      'mine',
      'mcp-Safe',
      'mcp-mine',
    ]);
  });

  it.each([
    ['binary', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff])],
    ['corrupt', '{"mcpServers": {'],
    ['of another form', '{"servers": {}}'],
    ['empty', ''],
  ])('cannot be used, and say why, when the file is %s; the others can', async (_what, content) => {
    const catalog = await load(temporaryFolder({ '.mcp.json': content, '.mcp.tickets.json': TICKETS }));
    const comprehensive = findProfile(catalog, 'comprehensive');
    expect(comprehensive.problem).toMatchObject({
      message: expect.stringContaining('.mcp.json'),
      remedy: expect.any(String),
    });
    expect(comprehensive.launch).toMatchObject({ mcpServers: {}, settingSources: ['user'] });
    expect(catalog.problems).toEqual([comprehensive.problem]);
    expect(findProfile(catalog, 'tickets').problem).toBeUndefined();
    expect(findProfile(catalog, 'speed').problem).toBeUndefined();
  });

  it('start the good servers of a file that has a bad one, and say which is missing', async () => {
    const file = JSON.stringify({ mcpServers: { good: { command: 'x' }, bad: { comand: 'y' } } });
    const catalog = await load(temporaryFolder({ '.mcp.json': file }));
    const { launch, problem, grants } = findProfile(catalog, 'comprehensive');
    expect(Object.keys(launch.mcpServers)).toEqual(['good']);
    expect(problem).toBeUndefined();
    expect(grants.some(line => line.startsWith('Not started:') && line.includes('"bad"'))).toBe(true);
    expect(catalog.problems).toMatchObject([{ family: 'profiles', reason: 'badServer' }]);
  });

  it('do not follow a link out of the folder', async () => {
    const outside = temporaryFolder({ 'x.json': MCP });
    const folder = temporaryFolder({});
    symlinkSync(join(outside, 'x.json'), join(folder, '.mcp.json'));
    expect(findProfile(await load(folder), 'comprehensive').problem).toMatchObject({ reason: 'outsideFolder' });
  });

  it('follow a link inside the folder', async () => {
    const folder = temporaryFolder({ 'config/x.json': MCP });
    symlinkSync('config/x.json', join(folder, '.mcp.json'));
    expect(Object.keys(findProfile(await load(folder), 'comprehensive').launch.mcpServers)).toHaveLength(2);
  });

  it.skipIf(process.platform === 'win32')('do not wait for a pipe that bears the name of the file', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, '.mcp.json')]);
    expect(findProfile(await load(folder), 'comprehensive').problem).toMatchObject({ reason: 'notAFile' });
  });

  it('survive a folder in place of the file', async () => {
    const folder = temporaryFolder({ '.mcp.json/x': '' });
    expect(findProfile(await load(folder), 'comprehensive').problem).toMatchObject({ reason: 'notAFile' });
  });
});

describe('profiles of the workspace', () => {
  it('are resolved on top of what they extend', async () => {
    const profile = await profileIn(
      {
        '.mcp.json': MCP,
        [YAML]: yamlOf({
          fix: {
            extends: 'comprehensive',
            model: 'opus',
            fallbackModel: 'sonnet',
            disallowedTools: ['Read(.env)'],
            limits: { minutes: 30, usd: 2 },
          },
        }),
      },
      'fix',
    );
    expect(profile).toMatchObject({
      source: 'workspace',
      limits: { minutes: 30, usd: 2 },
      launch: {
        model: 'opus',
        fallbackModel: 'sonnet',
        effort: 'high',
        disallowedTools: ['Read(.env)'],
        settingSources: ['user', 'project', 'local'],
      },
    });
    expect(Object.keys(profile.launch.mcpServers)).toEqual(['files', 'web']);
    expect(profile.grants).toEqual(
      expect.arrayContaining([
        'Model: opus',
        'While it is overloaded: sonnet',
        'Never: Read(.env)',
        'Limits: at most 30 minutes, 2 US dollars; a command may set less',
      ]),
    );
  });

  it('need no approval when they only narrow', async () => {
    const profile = await profileIn(
      {
        '.mcp.json': MCP,
        [YAML]: yamlOf({
          plain: { model: 'opus', permissionMode: 'plan', disallowedTools: ['Bash'], limits: { turns: 3 } },
        }),
      },
      'plain',
    );
    expect(profile).toMatchObject({ needsApproval: false, launch: { mcpServers: {} } });
  });

  it.each<[string, unknown, string[]]>([
    ['a file', 'tickets', ['tickets']],
    ['a list', ['web', 'tickets'], ['web', 'tickets']],
    ['an empty list', [], []],
    ['servers of their own', { own: { command: 'x', args: [1, true], env: { PORT: 8080 } } }, ['own']],
  ])('choose MCP servers by %s', async (_what, mcp, names) => {
    const profile = await profileIn(
      { '.mcp.json': MCP, '.mcp.tickets.json': TICKETS, [YAML]: yamlOf({ p: { extends: 'comprehensive', mcp } }) },
      'p',
    );
    expect(profile.problem).toBeUndefined();
    expect(Object.keys(profile.launch.mcpServers)).toEqual(names);
  });

  it('write servers of their own as .mcp.json would have them', async () => {
    const profile = await profileIn(
      { [YAML]: yamlOf({ p: { mcp: { own: { command: 'x', args: [1, true], env: { PORT: 8080 } } } } }) },
      'p',
    );
    expect(profile.launch.mcpServers['own']).toEqual({
      type: 'stdio',
      command: 'x',
      args: ['1', 'true'],
      env: { PORT: '8080' },
    });
    expect(profile.content?.files).toEqual([YAML]);
  });

  it.each<[unknown, string, string]>([
    ['ticket', 'unknownServers', '"tickets"'],
    [['webb'], 'unknownServers', '"web"'],
    [['shared'], 'ambiguousServer', 'NAME'],
  ])('cannot be used when mcp: %j leads nowhere', async (mcp, reason, meant) => {
    const other = (command: string): string => JSON.stringify({ mcpServers: { shared: { command } } });
    const files = {
      '.mcp.json': MCP,
      '.mcp.tickets.json': TICKETS,
      '.mcp.a.json': other('a'),
      '.mcp.b.json': other('b'),
    };
    const catalog = await load(temporaryFolder({ ...files, [YAML]: yamlOf({ p: { mcp }, q: {} }) }));
    const { problem } = findProfile(catalog, 'p');
    expect(problem).toMatchObject({ family: 'profiles', reason });
    expect(problem?.remedy).toContain(meant);
    expect(problem?.message).toMatch(/^\.claude-panel\/profiles\.yaml:\d+:\d+: /);
    expect(catalog.problems).toContainEqual(problem);
    expect(findProfile(catalog, 'q').problem).toBeUndefined();
  });

  it('stand beside a bad one of the same file', async () => {
    const catalog = await load(temporaryFolder({ [YAML]: 'version: 1\nprofiles:\n  good: {}\n  bad: { modle: x }\n' }));
    expect(findProfile(catalog, 'good').problem).toBeUndefined();
    expect(findProfile(catalog, 'bad').problem).toMatchObject({ reason: 'unknownKey' });
    expect(catalog.problems).toMatchObject([{ reason: 'unknownKey', place: { line: 4, column: 10 } }]);
  });

  it.each([
    ['a link out of the folder', 'outsideFolder'],
    ['too large', 'tooLarge'],
    ['binary', 'notText'],
  ])('are left out when the file is %s; the built-in ones stay', async (what, reason) => {
    const outside = temporaryFolder({ 'p.yaml': yamlOf({ p: {} }) });
    const folder = temporaryFolder({
      [YAML]: what === 'binary' ? new Uint8Array([0xc3, 0x28, 0]) : `#${'x'.repeat(300_000)}`,
    });
    if (what.startsWith('a link')) {
      rmSync(join(folder, YAML));
      symlinkSync(join(outside, 'p.yaml'), join(folder, YAML));
    }
    const { profiles, problems } = await load(folder);
    expect(profiles.map(({ name }) => name)).toEqual(['speed', 'comprehensive', 'safe']);
    expect(problems).toMatchObject([{ family: 'profiles', reason, message: expect.stringContaining(YAML) }]);
  });

  it('do not come through a folder .claude-panel that is a link to elsewhere', async () => {
    const outside = temporaryFolder({ 'profiles.yaml': yamlOf({ p: {} }) });
    const folder = temporaryFolder();
    symlinkSync(outside, join(folder, '.claude-panel'));
    expect((await load(folder)).problems).toMatchObject([{ reason: 'outsideFolder' }]);
  });

  it('may name the default one, when it can be used', async () => {
    const text = (name: string): string => `version: 1\ndefault: ${name}\nprofiles:\n  mine: {}\n  bad: [1]\n`;
    expect(await load(temporaryFolder({ [YAML]: text('mine') }))).toMatchObject({
      defaultName: 'mine',
      problems: [{ reason: 'badValue' }],
    });
    expect(await load(temporaryFolder({ [YAML]: text('safe') }))).toMatchObject({ defaultName: 'safe' });
    const { defaultName, problems } = await load(temporaryFolder({ [YAML]: text('mien') }));
    expect(defaultName).toBe('comprehensive');
    expect(problems).toContainEqual(
      expect.objectContaining({ reason: 'unknownDefault', remedy: 'Did you mean "mine"?' }),
    );
    expect((await load(temporaryFolder({ [YAML]: text('bad') }))).defaultName).toBe('comprehensive');
  });

  it('never get past what the settings of the user reveal', async () => {
    const folder = temporaryFolder({ '.claude-panel/keep': '' });
    const wish = fc.record(
      {
        extends: fc.constantFrom('speed', 'comprehensive', 'safe'),
        permissionMode: fc.constantFrom('default', 'acceptEdits', 'plan', 'dontAsk', 'auto', 'bypassPermissions'),
        allowedTools: fc.array(
          fc.constantFrom('Bash', 'Bash(*)', 'Edit', 'Write(**)', 'Bash(npm test *)', '*', 'Read'),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(wish, fc.record({ acceptEdits: fc.boolean(), auto: fc.boolean() }), async (entry, revealed) => {
        writeFileSync(join(folder, YAML), yamlOf({ p: entry }));
        const { launch, needsApproval, content } = findProfile(await load(folder, revealed), 'p');
        const modes = [
          'default',
          'plan',
          'dontAsk',
          ...(revealed.acceptEdits ? ['acceptEdits'] : []),
          ...(revealed.auto ? ['auto'] : []),
        ];
        expect(modes).toContain(launch.permissionMode);
        const rules = new Set(launch.allowedTools);
        expect(!revealed.auto && (rules.has('Bash') || rules.has('Bash(*)') || rules.has('*'))).toBe(false);
        expect(!revealed.auto && !revealed.acceptEdits && (rules.has('Edit') || rules.has('Write(**)'))).toBe(false);
        const grants = rules.size > 0 || launch.permissionMode === 'acceptEdits' || launch.permissionMode === 'auto';
        expect(needsApproval).toBe(grants);
        expect(content !== undefined).toBe(grants);
      }),
      { numRuns: 60 },
    );
  });

  it('say what was lowered', async () => {
    const files = { [YAML]: yamlOf({ p: { permissionMode: 'acceptEdits', allowedTools: ['Bash'] } }) };
    const lowered = await profileIn(files, 'p');
    expect(lowered.launch).toMatchObject({ permissionMode: 'default', allowedTools: [] });
    expect(lowered.grants.filter(line => line.startsWith('Not granted:'))).toHaveLength(2);
    const given = await profileIn(files, 'p', { acceptEdits: true, auto: false });
    expect(given.launch.permissionMode).toBe('acceptEdits');
    expect(given.needsApproval).toBe(true);
  });

  it('keep asking for everything when they extend safe', async () => {
    const profile = await profileIn(
      { [YAML]: yamlOf({ p: { extends: 'safe', permissionMode: 'acceptEdits', allowedTools: ['Read'] } }) },
      'p',
      { acceptEdits: true, auto: true },
    );
    expect(profile.launch).toMatchObject({
      permissionMode: 'default',
      allowedTools: [],
      askTools: expect.arrayContaining(['*']),
      settingSources: ['user'],
    });
  });
});

describe('findProfile', () => {
  it('finds by name, by name in other letters, and the default one without a name', async () => {
    const catalog = await load(temporaryFolder());
    expect(findProfile(catalog).name).toBe('comprehensive');
    expect(findProfile(catalog, 'SAFE').name).toBe('safe');
  });

  it('says which profiles there are when there is none of this name', async () => {
    const catalog = await load(temporaryFolder());
    expect(() => findProfile(catalog, 'sped')).toThrow(ProfilesError);
    expect(() => findProfile(catalog, 'sped')).toThrow(
      expect.objectContaining({ reason: 'unknownProfile', remedy: 'Did you mean "speed"?' }),
    );
  });
});

describe('the catalog', () => {
  it('answers for a folder that is not there', async () => {
    const { profiles, problems } = await load('/nowhere/at/all');
    expect(profiles).toHaveLength(3);
    expect(problems).toEqual([]);
  });

  it('never throws, whatever stands in the files', { timeout: 30_000 }, async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.claude/agents'), { recursive: true });
    mkdirSync(join(folder, '.claude-panel'));
    const anyContent = fc.oneof(
      anyText({ maxLength: 80 }),
      fc.json(),
      fc.json().map(text => `{"mcpServers":${text}}`),
      fc.json().map(text => `---\nhooks: ${text}\n---`),
    );
    await fc.assert(
      fc.asyncProperty(anyContent, anyContent, async (one, other) => {
        for (const [file, text] of [
          ['.mcp.json', one],
          ['.mcp.x.json', other],
          ['.claude/settings.json', one],
          ['.claude/settings.local.json', other],
          ['.claude/agents/a.md', one],
          [YAML, other],
        ] as const) {
          writeFileSync(join(folder, file), text);
        }
        const { profiles } = await load(folder);
        expect(profiles.slice(0, 3).map(({ name }) => name)).toEqual(['speed', 'comprehensive', 'safe']);
      }),
      { numRuns: 60 },
    );
  });

  it('names every file that it reads as one that matters', () => {
    const patterns = filesThatMatter('/work/shop');
    expect(patterns.every(({ base }) => base === '/work/shop')).toBe(true);
    expect(patterns.map(({ pattern }) => pattern)).toEqual(
      expect.arrayContaining([
        YAML,
        '.mcp.json',
        '.mcp.*.json',
        '.claude/settings.json',
        '.claude/settings.local.json',
      ]),
    );
  });
});
