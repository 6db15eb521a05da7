/** Writes the JSON Schemas of the files that people edit, from the schemas that check them: `node scripts/generateSchemas.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { commandFileSchema } from '../src/core/catalog/commandSchema.ts';
import { profilesFileSchema } from '../src/core/profiles/profileSchema.ts';

const ROOT = join(import.meta.dirname, '..');

/** File, relative to the repository → what has to stand in it. */
export function generatedSchemas(): ReadonlyMap<string, string> {
  return new Map([
    ['schemas/command.schema.json', schemaText('Command', commandFileSchema)],
    ['schemas/profiles.schema.json', schemaText('Profiles', profilesFileSchema)],
  ]);
}

function schemaText(title: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

if (import.meta.main) {
  for (const [file, text] of generatedSchemas()) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true });
    writeFileSync(join(ROOT, file), text);
  }
}
