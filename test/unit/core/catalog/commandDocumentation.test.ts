import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCommandFile } from '../../../../src/core/catalog/commandFile.ts';
import { STEP_FIELDS, WORKSPACE_FIELDS } from '../../../../src/core/catalog/valueScope.ts';
import type { JsonSchema } from '../../../../src/vscode/commandFiles/schemaPlace.ts';
import { commandExamples } from './commandExamples.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const TEXT = readFileSync(join(ROOT, 'docs/commands.md'), 'utf8');
const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'schemas/command.schema.json'), 'utf8')) as JsonSchema;

describe('docs/commands.md', () => {
  it('has three complete examples', () => {
    expect(commandExamples().map(({ file }) => file)).toEqual([
      'release-notes.yaml',
      'review-changes.yaml',
      'missing-readmes.yaml',
    ]);
  });

  it.each(commandExamples())('shows a command that can be used: $file', async ({ file, text }) => {
    const parsed = await parseCommandFile(text, `/work/.claude-panel/commands/${file}`, 'project');
    expect(parsed.state === 'bad' ? parsed.faults : []).toEqual([]);
  });

  it('has a row for every key', () => {
    const keys = [...new Set(keysOf(SCHEMA))].filter(key => !['version', 'schema', 'files', 'step'].includes(key));
    const rows = TEXT.split('\n').flatMap(line => (line.startsWith('| ') ? [line] : []));
    for (const key of keys) {
      expect(
        rows.some(row => row.includes(`\`${key}\``)),
        key,
      ).toBe(true);
    }
    for (const field of [...STEP_FIELDS, ...WORKSPACE_FIELDS]) {
      expect(
        rows.some(row => row.includes(`.${field}\` |`)),
        field,
      ).toBe(true);
    }
  });
});

function keysOf({ properties = {}, items, anyOf = [], oneOf = [] }: JsonSchema): string[] {
  const inside = [...Object.values(properties), ...(items === undefined ? [] : [items]), ...anyOf, ...oneOf];
  return [...Object.keys(properties), ...inside.flatMap(keysOf)];
}
