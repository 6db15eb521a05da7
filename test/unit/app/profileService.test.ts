import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../../../src/app/folderOf.ts';
import { ProfileService } from '../../../src/app/profileService.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { MemoryGrantStore } from '../../fixtures/memory/memoryGrantStore.ts';
import { temporaryFolder } from '../core/profiles/temporaryFolder.ts';

const server = (name: string): string => JSON.stringify({ mcpServers: { [name]: { command: name } } });

describe('ProfileService', () => {
  it('gives a task the profiles of its own folder, not those of the first one', async () => {
    const first = temporaryFolder({ '.mcp.json': server('alpha') });
    const second = temporaryFolder({ '.mcp.json': server('beta'), '.mcp.extra.json': server('gamma') });
    mkdirSync(join(second, 'inner'));
    writeFileSync(join(second, 'inner', 'file'), '');
    const profiles = new ProfileService({
      folder: first,
      folders: () => [first, second],
      settings: () => ({ revealAcceptEdits: false, revealAuto: false }) as never,
      grants: new MemoryGrantStore(),
      allowedRules: { in: () => [] },
      clock: systemClock,
      look: { factsFor: async () => ({}) },
    });
    const serversIn = async (cwd?: string): Promise<string[]> => [
      ...new Set((await profiles.load(cwd)).profiles.flatMap(({ launch }) => Object.keys(launch.mcpServers))),
    ];
    expect(await serversIn()).toEqual(['alpha']);
    expect((await serversIn(second)).toSorted()).toEqual(['beta', 'gamma']);
    expect((await serversIn(join(second, 'inner'))).toSorted()).toEqual(['beta', 'gamma']);
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
