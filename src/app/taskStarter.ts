import { statSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import type { NewId } from '../base/ids.ts';
import type { ResolvedProfile } from '../core/profiles/profileCatalog.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import { folderMissing } from '../core/tasks/taskErrors.ts';
import type { TaskService } from '../core/tasks/taskService.ts';
import { asksFor, contentApproval } from './contentApproval.ts';
import type { PanelSettings, StartOutcome, StartTask } from './panelServices.ts';
import type { ProfileService } from './profileService.ts';

interface StarterParts {
  readonly folder: string;
  readonly tasks: TaskService;
  readonly log: PanelLog;
  readonly profiles: ProfileService;
  readonly settings: () => PanelSettings;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly hostId: string;
}

/** Starts tasks, after what their profile would start or grant was approved for exactly its content. */
export class TaskStarter {
  readonly #parts: StarterParts;

  constructor(parts: StarterParts) {
    this.#parts = parts;
  }

  /** @throws PanelError when the profile is unknown or broken, the folder is missing, or the prompt is empty. */
  async start(input: StartTask): Promise<StartOutcome> {
    const { folder, tasks, settings, profiles, hostId } = this.#parts;
    const cwd = input.cwd ?? folder;
    if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw folderMissing(cwd);
    }
    const profile = await profiles.find(input.profile, cwd);
    if (profile.needsApproval && profile.content !== undefined) {
      return { kind: 'needsApproval', approvalId: this.#askForContent(profile) };
    }
    const { taskMinutes, rehearsal } = settings();
    const minutes = input.minutes ?? profile.limits.minutes ?? (taskMinutes > 0 ? taskMinutes : undefined);
    const task = tasks.create(
      {
        prompt: input.prompt,
        cwd,
        profile: profile.launch,
        limits: { ...profile.limits, ...(minutes === undefined ? {} : { minutes }) },
        rehearsal,
        unattended: input.unattended ?? 'ask',
        ...(input.title === undefined ? {} : { title: input.title }),
        ...(input.ownProcessOnly === true ? { reservedFor: hostId } : {}),
      },
      input.by,
    );
    return { kind: 'started', task };
  }

  /** The open question about this content, or a new one. */
  #askForContent({ name, content }: ResolvedProfile): string {
    const { log, clock, newId, folder } = this.#parts;
    if (content === undefined) {
      throw new Error(`Profile ${name} has nothing to approve.`);
    }
    // One that a task asks for is taken back when that task is stopped.
    const open = log.approvals
      .pending()
      .find(approval => approval.taskId === undefined && asksFor(approval, content.fingerprint));
    if (open !== undefined) {
      return open.id;
    }
    const approval = contentApproval({
      id: newId(),
      content,
      folder,
      taskTitle: `Profile "${name}"`,
      why: 'Files of this workspace would start programs or grant rights. You are asked once for exactly this content, and again when it changes.',
      blocks: `Tasks with the profile "${name}" wait for it.`,
      now: clock.now(),
    });
    log.append([{ subject: approval.id, facts: [{ type: 'claude-panel.approval.requested', data: { approval } }] }]);
    return approval.id;
  }
}
