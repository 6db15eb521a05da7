import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { unusableValue } from '../../core/catalog/catalogErrors.ts';
import { interpolateArgument } from '../../core/catalog/interpolation.ts';
import type { ValueScope } from '../../core/catalog/valueScope.ts';
import { folderOf } from '../folderOf.ts';

/**
 * Where a program of a step runs. Its author may name any folder; a value leads only to one inside of the chain's.
 * @throws CatalogError `unusableValue`
 */
export async function stepFolder(cwd: string | undefined, folder: string, scope: ValueScope): Promise<string> {
  if (cwd === undefined) {
    return folder;
  }
  const wanted = path.resolve(folder, interpolateArgument(cwd, scope));
  const [real, inside] = await Promise.all([wanted, folder].map(place => realpath(place).catch(() => place)));
  if (cwd.includes('${{') && folderOf(real ?? wanted, [inside ?? folder]) === undefined) {
    throw unusableValue('"cwd"', 'it leads out of the folder of the workspace.');
  }
  return wanted;
}
