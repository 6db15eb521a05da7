import {
  type CatalogResult,
  findProfile,
  ProfileCatalog,
  type ResolvedProfile,
} from '../core/profiles/profileCatalog.ts';
import type { GrantStore } from '../core/security/grantStore.ts';
import type { PanelSettings } from './panelServices.ts';
import { ProblemWithProfile } from './profileProblem.ts';

/** The profiles of the workspace, as its files and the user's settings are at the moment. */
export class ProfileService {
  readonly #catalog: ProfileCatalog;
  readonly #folder: string;
  readonly #settings: () => PanelSettings;

  constructor(parts: { readonly folder: string; readonly settings: () => PanelSettings; readonly grants: GrantStore }) {
    this.#catalog = new ProfileCatalog({ grants: parts.grants });
    this.#folder = parts.folder;
    this.#settings = parts.settings;
  }

  /** Never throws: what is wrong stands in the result. `cwd` is where the task will run. */
  load(cwd?: string): Promise<CatalogResult> {
    const { revealAcceptEdits, revealAuto } = this.#settings();
    return this.#catalog.load({
      folder: this.#folder,
      revealed: { acceptEdits: revealAcceptEdits, auto: revealAuto },
      ...(cwd === undefined ? {} : { cwd }),
    });
  }

  /**
   * The profile of this name, or the default one.
   * @throws PanelError when it is not there, or cannot be used.
   */
  async find(name: string | undefined, cwd: string): Promise<ResolvedProfile> {
    const profile = findProfile(await this.load(cwd), name);
    if (profile.problem !== undefined) {
      throw new ProblemWithProfile(profile.problem);
    }
    return profile;
  }
}
