import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../../src/cli/program.ts';
import type { PersonAsk } from '../../../../src/core/approvals/approvalFromAsk.ts';
import { ADA, PanelFixture, writeAsk } from '../panelFixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'panel-'));
  mkdirSync(path.join(folder, '.claude-panel'));
  writeFileSync(path.join(folder, '.claude-panel', 'panel.db'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

function callTool(panel: PanelFixture, taskId: string, toolUseId: string, decision: string): void {
  panel.append(taskId, {
    type: 'claude-panel.task.toolStarted',
    data: { toolUseId, name: 'Bash', input: { command: toolUseId }, summary: '' },
  });
  panel.append(taskId, {
    type: 'claude-panel.task.toolEnded',
    data: { toolUseId, outcome: 'ok', output: '', outputTruncated: false, decision },
  });
  panel.clock.advance(1000);
}

describe('ledger', () => {
  it('tells what was decided without asking, and by what, newest first', async () => {
    const panel = new PanelFixture({ folder });
    const { id } = panel.addTask('Tidy up');
    callTool(panel, id, 'one', 'accept:config:rule');
    callTool(panel, id, 'two', 'accept:user_temporary');
    callTool(panel, id, 'three', 'accept:config:mode');
    callTool(panel, id, 'four', 'reject:hook');
    expect(await execute(['ledger', '--json'], panel.context)).toBe(0);
    const rows = JSON.parse(panel.test.out()) as { target: { command: string }; decision: string; profile: string }[];
    expect(rows.map(row => [row.target.command, row.decision, row.profile])).toEqual([
      ['four', 'denied by a hook', 'safe'],
      ['three', 'allowed by the permission mode', 'safe'],
      ['one', 'allowed by a rule', 'safe'],
    ]);
  });

  it('tells why something was asked, with the word of Claude Code for it', async () => {
    const panel = new PanelFixture({ folder });
    const { id } = panel.addTask('Tidy up');
    const reason = { type: 'workingDir', text: 'The file is outside.' };
    panel.ask(id, { ...writeAsk('a.txt'), reason } as PersonAsk);
    panel.desk.answer(`approval-of-${id}`, { choice: 'deny' }, ADA);
    expect(await execute(['ledger', '--json'], panel.context)).toBe(0);
    expect(JSON.parse(panel.test.out())).toMatchObject([
      { asked: true, why: 'Asked because: The file is outside.', reason: 'workingDir' },
    ]);
    const told = new PanelFixture({ folder });
    told.ask(told.addTask('Tidy up').id, { ...writeAsk('a.txt'), reason } as PersonAsk, 'q1');
    told.desk.answer('q1', { choice: 'deny' }, ADA);
    await execute(['ledger'], told.context);
    expect(told.test.out()).toContain('(Asked because: The file is outside. [workingDir])');
  });

  it('tells what a person said, and what ran in the place of what was asked for', async () => {
    const panel = new PanelFixture({ folder });
    panel.ask(panel.addTask('Tidy up').id, writeAsk('a.txt'), 'q1');
    const updatedInput = { file_path: '/work/b.txt', content: 'other' };
    panel.desk.answer('q1', { choice: 'allowOnce', message: 'Beside it.', updatedInput }, ADA);
    expect(await execute(['ledger', '--json'], panel.context)).toBe(0);
    expect(JSON.parse(panel.test.out())).toMatchObject([{ message: 'Beside it.', ranWith: updatedInput }]);
    const told = new PanelFixture({ folder });
    told.ask(told.addTask('Tidy up').id, writeAsk('a.txt'), 'q1');
    told.desk.answer('q1', { choice: 'allowOnce', message: 'Beside it.', updatedInput }, ADA);
    await execute(['ledger'], told.context);
    expect(told.test.out()).toContain('Said: Beside it. Ran with: {"file_path":"/work/b.txt","content":"other"}');
  });
});
