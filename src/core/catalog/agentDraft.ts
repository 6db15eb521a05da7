import { stringify } from 'yaml';
import * as z from 'zod';

/** Also the name of its file, on every system. */
const AGENT_NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Tools of Claude Code that an agent can be given. */
const AGENT_TOOLS = [
  'Bash',
  'Edit',
  'Glob',
  'Grep',
  'MultiEdit',
  'NotebookEdit',
  'Read',
  'Skill',
  'TodoWrite',
  'WebFetch',
  'WebSearch',
  'Write',
] as const;
const MCP_TOOL = /^mcp__[A-Za-z0-9_-]{1,200}$/;

/** An agent of Claude Code as a model drafts it: what it may not say, such as hooks or a permission mode, is not there. */
export const agentDraftSchema = z.strictObject({
  name: z.string().max(64).regex(AGENT_NAME, 'must be lower case words with hyphens between, such as code-reviewer'),
  description: z
    .string()
    .min(20)
    .max(1500)
    .refine(text => !/[\p{Cc}]/u.test(text.replaceAll('\n', '')), 'must not hold control characters'),
  tools: z
    .array(
      z.string().refine(tool => (AGENT_TOOLS as readonly string[]).includes(tool) || MCP_TOOL.test(tool), {
        error: `must be a tool that is known: ${AGENT_TOOLS.join(', ')}, or mcp__SERVER__TOOL`,
      }),
    )
    .min(1)
    .max(50),
  model: z.enum(['inherit', 'haiku', 'sonnet', 'opus']).optional(),
  prompt: z.string().min(50).max(50_000),
});
export type AgentDraft = z.infer<typeof agentDraftSchema>;

/** Where the agent stands, relative to the folder. */
export function agentFile({ name }: Pick<AgentDraft, 'name'>): string {
  return `.claude/agents/${name}.md`;
}

/** The file of the agent, as Claude Code reads it. Pure. */
export function agentText({ name, description, tools, model, prompt }: AgentDraft): string {
  const head = stringify(
    {
      name,
      description: description.replace(/\s*\n\s*/g, ' ').trim(),
      tools: [...new Set(tools)].join(', '),
      ...(model === undefined || model === 'inherit' ? {} : { model }),
    },
    { lineWidth: 0 },
  );
  return `---\n${head}---\n\n${prompt.trim()}\n`;
}
