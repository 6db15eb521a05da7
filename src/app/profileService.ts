import type { Clock } from '../base/clock.ts';
import type { Failure } from '../base/panelError.ts';
import { launchContent } from '../core/profiles/launchContent.ts';
import type { LaunchProfile } from '../core/profiles/launchProfile.ts';
import {
  type CatalogResult,
  findProfile,
  ProfileCatalog,
  type ResolvedProfile,
} from '../core/profiles/profileCatalog.ts';
import { addsOnlyRules, type WorkspaceContent } from '../core/profiles/workspaceContent.ts';
import type { GrantStore } from '../core/security/grantStore.ts';
import type { AllowedRules } from './allowedRules.ts';
import { folderOf } from './folderOf.ts';
import type { MachineLook } from './machineLook.ts';
import type { PanelSettings } from './panelServices.ts';
import { ProblemWithProfile } from './profileProblem.ts';

type LoadOptions = Parameters<ProfileCatalog['load']>[0];

interface Parts {
  readonly folder: string;
  /** All folders of the workspace. */
  readonly folders?: () => readonly string[];
  readonly settings: () => PanelSettings;
  readonly grants: GrantStore;
  readonly allowedRules: Pick<AllowedRules, 'in'>;
  readonly clock: Clock;
  /** Looks for what the profiles of built-in commands need. */
  readonly look: Pick<MachineLook, 'factsFor'>;
}

/** The profile to launch with, and what of it nobody has approved yet. */
interface CheckedLaunch {
  readonly profile: LaunchProfile;
  readonly unapproved?: WorkspaceContent;
}

/** The profiles of the workspace, as its files and the user's settings are at the moment. */
export class ProfileService {
  readonly #catalog: ProfileCatalog;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#catalog = new ProfileCatalog({ grants: parts.grants });
    this.#parts = parts;
  }

  /** Never throws: what is wrong stands in the result. `cwd` is where the task will run. */
  load(cwd = this.#parts.folder): Promise<CatalogResult> {
    return this.#load(cwd, {});
  }

  async #load(cwd: string, more: Pick<LoadOptions, 'facts' | 'servers'>): Promise<CatalogResult> {
    const { settings, folders } = this.#parts;
    const folder = folderOf(cwd, folders?.() ?? []) ?? this.#parts.folder;
    const { revealAcceptEdits, revealAuto } = settings();
    const options = { ...more, folder, cwd, revealed: { acceptEdits: revealAcceptEdits, auto: revealAuto } };
    const now = await this.#catalog.load(options);
    const leaveOut = this.#allowedIn(cwd);
    if (leaveOut.length === 0 || ![...now.profiles, ...now.internal].some(profile => profile.needsApproval)) {
      return now;
    }
    const before = await this.#catalog.load({ ...options, leaveOut });
    const earlierOnes = [...before.profiles, ...before.internal];
    const approve = (profile: ResolvedProfile): ResolvedProfile => {
      const earlier = earlierOnes.find(({ name }) => name === profile.name);
      const wasApproved = profile.needsApproval && earlier?.needsApproval === false;
      return wasApproved && this.#grantRules(cwd, earlier.content, profile.content)
        ? { ...profile, needsApproval: false }
        : profile;
    };
    return { ...now, profiles: now.profiles.map(approve), internal: now.internal.map(approve) };
  }

  /** What a launch in this folder would start and be granted now. Never throws. */
  async checkLaunch(profile: LaunchProfile, cwd: string): Promise<CheckedLaunch> {
    const { grants } = this.#parts;
    const isApproved = (content: WorkspaceContent | undefined): boolean =>
      content === undefined || grants.isGranted(content.fingerprint);
    const now = await launchContent(profile, cwd);
    if (now.content === undefined || isApproved(now.content)) {
      return { profile: now.profile };
    }
    const leaveOut = this.#allowedIn(cwd);
    const before = leaveOut.length === 0 ? now : await launchContent(profile, cwd, { leaveOut });
    return isApproved(before.content) && this.#grantRules(cwd, before.content, now.content)
      ? { profile: now.profile }
      : { profile: now.profile, unapproved: now.content };
  }

  /**
   * The profile of this name, or the default one; with these servers of the folder besides its own. When the folder
   * may mean another default than is known, none stands in for it: that could grant more than is meant.
   * @throws PanelError when it is not there, or cannot be used.
   */
  async find(name: string | undefined, cwd: string, servers: readonly string[] = []): Promise<ResolvedProfile> {
    const facts = await this.#parts.look.factsFor(name, cwd);
    const catalog = await this.#load(cwd, { facts, servers });
    if (name === undefined && catalog.defaultProblem !== undefined) {
      throw new ProblemWithProfile(orByName(catalog.defaultProblem));
    }
    const profile = findProfile(catalog, name);
    if (profile.problem !== undefined) {
      throw new ProblemWithProfile(profile.problem);
    }
    return profile;
  }

  /**
   * Whether there are profiles of these names. Whether one can be used is looked at when a task starts with it.
   * @throws ProfilesError `unknownProfile`
   */
  async checkNames(names: readonly string[], cwd: string): Promise<void> {
    if (names.length > 0) {
      const known = await this.#load(cwd, { facts: {} });
      for (const name of names) {
        findProfile(known, name);
      }
    }
  }

  #allowedIn(cwd: string): readonly string[] {
    return this.#parts.allowedRules.in(cwd).map(({ rule }) => rule);
  }

  /** What a person has just allowed for the project in a task is not asked again about the file that keeps it. */
  #grantRules(cwd: string, before: WorkspaceContent | undefined, now: WorkspaceContent | undefined): boolean {
    const { grants, allowedRules, clock } = this.#parts;
    const allowed = allowedRules.in(cwd);
    const rules = allowed.map(({ rule }) => rule);
    if (now === undefined || !addsOnlyRules(before, now, rules)) {
      return false;
    }
    const { fingerprint, headline } = now;
    const by = [...new Set(allowed.map(rule => rule.by))].join(', ');
    grants.grant({ fingerprint, headline, kind: 'workspaceContent', by, at: clock.now() });
    return true;
  }
}

function orByName(failure: Failure): Failure {
  return { ...failure, remedy: [failure.remedy, 'Or choose a profile by its name.'].filter(Boolean).join(' ') };
}
