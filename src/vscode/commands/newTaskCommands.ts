import * as vscode from 'vscode';
import type { CommandContext, Commands } from './commandContext.ts';
import { pickOne } from './guardedPick.ts';
import { askForText } from './taskCommands.ts';

/** Commands that start something or lead to the panel. */
export const newTaskCommands: Commands<'newTask' | 'runTaskWithProfile' | 'openControlPanel'> = {
  /** May be given a text, which the person sees and can change before it is run. */
  newTask: async (context, given) => {
    await context.services();
    await runNew(context, context.facts.selectedProfile, typeof given === 'string' ? given : '');
  },
  runTaskWithProfile: async (context, given) => {
    await context.services();
    await context.facts.refreshProfiles();
    const profile = await pickProfile(context);
    if (profile !== undefined) {
      context.selectProfile(profile);
      await runNew(context, profile, typeof given === 'string' ? given : '');
    }
  },
  openControlPanel: ({ views }) => views.openEditor(),
};

async function runNew(context: CommandContext, profile: string, text: string): Promise<void> {
  const folder = await pickFolder(context);
  if (folder === undefined) {
    return;
  }
  const prompt = await askForText(vscode.l10n.t('New task in {0}, with the profile {1}', folder.name, profile), text);
  if (prompt !== undefined) {
    await context.run({ prompt, profile, folder: folder.path });
  }
}

/** A task works in one of the window's folders; with several of them the person says in which. */
async function pickFolder({ folders }: CommandContext): Promise<{ name: string; path: string } | undefined> {
  const { all, first } = folders;
  return all.length <= 1
    ? first
    : pickOne(
        all.map(folder => ({ label: folder.name, description: folder.path, value: folder })),
        { title: vscode.l10n.t('In which folder should Claude work?') },
      );
}

function pickProfile({ facts }: CommandContext): Promise<string | undefined> {
  return pickOne(
    facts.profiles
      .filter(({ problem }) => problem === undefined)
      .map(({ name, source, description, grants, needsApproval }) => ({
        label: name,
        description: needsApproval ? vscode.l10n.t('{0} · asks you first', source) : source,
        detail: [description, ...grants].filter(part => part !== '').join(' · '),
        value: name,
      })),
    { title: vscode.l10n.t('Run with which profile?'), placeholder: vscode.l10n.t('Each profile says what it grants') },
  );
}
