import type { JsonObject, JsonValue } from '../../base/json.ts';

const LONGEST = 300;

/** One line that says what a tool call does, such as `npm test` or `Edit src/server.ts`. Untrusted text. */
export function toolSummary(name: string, input: JsonObject, cwd: string): string {
  return oneLine(describe(name, input, cwd));
}

function describe(name: string, input: JsonObject, cwd: string): string {
  const text = (key: string): string => asText(input[key]);
  switch (name) {
    case 'Bash':
    case 'BashOutput':
    case 'KillShell':
    case 'Monitor':
      return text('command') || name;
    case 'Read':
    case 'Edit':
    case 'Write':
    case 'MultiEdit':
      return `${name} ${relativePath(text('file_path'), cwd)}`;
    case 'NotebookEdit':
      return `Edit ${relativePath(text('notebook_path'), cwd)}`;
    case 'Glob':
      return `Find ${text('pattern')}`;
    case 'Grep':
      return `Search ${text('pattern')}`;
    case 'WebFetch':
      return `Fetch ${text('url')}`;
    case 'WebSearch':
      return `Search the web for ${text('query')}`;
    case 'Agent':
    case 'Task':
      return `${text('subagent_type') || 'Agent'}: ${text('description')}`;
    case 'TodoWrite':
    case 'TaskCreate':
    case 'TaskUpdate':
      return `Plan: ${text('subject') || text('status') || 'steps'}`;
    case 'AskUserQuestion':
      return 'Ask you';
    case 'ExitPlanMode':
      return 'Present the plan';
    case 'Skill':
      return `Skill ${text('skill') || text('command')}`;
    default:
      return name.startsWith('mcp__') ? describeMcp(name) : `${name} ${firstText(input)}`.trim();
  }
}

function describeMcp(name: string): string {
  const [, server = '', ...tool] = name.split('__');
  return `${server}: ${tool.join('__')}`;
}

/** A path as a person in the folder would write it. */
export function relativePath(path: string, cwd: string): string {
  const base = cwd.endsWith('/') || cwd.endsWith('\\') ? cwd : `${cwd}${cwd.includes('\\') ? '\\' : '/'}`;
  return path.startsWith(base) ? path.slice(base.length) : path;
}

function firstText(input: JsonObject): string {
  return asText(Object.values(input).find(value => typeof value === 'string' && value !== ''));
}

function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
