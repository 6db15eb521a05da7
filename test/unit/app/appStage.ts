import { AllowedRules } from '../../../src/app/allowedRules.ts';
import { ContentGrants } from '../../../src/app/contentGrants.ts';
import { LaunchConsent } from '../../../src/app/launchConsent.ts';
import { ProfileService } from '../../../src/app/profileService.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { newShortId, newUuid } from '../../../src/base/ids.ts';
import type { Actor } from '../../../src/core/events/actor.ts';
import type { LaunchProfile } from '../../../src/core/profiles/launchProfile.ts';
import { ApprovalDesk } from '../../../src/core/tasks/approvalDesk.ts';
import type { Task } from '../../../src/core/tasks/task.ts';
import type { CreatedTask, TaskLogFact } from '../../../src/core/tasks/taskFact.ts';
import { created, starting } from '../../contract/panelLog/sampleFacts.ts';
import { MemoryGrantStore } from '../../fixtures/memory/memoryGrantStore.ts';
import { MemoryPanelLog } from '../../fixtures/memory/memoryPanelLog.ts';
import { SETTINGS } from '../../fixtures/panelSettings.ts';
import { temporaryFolder } from '../core/profiles/temporaryFolder.ts';

export const ADA: Actor = { surface: 'panel', name: 'ada', hostId: 'host-1' };

export const SPEED: LaunchProfile = {
  name: 'speed',
  source: 'built in',
  permissionMode: 'default',
  allowedTools: [],
  disallowedTools: [],
  mcpServers: {},
  settingSources: ['user', 'project', 'local'],
};

/** What decides about the content of a folder, over a log in memory and real files. */
export class AppStage {
  readonly folder: string;
  readonly log = new MemoryPanelLog({ source: '/test', clock: systemClock, newId: newUuid });
  readonly desk = new ApprovalDesk({ log: this.log, clock: systemClock });
  readonly grants: MemoryGrantStore;
  readonly allowedRules = new AllowedRules(this.log);
  readonly profiles: ProfileService;
  readonly consent: LaunchConsent;
  /** Looks that were taken because a rule had been written. */
  readonly looks: Promise<unknown>[] = [];

  constructor(
    files: Readonly<Record<string, string>> = {},
    {
      folder = temporaryFolder(files),
      grants = new MemoryGrantStore(),
    }: { readonly folder?: string; readonly grants?: MemoryGrantStore } = {},
  ) {
    const { log, desk, allowedRules } = this;
    this.folder = folder;
    this.grants = grants;
    this.profiles = new ProfileService({
      folder,
      settings: () => SETTINGS,
      grants,
      allowedRules,
      clock: systemClock,
      look: { factsFor: async () => ({}) },
    });
    this.consent = new LaunchConsent({
      log,
      desk,
      profiles: this.profiles,
      clock: systemClock,
      newId: newShortId,
      product: { surface: 'product', name: 'control panel', hostId: 'host-1' },
      deadlineMs: () => undefined,
      settings: () => SETTINGS,
    });
    new ContentGrants({ log, desk, grants }).follow();
    allowedRules.follow(({ profile, cwd }) => {
      const look = Promise.all([this.profiles.load(cwd), this.profiles.checkLaunch(profile, cwd)]);
      this.looks.push(look);
      return look.then(() => undefined);
    });
  }

  /** A task that is being started. */
  starting(id: string, given: Partial<CreatedTask> = {}): Task {
    this.append(id, created({ cwd: this.folder, profile: SPEED, promptId: id, ...given }), starting());
    return this.task(id);
  }

  append(id: string, ...facts: TaskLogFact[]): void {
    this.log.append([{ subject: id, facts }]);
  }

  task(id: string): Task {
    const task = this.log.tasks.get(id);
    if (task === undefined) {
      throw new Error('no task');
    }
    return task;
  }

  /** The fingerprint that a person has approved before. */
  async approveAsItIs(profile: LaunchProfile = SPEED): Promise<void> {
    const { unapproved } = await this.profiles.checkLaunch(profile, this.folder);
    if (unapproved === undefined) {
      throw new Error('nothing to approve');
    }
    const { fingerprint, headline } = unapproved;
    this.grants.grant({ fingerprint, headline, kind: 'workspaceContent', by: 'ada', at: 1 });
  }
}
