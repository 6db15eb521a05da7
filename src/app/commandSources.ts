import { realpathSync } from 'node:fs';
import path from 'node:path';
import { type Catalog, resolveCatalog } from '../core/catalog/catalog.ts';
import { type CommandSource, readCommandFolder } from '../core/catalog/commandFolder.ts';
import { WORKSPACE_COMMANDS } from '../core/catalog/commandNames.ts';
import { ACTION_NAMES } from './actions/actionNames.ts';

/** Where commands come from. All folders are absolute. */
export interface CommandPlaces {
  /** A workspace. */
  readonly folder: string;
  /** The user's folder of the panel. */
  readonly home: string;
  /** The folder that the product is installed in. */
  readonly builtIn: string;
}

/** The places in the order in which a bare name looks for its command. */
export function commandSources({ folder, home, builtIn }: CommandPlaces): readonly CommandSource[] {
  const project: CommandSource = { namespace: 'project', root: folder, folder: WORKSPACE_COMMANDS };
  // In the home folder the commands of the workspace are the user's own.
  const isSame = realPath(path.join(folder, WORKSPACE_COMMANDS)) === realPath(path.join(home, 'commands'));
  return [
    ...(isSame ? [] : [project]),
    { namespace: 'user', root: home, folder: 'commands' },
    { namespace: 'global', root: builtIn, folder: 'commands' },
  ];
}

/** Reads all of them anew. Never throws. */
export async function readCommands(places: CommandPlaces): Promise<Catalog> {
  return resolveCatalog(await Promise.all(commandSources(places).map(readCommandFolder)), ACTION_NAMES);
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
