import type { Approval } from '../../../src/core/approvals/approval.ts';
import type { ApprovalFact } from '../../../src/core/approvals/approvalFact.ts';
import type { Actor } from '../../../src/core/events/actor.ts';
import type { Owner } from '../../../src/core/tasks/task.ts';
import type { CreatedTask, TaskFact } from '../../../src/core/tasks/taskFact.ts';

export const ada: Actor = { surface: 'panel', name: 'ada', hostId: 'host-1' };
export const owner: Owner = { hostId: 'host-1', surface: 'VS Code window', pid: 4321, machine: 'here' };

export function created(given: Partial<CreatedTask> = {}): TaskFact {
  return {
    type: 'claude-panel.task.created',
    data: {
      title: 'Add a health endpoint',
      titleIsGiven: false,
      prompt: 'Add a health endpoint and test it',
      promptId: 'prompt-1',
      cwd: '/work/app',
      profile: {
        name: 'speed',
        source: 'built in',
        permissionMode: 'default',
        allowedTools: [],
        disallowedTools: [],
        mcpServers: {},
      },
      limits: {},
      by: ada,
      rehearsal: false,
      unattended: 'ask',
      ...given,
    },
  };
}

export function starting(hostId = owner.hostId): TaskFact {
  return {
    type: 'claude-panel.task.starting',
    data: { owner: { ...owner, hostId }, sessionId: 'session-1', resumes: false },
  };
}

export const turnStarted: TaskFact = {
  type: 'claude-panel.task.turnStarted',
  data: {
    sessionId: 'session-1',
    model: 'claude-sonnet-5-5',
    permissionMode: 'default',
    apiKeySource: 'none',
    cliVersion: '2.1.329',
    mcpServers: [],
  },
};

export function text(words: string): TaskFact {
  return { type: 'claude-panel.task.text', data: { messageId: 'message-1', text: words } };
}

export function toolStarted(toolUseId: string): TaskFact {
  return {
    type: 'claude-panel.task.toolStarted',
    data: { toolUseId, name: 'Bash', input: { command: 'npm test' }, summary: 'npm test' },
  };
}

export function toolEnded(toolUseId: string, output = 'ok'): TaskFact {
  return {
    type: 'claude-panel.task.toolEnded',
    data: { toolUseId, outcome: 'ok', output, outputTruncated: false },
  };
}

export function cost(costUsd: number): TaskFact {
  return { type: 'claude-panel.task.cost', data: { costUsd } };
}

export const succeeded: TaskFact = { type: 'claude-panel.task.succeeded', data: { result: 'Done.' } };

export function stopped(): TaskFact {
  return { type: 'claude-panel.task.stopped', data: { by: ada, leftOver: 0 } };
}

export const archived: TaskFact = { type: 'claude-panel.task.archived', data: { by: ada } };

export function approval(id: string, given: Partial<Approval> = {}): Approval {
  return {
    id,
    taskId: 'task-1',
    taskTitle: 'Add a health endpoint',
    folder: '/work/app',
    subject: {
      kind: 'tool',
      toolName: 'Bash',
      displayName: 'Bash',
      toolUseId: `tool-${id}`,
      input: { command: 'npm test' },
    },
    fingerprint: `fingerprint-${id}`,
    why: 'It runs a command.',
    blocks: 'The task waits.',
    choices: [
      { id: 'allowOnce', label: 'Allow once', grants: true, updates: [] },
      { id: 'allowProject', label: 'Allow', grants: true, updates: [], rule: 'Bash(npm test)', savedIn: 'settings' },
      { id: 'deny', label: 'Deny', grants: false, updates: [] },
    ],
    created: 1_000_000,
    status: { state: 'pending' },
    ...given,
  };
}

export function requested(asked: Approval): ApprovalFact {
  return { type: 'claude-panel.approval.requested', data: { approval: asked } };
}

export function answered(
  approvalId: string,
  at: number,
  choice: 'allowOnce' | 'allowProject' | 'deny' = 'allowOnce',
): ApprovalFact {
  return {
    type: 'claude-panel.approval.answered',
    data: { approvalId, at, by: ada, answer: { choice }, granted: choice !== 'deny', text: `ada: ${choice}` },
  };
}
