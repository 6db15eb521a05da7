import * as vscode from 'vscode';
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
    const prompt = folder === undefined ? undefined : await askForText(titleOf(folder.name, context), text);
    if (folder !== undefined && prompt !== undefined) {
      await services;
      await context.facts.refreshProfiles();
      await context.run({ prompt, profile: context.facts.selectedProfile, folder: folder.path });
    }
  },
  runTaskWithProfile: async (context, given) => {
    await context.services();
    await context.facts.refreshProfiles();
    const profile = await pickProfile(context);
    const folder = profile === undefined ? undefined : await pickFolder(context);
    if (profile === undefined || folder === undefined) {
      return;
    }
    context.selectProfile(profile);
    const prompt = await askForText(titleOf(folder.name, context), typeof given === 'string' ? given : '');
    if (prompt !== undefined) {
      await context.run({ prompt, profile, folder: folder.path });
    }
  },
  openControlPanel: ({ views, start }) => {
    void start();
    return views.openEditor();
  },
};

function titleOf(folder: string, { facts }: CommandContext): string {
  const profile = facts.selectedProfile;
  return profile === ''
    ? vscode.l10n.t('New task in {0}', folder)
    : vscode.l10n.t('New task in {0}, with the profile {1}', folder, profile);
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
        description: [source, ...(needsApproval ? [vscode.l10n.t('asks you first')] : []), description].join(' · '),
        detail: grants.join(' · '),
        value: name,
      })),
    { title: vscode.l10n.t('Run with which profile?'), placeholder: vscode.l10n.t('Each profile says what it grants') },
  );
}
