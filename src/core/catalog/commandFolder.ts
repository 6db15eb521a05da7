import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readWorkspaceText } from '../validation/workspaceText.ts';
import { type CommandFault, tooManyCommands, wrongFileName } from './catalogFaults.ts';
import type { CommandNamespace } from './command.ts';
import {
  COMMAND_FILE_ENDING,
  commandNameOf,
  MOST_COMMAND_BYTES,
  type ParsedCommand,
  parseCommandFile,
} from './commandFile.ts';

const MOST_FILES = 500;

/** A place that commands come from. */
export interface CommandSource {
  readonly namespace: CommandNamespace;
  /** Absolute. A link of a workspace's file is not followed out of this folder. */
  readonly root: string;
  /** Relative to the root, with `/`. */
  readonly folder: string;
}

/** A file of commands as it was read. */
export interface CommandEntry {
  readonly namespace: CommandNamespace;
  readonly name: string;
  readonly file: string;
  readonly parsed: ParsedCommand;
}

export interface FolderContent {
  readonly entries: readonly CommandEntry[];
  /** What concerns no command: a file whose name is none. */
  readonly faults: readonly CommandFault[];
}

/** Reads every command of one place. Never throws; a folder that is not there is empty. */
export async function readCommandFolder(source: CommandSource): Promise<FolderContent> {
  const folder = join(source.root, source.folder);
  const names = (await readdir(folder).catch((): string[] => [])).filter(looksLikeCommand).sort();
  const entries: CommandEntry[] = [];
  const faults: CommandFault[] = names.length > MOST_FILES ? [tooManyCommands(folder, MOST_FILES)] : [];
  for (const fileName of names.slice(0, MOST_FILES)) {
    const file = join(folder, fileName);
    const name = commandNameOf(file);
    if (name === undefined) {
      faults.push(wrongFileName(file, fileName));
      continue;
    }
    const parsed = await readCommandFile(source, file, `${source.folder}/${fileName}`);
    if (parsed !== undefined) {
      entries.push({ namespace: source.namespace, name, file, parsed });
    }
  }
  return { entries, faults };
}

/** Reads one file by its path alone, wherever it is; nothing when it is not there. */
export async function readSingleFile(file: string, namespace: CommandNamespace): Promise<ParsedCommand | undefined> {
  return readCommandFile({ namespace, root: dirname(file), folder: '' }, file, basename(file));
}

async function readCommandFile(
  { namespace, root }: CommandSource,
  file: string,
  inside: string,
): Promise<ParsedCommand | undefined> {
  const read = await readWorkspaceText(root, inside, {
    mostBytes: MOST_COMMAND_BYTES,
    links: namespace === 'project' ? 'insideOnly' : 'follow',
  });
  switch (read.state) {
    case 'absent':
      return undefined;
    case 'refused':
      return { state: 'bad', faults: [{ ...read.fault, place: { file } }] };
    case 'text':
      return parseCommandFile(read.text, file, namespace);
  }
}

/** Editors leave files of their own beside the one that they save; a `.yml` is most likely meant. */
function looksLikeCommand(name: string): boolean {
  return /^[^.#~].*\.ya?ml$/is.test(name) && name.length > COMMAND_FILE_ENDING.length;
}
