import { nearestWord } from '../validation/nearestWord.ts';
import { brokenCommand, noSuchCommand } from './catalogErrors.ts';
import type { CommandFault } from './catalogFaults.ts';
import type { CatalogCommand, CommandNamespace } from './command.ts';
import type { CommandUse } from './commandFile.ts';
import type { FolderContent } from './commandFolder.ts';
import { fullNamesOf, NAMESPACES } from './commandNames.ts';
import { checkUses } from './commandUses.ts';

/** A command whose file is not right. It keeps its name: nothing else is run in its place. */
export interface BrokenCommand {
  readonly namespace: CommandNamespace;
  readonly name: string;
  readonly fullName: string;
  readonly file: string;
  readonly faults: readonly [CommandFault, ...CommandFault[]];
}

export interface ListedCommand {
  readonly command: CatalogCommand;
  readonly text: string;
  readonly uses: readonly CommandUse[];
}

/** Everything that can be run, and everything that is wrong. */
export interface Catalog {
  /** Those of the project first, then the user's, then the built-in ones; each by name. */
  readonly commands: readonly ListedCommand[];
  readonly broken: readonly BrokenCommand[];
  /** All faults, those of broken commands included. */
  readonly faults: readonly CommandFault[];
}

/** Puts what was read together: names, shadows, and what commands say of one another. Pure. */
export function resolveCatalog(folders: readonly FolderContent[], actions?: readonly string[]): Catalog {
  const entries = folders
    .flatMap(folder => folder.entries)
    .toSorted(
      (one, other) =>
        NAMESPACES.indexOf(one.namespace) - NAMESPACES.indexOf(other.namespace) || (one.name < other.name ? -1 : 1),
    );
  const found = checkUses(entries, actions);
  const commands: ListedCommand[] = [];
  const broken: BrokenCommand[] = [];
  for (const entry of entries) {
    const { namespace, name, file, parsed } = entry;
    const fullName = `${namespace}:${name}`;
    const [first, ...others] = parsed.state === 'bad' ? parsed.faults : (found.get(fullName) ?? []);
    if (first !== undefined || parsed.state === 'bad') {
      const faults = parsed.state === 'bad' ? parsed.faults : ([first, ...others] as BrokenCommand['faults']);
      broken.push({ namespace, name, fullName, file, faults });
      continue;
    }
    const reached = entries.find(other => other.name === name);
    const shadowedBy = reached === undefined || reached === entry ? undefined : `${reached.namespace}:${name}`;
    commands.push({
      command: shadowedBy === undefined ? parsed.command : { ...parsed.command, shadowedBy },
      text: parsed.text,
      uses: parsed.uses,
    });
  }
  return {
    commands,
    broken,
    faults: [...folders.flatMap(folder => folder.faults), ...broken.flatMap(({ faults }) => faults)],
  };
}

/**
 * The command that a reference reaches.
 *
 * @param from where it is written: a built-in command reaches only built-in ones, and a user's none of a workspace by
 *   a bare name
 * @throws CatalogError `unknownCommand` or `brokenCommand`
 */
export function findCommand(catalog: Catalog, reference: string, from: CommandNamespace = 'project'): ListedCommand {
  const all = [
    ...catalog.commands.map(listed => ({ fullName: listed.command.fullName, listed, faults: undefined })),
    ...catalog.broken.map(({ fullName, faults }) => ({ fullName, listed: undefined, faults })),
  ];
  for (const fullName of fullNamesOf(reference, from)) {
    const found = all.find(one => one.fullName === fullName);
    if (found?.listed !== undefined) {
      return found.listed;
    }
    if (found?.faults !== undefined) {
      throw brokenCommand(fullName, found.faults);
    }
  }
  const names = [...new Set(catalog.commands.map(({ command }) => command.name))];
  const bare = reference.includes(':') ? catalog.commands.map(({ command }) => command.fullName) : names;
  throw noSuchCommand(reference, nearestWord(reference, bare), names);
}
