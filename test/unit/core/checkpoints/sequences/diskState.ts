import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Everything below a folder: path, with each byte as one character → what is there. */
export type DiskState = ReadonlyMap<string, string>;

export const FOLDER = 'folder';

/** @param without names directly in the folder that are left out */
export function diskState(root: string, without: readonly string[] = ['.git', '.claude-panel']): DiskState {
  const state = new Map<string, string>();
  const walk = (folder: Buffer, prefix: string): void => {
    for (const entry of readdirSync(folder, { encoding: 'buffer' })) {
      const name = entry.toString('latin1');
      if (prefix === '' && without.includes(name)) {
        continue;
      }
      const place = Buffer.concat([folder, Buffer.from('/'), entry]);
      const path = `${prefix}${name}`;
      const found = lstatSync(place);
      if (found.isDirectory()) {
        state.set(path, FOLDER);
        walk(place, `${path}/`);
      } else if (found.isSymbolicLink()) {
        state.set(path, `link ${readlinkSync(place, 'latin1')}`);
      } else {
        const digest = createHash('sha1').update(readFileSync(place)).digest('hex');
        state.set(path, `file ${(found.mode & 0o777).toString(8)} ${found.size} ${digest}`);
      }
    }
  };
  walk(Buffer.from(root), '');
  return state;
}

/** What differs, for a message. */
export function differences(one: DiskState, other: DiskState): readonly string[] {
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths]
    .filter(path => one.get(path) !== other.get(path))
    .map(path => `${JSON.stringify(path)}: ${one.get(path)} → ${other.get(path)}`)
    .sort();
}
