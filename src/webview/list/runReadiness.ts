import type { PanelFacts, ProfileOption } from '../../protocol/panelView.ts';

/** The longest prompt that the extension takes, in characters. */
const LONGEST_PROMPT = 200_000;

/** Whether a task can be started, and if not, why and what helps. */
export type RunReadiness =
  | { readonly state: 'ready' }
  | { readonly state: 'empty' }
  | {
      readonly state: 'blocked';
      readonly reason: string;
      /** More than most people want to read. */
      readonly detail?: string;
      readonly command?: { readonly id: string; readonly title: string };
      /** Whether Run may be pressed all the same: the extension looks again. */
      readonly canTry?: true;
    };

export function runReadiness(
  facts: PanelFacts | undefined,
  profile: ProfileOption | undefined,
  draft: string,
): RunReadiness {
  if (facts === undefined) {
    return { state: 'blocked', reason: 'Waiting for the extension…' };
  }
  if (!facts.hasFolder) {
    return { state: 'blocked', reason: 'Open a folder first: a task always works in one.' };
  }
  if (!facts.trusted) {
    return {
      state: 'blocked',
      reason: 'This workspace is not trusted, so nothing is started in it. Trust it to run tasks.',
      command: { id: 'claudePanel.manageTrust', title: 'Manage Workspace Trust' },
    };
  }
  const fault = facts.health.find(item => item.level === 'error');
  if (fault !== undefined && fault.command !== undefined) {
    const [, what = fault.text, detail = ''] = /^(.+?[.!?])\s+(.+)$/s.exec(fault.text) ?? [];
    return {
      state: 'blocked',
      reason: [what, fault.remedy].filter(Boolean).join(' '),
      command: fault.command,
      ...(fault.id === 'claude' && profile?.problem === undefined && isPrompt(draft) ? { canTry: true } : {}),
      ...(detail === '' ? {} : { detail }),
    };
  }
  if (profile === undefined) {
    return { state: 'blocked', reason: 'No profile can be used.' };
  }
  if (profile.problem !== undefined) {
    return { state: 'blocked', reason: `The profile “${profile.name}” cannot be used: ${profile.problem}` };
  }
  if (draft.length > LONGEST_PROMPT) {
    return {
      state: 'blocked',
      reason: `The text is too long: ${draft.length.toLocaleString()} of at most ${LONGEST_PROMPT.toLocaleString()} characters. Save it as a file and name the file instead.`,
    };
  }
  return draft.trim() === '' ? { state: 'empty' } : { state: 'ready' };
}

function isPrompt(draft: string): boolean {
  return draft.trim() !== '' && draft.length <= LONGEST_PROMPT;
}

export function mayRun(readiness: RunReadiness): boolean {
  return readiness.state === 'ready' || (readiness.state === 'blocked' && readiness.canTry === true);
}

/** The profile picked here, else the one that the extension says, else the first. */
export function chosenProfile(facts: PanelFacts | undefined, picked: string | undefined): ProfileOption | undefined {
  const named = (name: string | undefined): ProfileOption | undefined =>
    facts?.profiles.find(profile => profile.name === name);
  return named(picked) ?? named(facts?.selectedProfile) ?? facts?.profiles[0];
}

/** The facts as they are for a task in this folder, or in the first one. */
export function factsIn(facts: PanelFacts | undefined, folder: string | undefined): PanelFacts | undefined {
  const chosen = facts?.folders.find(({ path }) => path === folder);
  return facts === undefined || chosen?.profiles === undefined
    ? facts
    : { ...facts, profiles: chosen.profiles, selectedProfile: chosen.selectedProfile ?? facts.selectedProfile };
}
