import * as vscode from 'vscode';
import type { Folder } from '../workspace/workspaceFolders.ts';
import type { CommandContext, Commands } from './commandContext.ts';
import { pickOne } from './guardedPick.ts';
import { askForText } from './taskCommands.ts';

/** Commands that start something or lead to the panel. */
export const newTaskCommands: Commands<'newTask' | 'runTaskWithProfile' | 'openControlPanel'> = {
  /**
   * May be given a text, which the person sees and can change before it is run. The box is there at once, while the
   * services may still be on their way.
   */
  newTask: async (context, given) => {
    const services = context.services();
    await Promise.race([services, new Promise(resolve => setTimeout(resolve))]);
    const folder = await pickFolder(context);
    const text = typeof given === 'string' ? given : '';
    const prompt = folder === undefined ? undefined : await askForText(titleOf(folder, context), text);
    if (folder !== undefined && prompt !== undefined) {
      await services;
      await context.facts.refreshProfiles();
      await context.run({ prompt, profile: context.facts.selectedProfileOf(folder.path), folder: folder.path });
    }
  },
  runTaskWithProfile: async (context, given) => {
    await context.services();
    await context.facts.refreshProfiles();
    // First, for each folder has its own profiles.
    const folder = await pickFolder(context);
    const profile = folder === undefined ? undefined : await pickProfile(context, folder.path);
    if (profile === undefined || folder === undefined) {
      return;
    }
    context.selectProfile(profile);
    const prompt = await askForText(titleOf(folder, context), typeof given === 'string' ? given : '');
    if (prompt !== undefined) {
      await context.run({ prompt, profile, folder: folder.path });
    }
  },
  openControlPanel: ({ views, start }) => {
    void start();
    return views.openEditor();
  },
};

function titleOf({ name, path }: Folder, { facts }: CommandContext): string {
  const profile = facts.selectedProfileOf(path);
  return profile === ''
    ? vscode.l10n.t('New task in {0}', name)
    : vscode.l10n.t('New task in {0}, with the profile {1}', name, profile);
}

/** A task works in one of the window's folders; with several of them the person says in which. */
export async function pickFolder({ folders }: CommandContext): Promise<Folder | undefined> {
  const { all, first } = folders;
  return all.length <= 1
    ? first
    : pickOne(
        all.map(folder => ({ label: folder.name, description: folder.path, value: folder })),
        { title: vscode.l10n.t('In which folder should Claude work?') },
      );
}

function pickProfile({ facts }: CommandContext, folder: string): Promise<string | undefined> {
  return pickOne(
    facts
      .profilesOf(folder)
      .filter(({ problem }) => problem === undefined)
      .map(({ name, source, description, grants, needsApproval }) => ({
        label: name,
        description: [source, ...(needsApproval ? [vscode.l10n.t('asks you first')] : []), description].join(' · '),
        detail: grants.join(' · '),
        value: name,
      })),
    { title: vscode.l10n.t('Run with which profile?'), placeholder: vscode.l10n.t('Each profile says what it grants') },
  );
}
