import type { Approval } from '../../../../src/core/approvals/approval.ts';
import type { Actor } from '../../../../src/core/events/actor.ts';
import type { LaunchProfile } from '../../../../src/core/profiles/launchProfile.ts';
import type { Task } from '../../../../src/core/tasks/task.ts';
import { reduceTask } from '../../../../src/core/tasks/taskReducer.ts';

export const ada: Actor = { surface: 'panel', name: 'ada', hostId: 'host-1' };

export const profile: LaunchProfile = {
  name: 'comprehensive',
  source: 'built in',
  permissionMode: 'default',
  allowedTools: [],
  disallowedTools: [],
  mcpServers: {},
};

export function aTask(changes: Partial<Task> = {}): Task {
  const data = {
    title: 'Add a health endpoint',
    titleIsGiven: false,
    prompt: 'Add a health endpoint',
    promptId: 'p1',
    cwd: '/work/project',
    profile,
    limits: {},
    by: ada,
    rehearsal: false,
    unattended: 'ask' as const,
  };
  const task = reduceTask(undefined, 't1', { type: 'claude-panel.task.created', data }, 1000);
  if (task === undefined) {
    throw new Error('no task');
  }
  return { ...task, ...changes };
}

export const owner = { hostId: 'host-1', surface: 'VS Code window', pid: 42, machine: 'here' };

export function anApproval(changes: Partial<Approval> = {}): Approval {
  return {
    id: 'a1',
    taskId: 't1',
    taskTitle: 'Add a health endpoint',
    folder: '/work/project',
    subject: {
      kind: 'tool',
      toolName: 'Bash',
      displayName: 'Bash',
      toolUseId: 'u1',
      input: { command: 'npm test' },
    },
    fingerprint: 'f1',
    why: 'Commands ask in this profile.',
    blocks: 'The task waits for it.',
    choices: [
      { id: 'allowOnce', label: 'Allow', grants: true, updates: [] },
      {
        id: 'allowProject',
        label: 'Allow in this project',
        grants: true,
        updates: [],
        rule: 'Bash(npm test)',
        savedIn: '.claude/settings.local.json',
      },
      { id: 'deny', label: 'Deny', grants: false, updates: [] },
    ],
    created: 2000,
    status: { state: 'pending' },
    ...changes,
  };
}

export function toolApproval(toolName: string, input: Record<string, string>): Approval {
  return anApproval({ subject: { kind: 'tool', toolName, displayName: toolName, toolUseId: 'u1', input } });
}
