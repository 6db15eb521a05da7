import { resolveCatalog } from '../core/catalog/catalog.ts';
import type { CommandFault } from '../core/catalog/catalogFaults.ts';
import type { CommandNamespace } from '../core/catalog/command.ts';
import { commandNameOf, parseCommandFile } from '../core/catalog/commandFile.ts';
import { type CommandEntry, readCommandFolder, readSingleFile } from '../core/catalog/commandFolder.ts';
import { checkUses } from '../core/catalog/commandUses.ts';
import { ACTION_NAMES } from './actions/actionNames.ts';
import { type CommandPlaces, commandSources } from './commandSources.ts';

/**
 * What is wrong with these files, wherever they are; with all files of the workspace and the user without any. A file
 * that stands elsewhere is looked at as if it belonged to the workspace. Never throws.
 *
 * @param files absolute
 * @returns nothing for a file that is not there
 */
export async function checkCommandFiles(
  files: readonly string[] | undefined,
  places: CommandPlaces,
): Promise<readonly { readonly file: string; readonly faults: readonly CommandFault[] | undefined }[]> {
  const contents = await Promise.all(commandSources(places).map(readCommandFolder));
  const { commands, faults } = resolveCatalog(contents, ACTION_NAMES);
  if (files === undefined) {
    const all = [
      ...new Set([...commands.map(({ command }) => command.file), ...faults.map(({ place }) => place.file)]),
    ];
    return all.map(file => ({ file, faults: faults.filter(fault => fault.place.file === file) }));
  }
  const entries = contents.flatMap(content => content.entries);
  return Promise.all(
    files.map(async file => {
      if (commands.some(({ command }) => command.file === file) || faults.some(({ place }) => place.file === file)) {
        return { file, faults: faults.filter(({ place }) => place.file === file) };
      }
      return { file, faults: await checkElsewhere(file, entries) };
    }),
  );
}

async function checkElsewhere(
  file: string,
  entries: readonly CommandEntry[],
): Promise<readonly CommandFault[] | undefined> {
  const parsed = await readSingleFile(file, 'project');
  return parsed === undefined ? undefined : faultsAmong({ namespace: 'project', file, parsed }, entries);
}

/** What is wrong with a text that is not saved yet. Never rejects. */
export async function checkCommandText(
  { text, file, namespace }: { readonly text: string; readonly file: string; readonly namespace: CommandNamespace },
  entries: readonly CommandEntry[],
): Promise<readonly CommandFault[]> {
  return faultsAmong({ namespace, file, parsed: await parseCommandFile(text, file, namespace) }, entries);
}

function faultsAmong(
  { namespace, file, parsed }: Omit<CommandEntry, 'name'>,
  entries: readonly CommandEntry[],
): readonly CommandFault[] {
  if (parsed.state === 'bad') {
    return parsed.faults;
  }
  const name = commandNameOf(file) ?? '';
  const others = entries.filter(entry => entry.namespace !== namespace || entry.name !== name);
  return checkUses([{ namespace, name, file, parsed }, ...others], ACTION_NAMES).get(`${namespace}:${name}`) ?? [];
}
