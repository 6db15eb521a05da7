/** What a rule lets run without asking: any edit, any command, or something narrower. */
type RuleBreadth = 'edits' | 'commands' | 'narrow';

const EDIT_TOOLS = new Set(['edit', 'write', 'multiedit', 'notebookedit']);
const COMMAND_TOOLS = new Set(['bash', 'powershell', 'monitor']);
/** With whatever follows, these run any other program. */
const RUNS_ANYTHING = new Set(
  'sh bash zsh dash fish ksh csh pwsh powershell cmd eval exec source env xargs nohup setsid timeout time sudo doas su nice ssh node deno bun npx bunx pnpx python python3 perl ruby php lua osascript'.split(
    ' ',
  ),
);
const EVERYTHING = /^[\s:*/.~]*$/;

interface ToolRule {
  readonly tool: string;
  /** What stands in the brackets. */
  readonly content?: string;
}

export function parseToolRule(rule: string): ToolRule {
  const bracket = rule.indexOf('(');
  return bracket < 0
    ? { tool: rule.trim() }
    : { tool: rule.slice(0, bracket).trim(), content: rule.slice(bracket + 1).replace(/\)\s*$/, '') };
}

export function ruleBreadth(rule: string): RuleBreadth {
  const { tool, content = '' } = parseToolRule(rule);
  const name = tool.toLowerCase();
  const isPattern = name.endsWith('*') && !name.startsWith('mcp__');
  if (isPattern || (COMMAND_TOOLS.has(name) && grantsAnyCommand(content))) {
    return 'commands';
  }
  return EDIT_TOOLS.has(name) && EVERYTHING.test(content) ? 'edits' : 'narrow';
}

/** True when what stands before the wildcard names no program of its own: nothing, or programs that run others. */
function grantsAnyCommand(content: string): boolean {
  const wildcard = content.indexOf('*');
  if (EVERYTHING.test(content)) {
    return true;
  }
  if (wildcard < 0) {
    return false;
  }
  const prefix = content.slice(0, wildcard);
  const words = prefix.split(/[\s:]+/).filter(word => word !== '');
  const openWord = /[\s:]$/.test(prefix) ? undefined : words.pop();
  const onlyRunners = words.every(word => isOption(word) || RUNS_ANYTHING.has(program(word)));
  const openToAny =
    openWord === undefined || isOption(openWord) || [...RUNS_ANYTHING].some(name => name.startsWith(program(openWord)));
  return onlyRunners && openToAny;
}

function isOption(word: string): boolean {
  return word.startsWith('-') || word.includes('=');
}

function program(word: string): string {
  const name = word.split(/[\\/]/).at(-1) ?? '';
  return name.replace(/\.(?:exe|cmd|bat)$/i, '').toLowerCase();
}
