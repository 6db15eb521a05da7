import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approvalFromAsk } from '../../../src/core/approvals/approvalFromAsk.ts';
import type { PermissionRule } from '../../../src/core/claude/claudeAsk.ts';
import { requested, toolEnded, toolStarted } from '../../contract/panelLog/sampleFacts.ts';
import { ADA, AppStage, SPEED } from './appStage.ts';

const TEST_RULE: PermissionRule = { toolName: 'Bash', ruleContent: 'npm test' };

/** Claude asks in a task, and the person allows it for the project. */
function allowInProject(
  stage: AppStage,
  taskId: string,
  rule: PermissionRule = TEST_RULE,
  choice: 'allowProject' | 'allowTask' | 'allowOnce' = 'allowProject',
): void {
  const toolUseId = `tool-${rule.ruleContent}`;
  const approval = approvalFromAsk(
    {
      kind: 'tool',
      requestId: 'request',
      toolName: rule.toolName,
      toolUseId,
      input: { command: rule.ruleContent ?? '' },
      suggestions: [{ type: 'addRules', rules: [rule], behavior: 'allow', destination: 'localSettings' }],
      requiresUser: false,
      onceOnly: false,
    },
    {
      id: `approval-${rule.ruleContent}`,
      taskId,
      taskTitle: 'Task',
      folder: stage.folder,
      permissionMode: 'default',
      profile: 'speed',
      now: 1,
    },
  );
  stage.append(taskId, toolStarted(toolUseId), requested(approval));
  stage.desk.answer(approval.id, { choice }, ADA);
}

/** As Claude Code does it. */
function save(stage: AppStage, settings: object): void {
  mkdirSync(join(stage.folder, '.claude'), { recursive: true });
  writeFileSync(join(stage.folder, '.claude', 'settings.local.json'), JSON.stringify(settings));
}

const allow = (...rules: string[]): object => ({ permissions: { allow: rules } });

async function isAsked(stage: AppStage): Promise<boolean> {
  const { profiles } = await stage.profiles.load();
  const { unapproved } = await stage.profiles.checkLaunch(SPEED, stage.folder);
  expect(profiles.find(({ name }) => name === 'speed')?.needsApproval).toBe(unapproved !== undefined);
  return unapproved !== undefined;
}

describe('a rule that was allowed for the project', () => {
  it('is not asked about again when Claude Code has written it', async () => {
    const stage = new AppStage();
    stage.starting('a');
    allowInProject(stage, 'a');
    expect(await isAsked(stage)).toBe(false);
    save(stage, allow('Bash(npm test)'));
    expect(await isAsked(stage)).toBe(false);
    expect(stage.grants.list()).toMatchObject([{ kind: 'workspaceContent', by: 'ada, in the panel' }]);
  });

  it('is remembered when its tool has ended, so that it counts after a restart, too', async () => {
    const stage = new AppStage({ '.claude/settings.local.json': JSON.stringify(allow('Bash(make)')) });
    await stage.approveAsItIs();
    stage.starting('a');
    allowInProject(stage, 'a');
    save(stage, allow('Bash(make)', 'Bash(npm test)'));
    stage.append('a', toolEnded('tool-npm test'));
    expect(stage.looks).toHaveLength(1);
    await Promise.all(stage.looks);
    // As another process, which knows the grants and nothing of the answer.
    const { folder, grants } = stage;
    const later = new AppStage({}, { folder, grants });
    expect(later.allowedRules.in(folder)).toEqual([]);
    expect(await isAsked(later)).toBe(false);
  });

  it('is forgotten after the end of its task', async () => {
    const stage = new AppStage();
    stage.starting('a');
    allowInProject(stage, 'a');
    stage.append('a', { type: 'claude-panel.task.succeeded', data: { result: '' } });
    await Promise.all(stage.looks);
    await expect.poll(() => stage.allowedRules.in(stage.folder)).toEqual([]);
    save(stage, allow('Bash(npm test)'));
    expect(await isAsked(stage)).toBe(true);
  });

  it('counts for several rules of tasks that run at once', async () => {
    const stage = new AppStage();
    stage.starting('a');
    stage.starting('b');
    allowInProject(stage, 'a');
    allowInProject(stage, 'b', { toolName: 'Bash', ruleContent: 'npm run lint' });
    save(stage, allow('Bash(npm test)', 'Bash(npm run lint)'));
    stage.append('a', toolEnded('tool-npm test'));
    await Promise.all(stage.looks);
    expect(await isAsked(stage)).toBe(false);
  });

  it('is known in the form in which Claude Code writes brackets', async () => {
    const stage = new AppStage();
    stage.starting('a');
    allowInProject(stage, 'a', { toolName: 'Bash', ruleContent: 'echo (a)' });
    save(stage, allow('Bash(echo \\(a\\))'));
    expect(await isAsked(stage)).toBe(false);
  });

  it.each([
    ['another rule came with it', allow('Bash(npm test)', 'Bash')],
    ['a wider rule was written', allow('Bash(npm *)')],
    [
      'a hook came with it',
      { ...allow('Bash(npm test)'), hooks: { Stop: [{ hooks: [{ type: 'command', command: 'x' }] }] } },
    ],
    ['another right came with it', { permissions: { allow: ['Bash(npm test)'], additionalDirectories: ['/'] } }],
  ])('is asked about when %s', async (_what, settings) => {
    const stage = new AppStage();
    stage.starting('a');
    allowInProject(stage, 'a');
    save(stage, settings);
    expect(await isAsked(stage)).toBe(true);
    expect(stage.grants.list()).toEqual([]);
  });

  it('does not cover another file that allows the same', async () => {
    const stage = new AppStage({ '.claude/settings.json': JSON.stringify(allow('Bash(npm test)')) });
    stage.starting('a');
    allowInProject(stage, 'a');
    expect(await isAsked(stage)).toBe(true);
  });

  it('does not cover what was not approved before', async () => {
    const stage = new AppStage({ '.claude/settings.local.json': JSON.stringify(allow('Bash(make)')) });
    stage.starting('a');
    allowInProject(stage, 'a');
    save(stage, allow('Bash(make)', 'Bash(npm test)'));
    expect(await isAsked(stage)).toBe(true);
  });

  it('covers the profiles that were approved, and no other', async () => {
    const stage = new AppStage({ '.mcp.json': '{"mcpServers":{"files":{"command":"node"}}}' });
    stage.starting('a');
    allowInProject(stage, 'a');
    save(stage, allow('Bash(npm test)'));
    const { profiles } = await stage.profiles.load();
    const asked = Object.fromEntries(profiles.map(({ name, needsApproval }) => [name, needsApproval]));
    expect(asked).toEqual({ speed: false, comprehensive: true, safe: false });
  });

  it.each(['allowTask', 'allowOnce'] as const)('is asked about when the answer was %s', async choice => {
    const stage = new AppStage();
    stage.starting('a');
    allowInProject(stage, 'a', TEST_RULE, choice);
    save(stage, allow('Bash(npm test)'));
    expect(await isAsked(stage)).toBe(true);
  });

  it('holds in its folder only', async () => {
    const stage = new AppStage();
    stage.starting('a');
    allowInProject(stage, 'a');
    expect(stage.allowedRules.in(stage.folder)).toHaveLength(1);
    expect(stage.allowedRules.in(join(stage.folder, 'sub'))).toEqual([]);
  });
});
