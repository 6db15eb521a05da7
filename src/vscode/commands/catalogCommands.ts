import path from 'node:path';
import * as vscode from 'vscode';
import { panelHome } from '../../app/panelHome.ts';
import { systemClock } from '../../base/clock.ts';
import type { CatalogCommand } from '../../core/catalog/command.ts';
import { type CommandPlace, duplicateCommand, openFile, writeNewCommand } from '../catalog/commandFiles.ts';
import type { CommandNode } from '../catalog/commandNodes.ts';
import { pickCommand } from '../catalog/commandPick.ts';
import { commandRequestSchema } from '../catalog/commandRequest.ts';
import { BUILT_IN_COMMANDS, type BuiltInEntry } from '../contributions/builtInCommands.ts';
import { undoFlow } from '../undo/undoFlow.ts';
import { badRequest } from '../workspace/surfaceErrors.ts';
import type { Folder } from '../workspace/workspaceFolders.ts';
import type { Command, CommandContext, Commands } from './commandContext.ts';
import { pickFolder } from './newTaskCommands.ts';
import { undoDesk } from './undoCommands.ts';

type OwnEntries =
  | 'runCommand'
  | 'previewCommand'
  | 'newCommand'
  | 'useInputText'
  | 'runListedCommand'
  | 'previewListedCommand'
  | 'showListedCommand'
  | 'editListedCommand'
  | 'duplicateListedCommand';

/** Where the commands of a folder are, below it. */
const PROJECT_COMMANDS = path.join('.claude-panel', 'commands');

const ownEntries: Commands<OwnEntries> = {
  /** May be given `{ command, inputs }`, by a key binding or another extension: then only what is missing is asked. */
  runCommand: async (context, given) => {
    if (given === undefined) {
      await choose(context, 'run');
      return;
    }
    const request = commandRequestSchema.safeParse(given);
    if (!request.success) {
      throw badRequest(request.error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; '));
    }
    const { command, inputs } = request.data;
    const folder = await folderToRunIn(context);
    if (folder !== undefined) {
      const wanted = { reference: command, cwd: folder.path, inputs: inputs ?? {}, asksAll: inputs === undefined };
      await context.desk.run(wanted, 'palette');
    }
  },
  previewCommand: context => choose(context, 'preview'),
  useInputText: ({ inputEditors }, given) => inputEditors.use(given instanceof vscode.Uri ? given : undefined),
  newCommand: async context => {
    const { commands } = await context.services();
    const places: CommandPlace[] = [];
    for (const folder of context.folders.all) {
      const listing = await commands.list(folder.path);
      places.push({
        label: `$(root-folder) ${folder.name}`,
        description: vscode.l10n.t('for everybody who works on this folder'),
        folder: path.join(folder.path, PROJECT_COMMANDS),
        taken: namesIn(listing.commands, 'project'),
      });
    }
    const { commands: all } = await commands.list();
    places.push({
      label: `$(account) ${vscode.l10n.t('User')}`,
      description: vscode.l10n.t('for you, in every folder'),
      folder: path.join(panelHome(process.env), 'commands'),
      taken: namesIn(all, 'user'),
    });
    await writeNewCommand(places);
  },
  runListedCommand: async (context, given) => {
    const node = nodeOf(given);
    if (node?.kind === 'command') {
      await context.desk.run(wantedOf(node.command, node.cwd), 'palette');
    } else if (node?.kind === 'claude') {
      await context.desk.runOwn(node.own, node.cwd);
    }
  },
  previewListedCommand: async (context, given) => {
    const node = nodeOf(given);
    if (node?.kind === 'command') {
      await context.desk.preview(wantedOf(node.command, node.cwd), 'palette');
    }
  },
  showListedCommand: (_context, given) => open(nodeOf(given)),
  editListedCommand: (_context, given) => open(nodeOf(given)),
  duplicateListedCommand: async (context, given) => {
    const node = nodeOf(given);
    const folder = node?.kind === 'command' ? await pickFolder(context) : undefined;
    if (node?.kind === 'command' && folder !== undefined) {
      await duplicateCommand(node.command.file, path.join(folder.path, PROJECT_COMMANDS));
    }
  },
};

/** The palette, the key bindings and the tree of commands. */
export const catalogCommands: Commands<OwnEntries | BuiltInEntry> = {
  ...ownEntries,
  ...(Object.fromEntries(
    Object.entries(BUILT_IN_COMMANDS).map(([entry, name]) => [entry, builtIn(name)]),
  ) as Commands<BuiltInEntry>),
  // In a window a person chooses from lists and looks at diffs; elsewhere the command asks at a gate.
  unfuckThis: async context =>
    undoFlow(await undoDesk(context), undefined, systemClock.now(), vscode.l10n.t('Unfuck This: What?')),
};

/** Always the one that is built in, whatever a folder or the user has under the same name. */
function builtIn(name: string): Command {
  return async context => {
    const folder = await folderToRunIn(context);
    if (folder !== undefined) {
      const reference = `global:${name}`;
      await context.desk.run({ reference, cwd: folder.path, inputs: {}, asksAll: true, from: 'global' }, 'palette');
    }
  };
}

/** One of all. It may be run, looked at as a plan, or opened. */
async function choose(context: CommandContext, does: 'run' | 'preview'): Promise<void> {
  const folder = await folderToRunIn(context);
  if (folder === undefined) {
    return;
  }
  const { commands } = await context.services();
  const title = does === 'run' ? vscode.l10n.t('Run which command?') : vscode.l10n.t('Preview which command?');
  const picked = await pickCommand(await commands.list(folder.path), title, context.isOffered);
  if (picked === undefined) {
    return;
  }
  if (picked.does === 'open') {
    await openFile(picked.kind === 'claude' ? picked.own.file : picked.command.file);
  } else if (picked.kind === 'claude') {
    await context.desk.runOwn(picked.own, folder.path);
  } else if (picked.does === 'preview' || does === 'preview') {
    await context.desk.preview(wantedOf(picked.command, folder.path), 'palette');
  } else {
    await context.desk.run(wantedOf(picked.command, folder.path), 'palette');
  }
}

/** Where nothing can run, the person is told why; nothing when they leave the choice of a folder. */
async function folderToRunIn(context: CommandContext): Promise<Folder | undefined> {
  await context.services();
  return pickFolder(context);
}

function wantedOf(
  command: CatalogCommand,
  cwd: string,
): {
  readonly reference: string;
  readonly cwd: string;
  readonly inputs: Record<string, never>;
  readonly asksAll: true;
} {
  return { reference: command.fullName, cwd, inputs: {}, asksAll: true };
}

function namesIn(commands: readonly CatalogCommand[], namespace: CatalogCommand['namespace']): readonly string[] {
  return commands.filter(command => command.namespace === namespace).map(({ name }) => name);
}

/** VS Code hands the node of the tree that was pressed; anybody else may hand anything. */
function nodeOf(given: unknown): CommandNode | undefined {
  return typeof given === 'object' && given !== null && 'kind' in given && 'id' in given
    ? (given as CommandNode)
    : undefined;
}

async function open(node: CommandNode | undefined): Promise<void> {
  switch (node?.kind) {
    case 'command':
      return openFile(node.command.file);
    case 'claude':
      return openFile(node.own.file);
    case 'broken': {
      const [{ place }] = node.broken.faults;
      return openFile(node.broken.file, place.line);
    }
    default:
      return undefined;
  }
}
