import type { JsonObject } from '../../base/json.ts';
import { visibleText } from '../../base/visibleText.ts';
import { shownPath } from './shownPath.ts';

interface ToolHeadline {
  readonly headline: string;
  /** The command, path or address, whole. */
  readonly target: string;
}

interface Ask {
  readonly toolName: string;
  readonly displayName: string;
  readonly input: JsonObject;
  readonly folder: string;
  /** Whether the file that it names is there now; unknown when absent. */
  readonly fileExists?: boolean | undefined;
}

const WRITE_WORDS: Readonly<Record<string, string>> = { true: 'Overwrite', false: 'Create' };

/** What a tool call does, in two or three words, and on what. */
export function toolHeadline(ask: Ask): ToolHeadline {
  const { toolName, displayName, input, folder, fileExists } = ask;
  const text = (key: string): string => (typeof input[key] === 'string' ? input[key] : '');
  const path = (key: string): string => (text(key) === '' ? '' : shownPath(text(key), folder));
  switch (toolName) {
    case 'Bash':
    case 'PowerShell':
      return { headline: 'Run a command', target: visibleText(text('command')) };
    case 'Edit':
    case 'MultiEdit':
      return { headline: fileExists === false ? 'Create' : 'Edit', target: path('file_path') };
    case 'Write':
      return { headline: WRITE_WORDS[String(fileExists)] ?? 'Write', target: path('file_path') };
    case 'NotebookEdit':
      return { headline: 'Edit a notebook', target: path('notebook_path') };
    case 'Read':
      return { headline: 'Read', target: path('file_path') };
    case 'Glob':
    case 'Grep':
      return { headline: 'Search files', target: visibleText(text('pattern')) };
    case 'WebFetch':
      return { headline: 'Fetch a page', target: visibleText(text('url')) };
    case 'WebSearch':
      return { headline: 'Search the web', target: visibleText(text('query')) };
    case 'Task':
    case 'Agent':
      return { headline: 'Start an agent', target: visibleText(text('description')) };
    case 'Skill':
      return { headline: 'Use a skill', target: visibleText(text('skill') || text('command')) };
    default:
      return { headline: `Use ${otherTool(toolName, displayName)}`, target: firstText(input) };
  }
}

/** `mcp__linear__create_issue` is shown as "linear: create_issue", never by a name that the server chose itself. */
function otherTool(toolName: string, displayName: string): string {
  const [prefix, server, ...rest] = toolName.split('__');
  const name = prefix === 'mcp' && rest.length > 0 ? `${server}: ${rest.join('__')}` : displayName || toolName;
  return visibleText(name);
}

function firstText(input: JsonObject): string {
  const first = Object.values(input).find(value => typeof value === 'string');
  return typeof first === 'string' ? visibleText(first) : '';
}
