import { createHash } from 'node:crypto';
import { createTwoFilesPatch } from 'diff';
import * as z from 'zod';
import type { JsonValue } from '../../../base/json.ts';
import { visibleText } from '../../../base/visibleText.ts';
import { type AgentDraft, agentDraftSchema, agentFile, agentText } from '../../../core/catalog/agentDraft.ts';
import { type PanelAction, panelAction } from '../panelAction.ts';
import { badDraft, changedSince } from './agentErrors.ts';
import { readAgent, writeAgentFile } from './agentPlace.ts';

/** Checks what a model drafted, and shows what writing it would change. Writes nothing. */
export const checkAgentAction: PanelAction = panelAction({
  name: 'check-agent',
  summary: 'Checks the draft of an agent and shows what would be written to .claude/agents.',
  input: z.strictObject({ draft: z.json() }),
  run: async ({ draft }, { folder }) => {
    const agent = checkedDraft(draft);
    const file = agentFile(agent);
    const before = await readAgent(folder, file);
    return {
      name: agent.name,
      file,
      before: digestOf(before),
      diff: visibleText(diffOf(file, before, agentText(agent))),
    };
  },
});

/** Writes the agent, if its file is still what it was when the difference was shown. */
export const writeAgentAction: PanelAction = panelAction({
  name: 'write-agent',
  summary: 'Writes the agent to .claude/agents.',
  input: z.strictObject({ draft: z.json(), before: z.string().max(64) }),
  run: async ({ draft, before }, { folder }) => {
    const agent = checkedDraft(draft);
    const file = agentFile(agent);
    const text = agentText(agent);
    const now = await readAgent(folder, file);
    // Run again after a crash, it may find its own work.
    if (now !== text) {
      if (digestOf(now) !== before) {
        throw changedSince(file);
      }
      await writeAgentFile(folder, file, text);
    }
    return { name: agent.name, file };
  },
});

function checkedDraft(draft: JsonValue): AgentDraft {
  const parsed = agentDraftSchema.safeParse(draft);
  if (!parsed.success) {
    throw badDraft(
      parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'draft'}: ${message}`),
    );
  }
  return parsed.data;
}

function diffOf(file: string, before: string | undefined, after: string): string {
  const from = before === undefined ? '/dev/null' : file;
  return createTwoFilesPatch(from, file, before ?? '', after, undefined, undefined, { context: 3 });
}

/** Empty for a file that is not there. */
function digestOf(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha256').update(text).digest('hex');
}
