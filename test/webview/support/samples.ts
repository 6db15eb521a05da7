import type { ApprovalBody, ApprovalCard } from '../../../src/protocol/approvalView.ts';
import type { ChainDetail, ChainStep, ChainSummary } from '../../../src/protocol/chainView.ts';
import type { PanelFacts } from '../../../src/protocol/panelView.ts';
import type { TaskDetail, TaskSummary } from '../../../src/protocol/taskView.ts';
import type { TranscriptItem } from '../../../src/protocol/transcriptView.ts';

/** A working day, at noon. */
export const NOW = new Date(2026, 10, 20, 12, 0, 0).getTime();

export function task(id: string, change: Partial<TaskSummary> = {}): TaskSummary {
  return {
    id,
    title: `Task ${id}`,
    state: 'running',
    activity: 'Thinking',
    profile: 'comprehensive',
    model: 'sonnet',
    created: NOW - 60_000,
    workedMs: 0,
    costUsd: 0.1,
    tokens: 1200,
    filesChanged: 0,
    agentsRunning: 0,
    todosDone: 0,
    todosTotal: 0,
    pendingApprovals: 0,
    pausing: false,
    unread: false,
    archived: false,
    rehearsal: false,
    ...change,
  };
}

export function chain(id: string, change: Partial<ChainSummary> = {}): ChainSummary {
  return {
    id,
    title: `Chain ${id}`,
    command: `global:${id}`,
    state: 'running',
    activity: '',
    created: NOW - 90_000,
    costUsd: 0.1,
    stepsDone: 0,
    stepsTotal: 3,
    pendingApprovals: 0,
    taskIds: [],
    stopping: false,
    ...change,
  };
}

export function chainStep(id: string, change: Partial<ChainStep> = {}): ChainStep {
  return {
    id,
    title: `Step ${id}`,
    kind: 'prompt',
    needs: [],
    state: 'waiting',
    note: '',
    costUsd: 0,
    taskIds: [],
    canRunAgain: false,
    ...change,
  };
}

export function chainDetail(id: string, change: Partial<ChainDetail> = {}): ChainDetail {
  return { id, description: '', cwd: '/home/kim/shop', inputs: [], steps: [], ...change };
}

export function detail(id: string, change: Partial<TaskDetail> = {}): TaskDetail {
  return {
    id,
    prompt: 'Do it',
    cwd: '/home/kim/shop',
    todos: [],
    mcpServers: [],
    messages: [],
    files: [],
    models: [],
    agents: [],
    limits: {},
    canContinue: true,
    canReview: true,
    ...change,
  };
}

export const TOOL_CHOICES: ApprovalCard['choices'] = [
  { id: 'allowOnce', label: 'Allow', role: 'primary' },
  { id: 'allowTask', label: 'Allow edits for this task', role: 'more', rule: 'Edit(src/**)', savedIn: 'this task' },
  {
    id: 'allowProject',
    label: 'Always allow in this project',
    role: 'more',
    rule: 'Edit(src/**)',
    savedIn: '.claude/settings.local.json',
  },
  { id: 'deny', label: 'Deny', role: 'deny' },
];

export function approval(id: string, body: ApprovalBody, change: Partial<ApprovalCard> = {}): ApprovalCard {
  return {
    id,
    taskId: 'health',
    taskTitle: 'Add a health endpoint',
    folder: '/home/kim/shop',
    body,
    why: 'Asked because edits ask in this profile.',
    blocks: 'Nothing else waits for it.',
    created: NOW - 42_000,
    choices: TOOL_CHOICES,
    status: { state: 'pending' },
    ...change,
  };
}

export function bash(command: string, change: Partial<Extract<ApprovalBody, { kind: 'tool' }>> = {}): ApprovalBody {
  return {
    kind: 'tool',
    toolName: 'Bash',
    headline: 'Run a command',
    target: command,
    input: JSON.stringify({ command }, null, 2),
    editable: true,
    hasHiddenCharacters: false,
    ...change,
  };
}

export function facts(change: Partial<PanelFacts> = {}): PanelFacts {
  return {
    trusted: true,
    hasFolder: true,
    rehearsal: false,
    selectedProfile: 'comprehensive',
    folders: [{ name: 'shop', path: '/home/kim/shop' }],
    health: [{ id: 'cli', level: 'ok', text: 'Claude Code 2.1.329, API key' }],
    todayUsd: 1.37,
    olderTasks: 0,
    profiles: [
      {
        name: 'speed',
        source: 'built in',
        description: 'A small model, no MCP server',
        grants: ['Model: haiku', 'Asks before edits and commands'],
        mcpServers: [],
        needsApproval: false,
      },
      {
        name: 'comprehensive',
        source: 'built in',
        description: 'Everything that is set up here',
        grants: ['Model: sonnet', 'Asks before edits and commands', 'At most 2 hours'],
        mcpServers: ['linear: npx -y linear-mcp', 'postgres: ./tools/pg-mcp --read-only'],
        needsApproval: true,
      },
      {
        name: 'safe',
        source: 'built in',
        description: 'Asks for everything',
        grants: ['Model: sonnet', 'Asks before every tool'],
        mcpServers: [],
        needsApproval: false,
      },
      {
        name: 'nightly',
        source: 'workspace',
        description: 'Long runs',
        grants: [],
        mcpServers: [],
        problem: '.claude-panel/profiles.yaml, line 12: "effort" must be low, medium or high.',
        needsApproval: false,
      },
    ],
    ...change,
  };
}

export function textItem(id: string, text: string): TranscriptItem {
  return { kind: 'text', id, at: NOW, text, messageId: `m-${id}` };
}

export function toolItem(id: string, change: Partial<Extract<TranscriptItem, { kind: 'tool' }>> = {}): TranscriptItem {
  return {
    kind: 'tool',
    id,
    at: NOW,
    toolUseId: `use-${id}`,
    name: 'Bash',
    summary: 'npm test',
    input: '{\n  "command": "npm test"\n}',
    status: 'ok',
    durationMs: 6200,
    ...change,
  };
}
