import { statSync } from 'node:fs';
import { tighterLimits } from '../core/catalog/tighterLimits.ts';
import type { ResolvedProfile } from '../core/profiles/profileCatalog.ts';
import type { PanelLog } from '../core/tasks/panelLog.ts';
import { folderMissing } from '../core/tasks/taskErrors.ts';
import type { TaskService } from '../core/tasks/taskService.ts';
import type { ContentQuestion } from './contentApproval.ts';
import type { ContentQuestions } from './contentQuestions.ts';
import { confirmedLaunch } from './godConfirmation.ts';
import type { PanelSettings, StartOutcome, StartTask } from './panelServices.ts';
import type { ProfileService } from './profileService.ts';

interface StarterParts {
  readonly folder: string;
  readonly log: PanelLog;
  readonly tasks: TaskService;
  readonly profiles: ProfileService;
  readonly questions: ContentQuestions;
  readonly settings: () => PanelSettings;
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
    const { folder, tasks, settings, profiles, questions, hostId, log } = this.#parts;
    const cwd = input.cwd ?? folder;
    if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw folderMissing(cwd);
    }
    const profile = await profiles.find(input.profile, cwd, input.mcpServers);
    if (profile.needsApproval && profile.content !== undefined) {
      return { kind: 'needsApproval', approvalId: questions.ask({ content: profile.content, ...wordsFor(profile) }) };
    }
    const launch = confirmedLaunch(log, input.chainId, profile);
    const { taskMinutes, rehearsal } = settings();
    const limits = tighterLimits(profile.limits, input.limits);
    const minutes = input.minutes ?? limits.minutes ?? (taskMinutes > 0 ? taskMinutes : undefined);
    const task = tasks.create(
      {
        prompt: input.prompt,
        cwd,
        profile: launch,
        limits: { ...limits, ...(minutes === undefined ? {} : { minutes }) },
        rehearsal,
        unattended: launch.neverWaits === true ? 'deny' : (input.unattended ?? 'ask'),
        ...(input.title === undefined ? {} : { title: input.title }),
        // What works without asking can always be put back.
        ...(input.requiresSnapshot === true || launch.confirmedBy !== undefined ? { requiresSnapshot: true } : {}),
        ...(input.ownProcessOnly === true ? { reservedFor: hostId } : {}),
        ...(input.jsonSchema === undefined ? {} : { jsonSchema: input.jsonSchema }),
      },
      input.by,
      input.id,
    );
    return { kind: 'started', task };
  }
}

function wordsFor({ name }: ResolvedProfile): Pick<ContentQuestion, 'taskTitle' | 'why' | 'blocks'> {
  return {
    taskTitle: `Profile "${name}"`,
    why: 'Files of this workspace would start programs or grant rights. You are asked once for exactly this content, and again when it changes.',
    blocks: `Tasks with the profile "${name}" wait for it.`,
  };
}
