import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PanelServices } from '../../../src/app/panelServices.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import type { Task } from '../../../src/core/tasks/task.ts';
import { toolEntryId } from '../../../src/core/tasks/transcript.ts';
import { scripted } from '../rehearsal/rehearsalStage.ts';
import { ended, usePanelStage } from './panelStage.ts';

const stage = usePanelStage();

/** What a task tries, one after another. Nothing of it needs anything of the others. */
const CALLS = {
  read: { name: 'Read', input: { file_path: '{{cwd}}/kept.txt' } },
  readSecret: { name: 'Read', input: { file_path: '{{cwd}}/secret.txt' } },
  edit: { name: 'Edit', input: { file_path: '{{cwd}}/kept.txt', old_string: 'one', new_string: 'two' } },
  write: { name: 'Write', input: { file_path: '{{cwd}}/new.txt', content: 'new' } },
  writeOutside: { name: 'Write', input: { file_path: '{{cwd}}/../outside.txt', content: 'new' } },
  list: { name: 'Bash', input: { command: 'ls' } },
  touch: { name: 'Bash', input: { command: 'touch made' } },
  run: { name: 'Bash', input: { command: 'node -e 0' } },
} satisfies Record<string, { readonly name: string; readonly input: JsonObject }>;

type Call = keyof typeof CALLS;
type Verdict = 'asks' | 'allows' | 'denies';
type Table = Readonly<Record<Call, Verdict>>;

const ROUNDS = [...Object.values(CALLS).map(tool => `- tool: ${JSON.stringify(tool)}`), '- text: Done.'].join('\n');

const every = (verdict: Verdict): Table => ({
  read: verdict,
  readSecret: verdict,
  edit: verdict,
  write: verdict,
  writeOutside: verdict,
  list: verdict,
  touch: verdict,
  run: verdict,
});
/** Reading is free, and all that changes something is so. */
const changes = (verdict: Verdict): Table => ({
  ...every(verdict),
  read: 'allows',
  readSecret: 'allows',
  list: 'allows',
});

const ASK = 'Mode: Ask before changes. Asks before it writes files, runs commands that can change something';
const ASK_ALL = 'Mode: Ask for everything. Asks before every tool, reading included.';
const RULES = { permissions: { allow: ['Bash(touch *)', 'Edit'], deny: ['Read(secret.txt)'], ask: ['Bash(ls *)'] } };
const UNDER_RULES: Partial<Table> = {
  readSecret: 'denies',
  // A rule with a bare name is for this tool alone, and not for all that edit.
  edit: 'allows',
  list: 'asks',
  touch: 'allows',
};

interface Row {
  readonly title: string;
  readonly profile: string;
  /** The keys of the profile in the workspace's file. */
  readonly written?: string;
  /** The user's own settings of Claude Code. */
  readonly user?: JsonObject;
  readonly revealed?: boolean;
  /** What the picker says of it. */
  readonly says: readonly string[];
  readonly does: Table;
}

const ROWS: readonly Row[] = [
  { title: 'speed', profile: 'speed', says: [ASK], does: changes('asks') },
  { title: 'comprehensive', profile: 'comprehensive', says: [ASK], does: changes('asks') },
  { title: 'safe', profile: 'safe', says: [ASK_ALL], does: every('asks') },
  {
    title: 'acceptEdits',
    profile: 'edits',
    written: 'permissionMode: acceptEdits',
    revealed: true,
    says: [
      'Mode: Accept edits. Creates, changes and deletes files inside the folder without asking; asks before other',
    ],
    does: { ...changes('asks'), edit: 'allows', write: 'allows', touch: 'allows' },
  },
  {
    title: 'acceptEdits that the user does not reveal',
    profile: 'unrevealed edits',
    written: 'permissionMode: acceptEdits, allowedTools: [Edit]',
    says: [ASK, 'Not granted: "Accept edits" (acceptEdits).', 'Not granted: Edit.'],
    does: changes('asks'),
  },
  {
    title: 'plan',
    profile: 'plans',
    written: 'permissionMode: plan',
    says: ['Mode: Plan first. Reads and plans; asks you to approve the plan before it starts to change things.'],
    // Commands are judged by a service of Anthropic in this mode; where there is none, as behind a gateway, they are denied.
    does: { ...changes('asks'), touch: 'denies', run: 'denies' },
  },
  {
    title: 'dontAsk',
    profile: 'denies',
    written: 'permissionMode: dontAsk, allowedTools: ["Bash(touch *)"]',
    says: ['Mode: Deny instead of asking. Never asks: what no rule allows is denied.', 'touch *'],
    does: { ...changes('denies'), touch: 'allows' },
  },
  {
    title: 'rules of the profile',
    profile: 'rules of its own',
    written: 'allowedTools: ["Bash(touch *)"], disallowedTools: ["Read(secret.txt)", "Bash(node *)"]',
    says: [ASK, 'touch *', 'Never: Read(secret.txt), Bash(node *)'],
    does: { ...changes('asks'), readSecret: 'denies', touch: 'allows', run: 'denies' },
  },
  {
    title: 'plan with everything asked',
    profile: 'careful plans',
    written: 'extends: safe, permissionMode: plan',
    says: ['Mode: Plan first, and ask for everything. Asks before every tool, reading included'],
    does: every('asks'),
  },
  {
    title: 'dontAsk with everything asked',
    profile: 'careful denials',
    written: 'extends: safe, permissionMode: dontAsk',
    says: ['Mode: Deny everything.'],
    does: every('denies'),
  },
  {
    title: 'speed under rules of the user',
    profile: 'speed',
    user: RULES,
    says: [ASK],
    does: { ...changes('asks'), ...UNDER_RULES },
  },
  {
    title: 'safe under rules of the user',
    profile: 'safe',
    user: RULES,
    says: [ASK_ALL],
    does: { ...every('asks'), readSecret: 'denies' },
  },
  {
    title: 'dontAsk under rules of the user',
    profile: 'denies',
    written: 'permissionMode: dontAsk',
    user: RULES,
    says: ['Mode: Deny instead of asking.'],
    does: { ...changes('denies'), ...UNDER_RULES, list: 'denies' },
  },
];

async function start(services: PanelServices, profile: string): Promise<Task> {
  const by = services.actor('panel');
  const input = { prompt: scripted(ROUNDS), profile, unattended: 'allow', by } as const;
  const first = await services.startTask(input);
  if (first.kind === 'started') {
    return first.task;
  }
  services.approvals.answer(first.approvalId, { choice: 'approveContent' }, by);
  const second = await services.startTask(input);
  if (second.kind !== 'started') {
    throw new Error(second.kind);
  }
  return second.task;
}

/** What became of each call: whoever is asked says yes here, so only what was never asked can be denied. */
function verdicts(services: PanelServices, { id }: Task): Record<string, Verdict> {
  const asked = new Set(
    services.log.approvals
      .ofTask(id)
      .flatMap(({ subject }) => (subject.kind === 'tool' ? [toolEntryId(subject.toolUseId)] : [])),
  );
  const { entries } = services.log.tasks.transcript(id, { from: 0, count: 1000 });
  const tools = entries.flatMap(entry => (entry.kind === 'tool' ? [entry] : []));
  return Object.fromEntries(
    Object.keys(CALLS).map((call, index) => {
      const entry = tools[index];
      const unasked = entry?.status === 'ok' ? 'allows' : 'denies';
      return [call, asked.has(entry?.id ?? '') ? 'asks' : unasked];
    }),
  );
}

describe('what a profile asks, allows and denies, with the real Claude Code', { timeout: 60_000 }, () => {
  it.each(ROWS)('is what the picker says of $title', async row => {
    const folder = path.join(stage().folder, 'project');
    mkdirSync(path.join(folder, '.claude-panel'), { recursive: true });
    mkdirSync(path.join(stage().folder, '.claude-config'));
    writeFileSync(path.join(folder, 'kept.txt'), 'one\n');
    writeFileSync(path.join(folder, 'secret.txt'), 'hush\n');
    writeFileSync(path.join(stage().folder, '.claude-config', 'settings.json'), JSON.stringify(row.user ?? {}));
    if (row.written !== undefined) {
      const text = `version: 1\nprofiles:\n  ${JSON.stringify(row.profile)}: { ${row.written} }\n`;
      writeFileSync(path.join(folder, '.claude-panel', 'profiles.yaml'), text);
    }
    const services = await stage().open({ folder, set: { revealAcceptEdits: row.revealed === true } });
    const { profiles } = await services.profiles();
    const grants = profiles.find(({ name }) => name === row.profile)?.grants.join('\n') ?? '';
    for (const words of row.says) {
      expect(grants).toContain(words);
    }
    const task = await start(services, row.profile);
    const { status } = await ended(services, task.id);
    expect(status.state).toBe('succeeded');
    expect(verdicts(services, task)).toEqual(row.does);
  });
});
