import * as z from 'zod';
import { belongsInBackup } from './backupFiles.ts';

export const MANIFEST_FILE = 'manifest.json';
/** Where the workspace file stands in an archive. */
export const DATABASE_ENTRY = 'panel/panel.db';
const MOST_FILES = 200_000;

/** Letters, digits and so on, in parts with `/` between; nothing that leads out, and nothing that hides. */
const ENTRY_NAME = /^(?:panel|claude)\/(?:[^\\/\p{Cc}]+\/)*[^\\/\p{Cc}]+$/u;

export const entryNameSchema = z
  .string()
  .max(4000)
  .regex(ENTRY_NAME)
  .refine(
    name => name.split('/').every(part => part !== '.' && part !== '..' && !part.endsWith(' ')),
    'leads elsewhere',
  )
  // Snapshots and what else is left out have a mark or an owner of their own: none may come with an archive.
  .refine(name => {
    const [folder, first = ''] = name.split('/');
    return name === DATABASE_ENTRY || folder !== 'panel' || belongsInBackup(first);
  }, 'is never part of a backup');

export const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** ISO 8601. */
  created: z.iso.datetime(),
  /** The name of the workspace's folder, for people. */
  workspace: z.string().max(1000),
  product: z.string().max(100),
  files: z
    .array(
      z.strictObject({
        /** `panel/…` is what stands in `.claude-panel`, `claude/…` what stands in `.claude`. */
        name: entryNameSchema,
        size: z.number().int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        executable: z.literal(true).optional(),
      }),
    )
    .max(MOST_FILES),
  /** What was left out, in words. */
  leftOut: z.array(z.string().max(2000)).max(1000),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

const FOLDERS: readonly (readonly [entry: string, folder: string])[] = [
  ['panel/', '.claude-panel/'],
  ['claude/', '.claude/'],
];

/** Where an entry belongs, relative to the workspace. */
export function placeOfEntry(name: string): string {
  const found = FOLDERS.find(([entry]) => name.startsWith(entry));
  if (found === undefined) {
    throw new Error(`No place for ${name}.`);
  }
  const [entry, folder] = found;
  return folder + name.slice(entry.length);
}

/** The entry of a file of the workspace, by its path with `/`. */
export function entryOfPlace(place: string): string {
  const found = FOLDERS.find(([, folder]) => place.startsWith(folder));
  if (found === undefined) {
    throw new Error(`No entry for ${place}.`);
  }
  const [entry, folder] = found;
  return entry + place.slice(folder.length);
}

/** What two lists of files differ in, in words; empty when they are the same. Pure. */
export function differences(wanted: readonly ManifestFile[], found: readonly ManifestFile[]): string[] {
  const there = new Map(found.map(file => [file.name, file]));
  const known = new Set(wanted.map(({ name }) => name));
  return [
    ...wanted.flatMap(({ name, size, sha256 }) => {
      const other = there.get(name);
      if (other === undefined) {
        return [`${name} is missing`];
      }
      return other.size === size && other.sha256 === sha256 ? [] : [`${name} has another content`];
    }),
    ...found.filter(({ name }) => !known.has(name)).map(({ name }) => `${name} is not in the list`),
    ...(known.size === wanted.length ? [] : ['a name stands in the list twice']),
  ];
}
