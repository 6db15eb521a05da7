import path from 'node:path';
import { panelHome } from '../app/panelHome.ts';
import type { PanelServices } from '../app/panelServices.ts';
import type { CommandContext } from './commandContext.ts';
import type { GivenArguments } from './givenArguments.ts';
import { findWorkspace, hasPanelData } from './workspaceFolder.ts';

/** The folder that `--cwd` names, else the one that the command was typed in. */
export function chosenFolder(context: CommandContext, given: GivenArguments): string {
  return path.resolve(context.directory, given.text('cwd') ?? '.');
}

/** The workspace that this folder belongs to. @throws TaskError `folderMissing`. */
export function chosenWorkspace(context: CommandContext, given: GivenArguments): string {
  return findWorkspace(chosenFolder(context, given), panelHome(context.environment));
}

/** Opens the workspace for the length of one command. */
export async function withPanel<T>(
  context: CommandContext,
  given: GivenArguments,
  { runsTasks }: { readonly runsTasks: boolean },
  use: (panel: PanelServices) => Promise<T>,
): Promise<T> {
  const workspace = chosenWorkspace(context, given);
  const panel = await context.openPanel({ workspace, runsTasks });
  try {
    for (const { message, detail, remedy } of panel.notices) {
      context.terminal.say(['Note:', message, detail, remedy].filter(Boolean).join(' '));
    }
    return await use(panel);
  } finally {
    panel.dispose();
  }
}

/** The same for a command that only looks: where nothing was ever stored it gives `empty`, and stores nothing itself. */
export async function lookIntoPanel<T>(
  context: CommandContext,
  given: GivenArguments,
  empty: () => T,
  use: (panel: PanelServices) => Promise<T>,
): Promise<T> {
  return hasPanelData(chosenWorkspace(context, given)) ? withPanel(context, given, { runsTasks: false }, use) : empty();
}
