import { create, extract, list, type ReadEntry } from 'tar';

// Everything that touches the archive library, which is large: loaded with the first backup.

/** Packs these files and folders of one folder, compressed; the order stays. */
export async function packTar(file: string, folder: string, names: readonly string[]): Promise<void> {
  await create({ file, cwd: folder, gzip: true, portable: true }, [...names]);
}

/** Unpacks below one folder: absolute paths, ways out and links out are never followed. */
export async function unpackTar(file: string, folder: string): Promise<void> {
  await extract({ file, cwd: folder, strict: true, preservePaths: false, noChmod: true });
}

/** Gives each entry, in their order, with nothing being written. */
export async function listTar(file: string, onReadEntry: (entry: ReadEntry) => void): Promise<void> {
  await list({ file, strict: true, onReadEntry });
}
