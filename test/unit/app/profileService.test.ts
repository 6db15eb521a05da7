import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../../../src/app/folderOf.ts';
import { ProfileService } from '../../../src/app/profileService.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { MemoryGrantStore } from '../../fixtures/memory/memoryGrantStore.ts';
import { temporaryFolder } from '../core/profiles/temporaryFolder.ts';

const server = (name: string): string => JSON.stringify({ mcpServers: { [name]: { command: name } } });

function serviceFor(first: string, ...others: readonly string[]): ProfileService {
  return new ProfileService({
    folder: first,
    folders: () => [first, ...others],
    settings: () => ({ revealAcceptEdits: false, revealAuto: false }) as never,
    grants: new MemoryGrantStore(),
    allowedRules: { in: () => [] },
    clock: systemClock,
    look: { factsFor: async () => ({}) },
  });
}

describe('ProfileService', () => {
  it('gives a task the profiles of its own folder, not those of the first one', async () => {
    const first = temporaryFolder({ '.mcp.json': server('alpha') });
    const second = temporaryFolder({ '.mcp.json': server('beta'), '.mcp.extra.json': server('gamma') });
    mkdirSync(join(second, 'inner'));
    writeFileSync(join(second, 'inner', 'file'), '');
    const profiles = serviceFor(first, second);
    const serversIn = async (cwd?: string): Promise<string[]> => [
      ...new Set((await profiles.load(cwd)).profiles.flatMap(({ launch }) => Object.keys(launch.mcpServers))),
    ];
    expect(await serversIn()).toEqual(['alpha']);
    expect((await serversIn(second)).toSorted()).toEqual(['beta', 'gamma']);
    expect((await serversIn(join(second, 'inner'))).toSorted()).toEqual(['beta', 'gamma']);
  });

  it.each([
    ['is no YAML', 'version: 1\ndefault: careful\nprofiles: [', 'badYaml'],
    ['is of another version', 'version: 7\ndefault: careful\nprofiles: {}\n', 'badValue'],
    ['names no name', 'version: 1\ndefault: [careful]\nprofiles: {}\n', 'badValue'],
    ['names a profile that is not there', 'version: 1\ndefault: careful\nprofiles: {}\n', 'unknownDefault'],
    ['names a profile with a mistake', 'version: 1\ndefault: careful\nprofiles: { careful: [1] }\n', 'unknownDefault'],
  ])('lets no other profile stand in for the default of a file that %s', async (_how, text, reason) => {
    const folder = temporaryFolder({ '.claude-panel/profiles.yaml': text });
    const profiles = serviceFor(folder);
    await expect(profiles.find(undefined, folder)).rejects.toMatchObject({
      family: 'profiles',
      reason,
      remedy: expect.stringMatching(/Or choose a profile by its name\.$/),
    });
    expect((await profiles.find('comprehensive', folder)).name).toBe('comprehensive');
  });

  it('takes the default that is built in where a profile with a mistake is another one', async () => {
    const folder = temporaryFolder({ '.claude-panel/profiles.yaml': 'version: 1\nprofiles: { other: [1] }\n' });
    expect((await serviceFor(folder).find(undefined, folder)).name).toBe('comprehensive');
  });
});

describe('folderOf', () => {
  it('takes the innermost folder, and no folder whose name only begins alike', () => {
    expect(folderOf('/a/b/c', ['/a', '/a/b', '/x'])).toBe('/a/b');
    expect(folderOf('/a/b', ['/a/b'])).toBe('/a/b');
    expect(folderOf('/a/bc', ['/a/b'])).toBeUndefined();
    expect(folderOf('/a/..b', ['/a'])).toBe('/a');
  });
});
