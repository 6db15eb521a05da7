import type { IconName } from '../parts/icon.ts';

const ICONS: Readonly<Record<string, IconName>> = {
  Bash: 'terminal',
  PowerShell: 'terminal',
  BashOutput: 'terminal',
  KillShell: 'terminal',
  Read: 'file',
  Write: 'new-file',
  Edit: 'edit',
  MultiEdit: 'edit',
  NotebookEdit: 'edit',
  Glob: 'search',
  Grep: 'search',
  WebFetch: 'globe',
  WebSearch: 'globe',
  Task: 'agent',
  Agent: 'agent',
  TodoWrite: 'checklist',
  TaskCreate: 'checklist',
  TaskUpdate: 'checklist',
  AskUserQuestion: 'question',
  ExitPlanMode: 'checklist',
  Skill: 'tools',
};

export function toolIcon(name: string): IconName {
  return ICONS[name] ?? (name.startsWith('mcp__') ? 'mcp' : 'tools');
}

const PLAN_TOOLS: ReadonlySet<string> = new Set(['TodoWrite', 'TaskCreate', 'TaskUpdate', 'TaskList', 'TaskGet']);

/** Whether the call only keeps the agent's own list of steps. */
export function isPlanTool(name: string): boolean {
  return PLAN_TOOLS.has(name);
}

/** `mcp__linear__create_issue` as "linear: create_issue". */
export function toolTitle(name: string): string {
  const [prefix, server, ...rest] = name.split('__');
  return prefix === 'mcp' && rest.length > 0 ? `${server}: ${rest.join('__')}` : name;
}

/** The summary says by itself what is done. */
export function toolLine(name: string, summary: string): string {
  return summary === '' ? toolTitle(name) : summary;
}

/** Lines of output shown without being asked for: what a command prints is read, what a file holds is not. */
export function previewLines(name: string, failed: boolean): number {
  if (failed) {
    return 4;
  }
  switch (name) {
    case 'Bash':
    case 'PowerShell':
      return 3;
    case 'Task':
    case 'Agent':
      return 3;
    default:
      return 0;
  }
}
