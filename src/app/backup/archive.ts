import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { badArchive, noArchive, noBackupYet } from '../../core/backup/backupErrors.ts';
import {
  differences,
  entryNameSchema,
  MANIFEST_FILE,
  type Manifest,
  manifestSchema,
} from '../../core/backup/manifest.ts';
import { listFiles } from './stagedFiles.ts';

const MOST_MANIFEST_BYTES = 64 * 1024 * 1024;

/** Packs what was staged, the manifest first. */
export async function packArchive(staging: string, archive: string, folders: readonly string[]): Promise<void> {
  const { packTar } = await import('./tarFiles.ts');
  await packTar(archive, staging, [MANIFEST_FILE, ...folders]);
  await chmod(archive, 0o600);
}

/**
 * Unpacks an archive into an empty folder, and compares every byte with its manifest. Nothing in it is believed: entries
 * are looked at before one is written, and only plain files with harmless names are.
 * @throws BackupError `noArchive` or `badArchive`
 */
export async function unpackArchive(archive: string, into: string): Promise<Manifest> {
  const manifest = await readManifest(archive);
  await mkdir(into, { recursive: true, mode: 0o700 });
  try {
    const { unpackTar } = await import('./tarFiles.ts');
    await unpackTar(archive, into);
  } catch (error) {
    throw badArchive(archive, [String(error)], error);
  }
  const { files, odd } = await listFiles(into);
  const problems = [
    ...differences(
      manifest.files,
      files.filter(({ name }) => name !== MANIFEST_FILE),
    ),
    ...odd.map(name => `${name} is no file`),
  ];
  if (problems.length > 0) {
    throw badArchive(archive, problems);
  }
  return manifest;
}

async function readManifest(archive: string): Promise<Manifest> {
  const problems: string[] = [];
  const sizes = new Map<string, number>();
  const chunks: Buffer[] = [];
  let manifestBytes = 0;
  try {
    const { listTar } = await import('./tarFiles.ts');
    await listTar(archive, entry => {
      const name = entry.path;
      if (entry.type === 'Directory') {
        problems.push(...(isHarmlessFolder(name) ? [] : [`${name}: a folder that does not belong here`]));
        return;
      }
      const isFile = entry.type === 'File' || entry.type === 'OldFile';
      if (!isFile || (name !== MANIFEST_FILE && !entryNameSchema.safeParse(name).success)) {
        problems.push(`${name}: ${isFile ? 'a name that leads elsewhere' : `not a file but ${entry.type}`}`);
        return;
      }
      if (sizes.has(name)) {
        problems.push(`${name}: stands there twice`);
      }
      sizes.set(name, entry.size);
      if (name === MANIFEST_FILE) {
        entry.on('data', chunk => {
          manifestBytes += chunk.length;
          if (manifestBytes <= MOST_MANIFEST_BYTES) {
            chunks.push(chunk);
          }
        });
      }
    });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? noArchive(archive)
      : badArchive(archive, [String(error)], error);
  }
  if (problems.length > 0) {
    throw badArchive(archive, problems);
  }
  const manifest = parsed(archive, Buffer.concat(chunks).toString('utf8'));
  // Before anything is written: an archive must not unpack to more than it says.
  const wrong = manifest.files
    .filter(({ name, size }) => sizes.get(name) !== size)
    .map(({ name }) => `${name}: not as listed`);
  const unlisted = sizes.size - 1 - manifest.files.length;
  if (wrong.length > 0 || unlisted !== 0) {
    throw badArchive(archive, [...wrong, ...(unlisted === 0 ? [] : ['it holds other files than its list names'])]);
  }
  return manifest;
}

function isHarmlessFolder(name: string): boolean {
  const bare = name.replace(/\/$/, '');
  return bare === 'panel' || bare === 'claude' || entryNameSchema.safeParse(bare).success;
}

function parsed(archive: string, text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw badArchive(archive, [`${MANIFEST_FILE} is missing, or no JSON`], error);
  }
  const manifest = manifestSchema.safeParse(value);
  if (!manifest.success) {
    const problems = manifest.error.issues.map(
      issue => `${MANIFEST_FILE}, ${issue.path.map(String).join('.')}: ${issue.message}`,
    );
    throw badArchive(archive, problems);
  }
  return manifest.data;
}

/** The archive that a person names: a path, a name among the workspace's backups, or `latest`. */
export function archivePath(named: string, directory: string, folder: string, names: readonly string[]): string {
  if (named === 'latest') {
    const [newest] = names;
    if (newest === undefined) {
      throw noBackupYet(folder);
    }
    return path.join(folder, newest);
  }
  return names.includes(named) ? path.join(folder, named) : path.resolve(directory, named);
}
