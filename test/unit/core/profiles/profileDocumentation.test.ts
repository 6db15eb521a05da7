import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedSchemas } from '../../../../scripts/generateSchemas.ts';
import { parseMcpConfig } from '../../../../src/core/claude/mcpConfig.ts';
import { modeWords } from '../../../../src/core/profiles/modeWords.ts';
import { findProfile, ProfileCatalog } from '../../../../src/core/profiles/profileCatalog.ts';
import { profileEntrySchema } from '../../../../src/core/profiles/profileSchema.ts';
import { PROFILES_FILE, parseProfilesFile } from '../../../../src/core/profiles/profilesFile.ts';
import { MemoryGrantStore } from '../../../fixtures/memory/memoryGrantStore.ts';
import { temporaryFolder } from './temporaryFolder.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const TEXT = readFileSync(join(ROOT, 'docs/profiles.md'), 'utf8');

function examples(language: string): string[] {
  return [...TEXT.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code);
}

describe('docs/profiles.md', () => {
  it('has examples of both files', () => {
    expect(examples('yaml').length).toBeGreaterThan(2);
    expect(examples('json').length).toBeGreaterThan(0);
  });

  it.each(examples('json'))('shows files of MCP servers that can be read: %#', text => {
    const { servers, refused } = parseMcpConfig(text, '.mcp.example.json');
    expect(Object.keys(servers).length).toBeGreaterThan(0);
    expect(refused).toEqual([]);
  });

  it.each(examples('yaml'))('shows profiles that can be used: %#', async text => {
    const { profiles } = parseProfilesFile(text);
    const mcp = examples('json')[0] ?? '';
    const folder = temporaryFolder({ [PROFILES_FILE]: text, '.mcp.json': mcp, '.mcp.tickets.json': mcp });
    const catalog = new ProfileCatalog({ grants: new MemoryGrantStore(), home: '/nowhere' });
    const loaded = await catalog.load({ folder, revealed: { acceptEdits: false, auto: false } });
    expect(loaded.problems).toEqual([]);
    expect(profiles.length).toBeGreaterThan(0);
    for (const { name } of profiles) {
      const { problem, grants } = findProfile(loaded, name);
      expect(problem).toBeUndefined();
      expect(grants.filter(line => line.startsWith('Not granted'))).toEqual([]);
    }
  });

  it('names every key of a profile and says what every mode asks', () => {
    for (const key of Object.keys(profileEntrySchema.shape)) {
      expect(TEXT).toContain(`| \`${key}\` |`);
    }
    for (const mode of ['default', 'acceptEdits', 'plan', 'dontAsk', 'auto']) {
      expect(TEXT).toContain(`| \`${mode}\` | ${modeWords(mode).sentence} |`);
    }
  });
});

describe('schemas', () => {
  it.each([...generatedSchemas()])('%s is what the checks of the product say', (file, text) => {
    expect(readFileSync(join(ROOT, file), 'utf8').replaceAll('\r\n', '\n')).toBe(text);
  });
});
