import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../../../src/cli/program.ts';
import { PanelFixture } from '../panelFixture.ts';

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
});
