import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { FileState } from '../checkpoint.ts';

/** A file as the last snapshot has it. An empty stamp: it may have changed within the tick of the disk's clock. */
export interface ManifestEntry extends FileState {
  readonly stamp: string;
}

/** What the newest snapshot holds, so that the next one reads only what changed. It can be lost at any time. */
export interface Manifest {
  readonly id: string;
  readonly tree: string;
  readonly entries: ReadonlyMap<string, ManifestEntry>;
}

const FORMAT = 'claude-panel manifest 1';
const END = '\0';

export function formatManifest({ id, tree, entries }: Manifest): string {
  const records = [FORMAT, id, tree];
  for (const [path, { kind, blob, size, permissions, stamp }] of entries) {
    records.push(`${kind === 'link' ? 'l' : 'f'} ${blob} ${size} ${permissions} ${stamp} ${path}`);
  }
  return `${records.join(END)}${END}`;
}

/** Undefined for what is not whole. */
export function parseManifest(text: string): Manifest | undefined {
  const [format, id, tree, ...records] = text.split(END);
  if (format !== FORMAT || id === undefined || tree === undefined || records.pop() !== '') {
    return undefined;
  }
  const entries = new Map<string, ManifestEntry>();
  for (const record of records) {
    const parts = /^([fl]) ([0-9a-f]{40}) (\d+) (\d+) (\S*) (.+)$/s.exec(record);
    if (parts === null) {
      return undefined;
    }
    const [, kind, blob = '', size, permissions, stamp = '', path = ''] = parts;
    entries.set(path, {
      kind: kind === 'l' ? 'link' : 'file',
      blob,
      size: Number(size),
      permissions: Number(permissions),
      stamp,
    });
  }
  return { id, tree, entries };
}

// UTF-16, because a name may hold marks that UTF-8 has no form for.
const ENCODING = 'utf16le';

/** The manifest on the disk, shared by all processes; read again only when another one wrote it. */
export class ManifestFile {
  readonly #file: string;
  #known: { readonly stamp: string; readonly manifest: Manifest | undefined } | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<Manifest | undefined> {
    const stamp = await this.#stamp();
    if (stamp === undefined) {
      return undefined;
    }
    if (this.#known?.stamp !== stamp) {
      this.#known = { stamp, manifest: parseManifest(await readFile(this.#file, ENCODING)) };
    }
    return this.#known.manifest;
  }

  async write(manifest: Manifest): Promise<void> {
    const temporary = `${this.#file}.new`;
    await writeFile(temporary, formatManifest(manifest), ENCODING);
    await rename(temporary, this.#file);
    const stamp = await this.#stamp();
    this.#known = stamp === undefined ? undefined : { stamp, manifest };
  }

  async drop(): Promise<void> {
    this.#known = undefined;
    await rm(this.#file, { force: true });
  }

  async #stamp(): Promise<string | undefined> {
    const found = await stat(this.#file, { bigint: true }).catch(() => undefined);
    return found === undefined ? undefined : `${found.mtimeNs}.${found.ctimeNs}.${found.ino}.${found.size}`;
  }
}
