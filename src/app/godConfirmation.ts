import type { Actor } from '../core/events/actor.ts';
import type { LaunchProfile } from '../core/profiles/launchProfile.ts';
import type { ResolvedProfile } from '../core/profiles/profileCatalog.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import type { Task } from '../core/tasks/task.ts';
import { godModeHidden, notConfirmed } from './builtInErrors.ts';

const GOD_PROFILE = 'god';
/** It was answered just before, so it is among the newest. */
const MOST_LOOKED_AT = 200;

/** What god mode grants here and now, as it is shown and confirmed. */
export function godGrants({ grants }: Pick<ResolvedProfile, 'grants'>): string {
  return grants.join('\n');
}

/**
 * The profile to start a task with. God mode wants that a person has agreed, at a gate of this chain, to exactly what would
 * be granted now: a chain that somebody else wrote may have gates of its own, and only one that showed these grants counts.
 * @throws BuiltInError `notConfirmed`
 */
export function confirmedLaunch(log: PanelLog, chainId: string | undefined, profile: ResolvedProfile): LaunchProfile {
  if (profile.name !== GOD_PROFILE || profile.source !== 'built in') {
    return profile.launch;
  }
  const shown = godGrants(profile);
  const gate = log.approvals
    .ledger({ limit: MOST_LOOKED_AT })
    .find(
      ({ subject, status }) =>
        subject.kind === 'gate' &&
        subject.chainId === chainId &&
        subject.shown === shown &&
        status.state === 'answered' &&
        status.answer.choice === 'approveGate' &&
        isPerson(status.by),
    );
  if (gate === undefined) {
    throw notConfirmed();
  }
  return { ...profile.launch, confirmedBy: gate.id };
}

/** The answer of a command line that was started with `--approve allow` is nobody's. */
function isPerson({ name }: Actor): boolean {
  return !name.startsWith('--approve ');
}

/**
 * Looks again right before the launch: the task may be a copy of one that was confirmed, and one confirmation starts one
 * task; or the user's settings may have changed.
 * @throws BuiltInError `godModeHidden` or `notConfirmed`
 */
export function checkConfirmation(log: PanelLog, task: Task, isRevealed: boolean): void {
  const { name, source, confirmedBy } = task.profile;
  if (name !== GOD_PROFILE || source !== 'built in') {
    return;
  }
  if (!isRevealed) {
    throw godModeHidden();
  }
  const isUsed = log.tasks
    .list({ limit: MOST_LOOKED_AT })
    .some(other => other.id !== task.id && other.profile.confirmedBy === confirmedBy && other.created <= task.created);
  if (confirmedBy === undefined || isUsed) {
    throw notConfirmed();
  }
}
