import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import type { Approval } from '../../../src/core/approvals/approval.ts';
import { ApprovalCards } from '../../../src/vscode/approvalCards.ts';
import { SETTLED_KEPT_MS } from '../../../src/vscode/settledApprovals.ts';
import { ManualClock } from '../../fixtures/manualClock.ts';
import { memoryServices } from './support/memoryServices.ts';
import { ada, toolApproval } from './support/samples.ts';

describe('ApprovalCards', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'cards-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const inFolder = (toolName: string, input: Record<string, string>): Approval => ({
    ...toolApproval(toolName, input),
    folder,
  });
  const bodyOf = async (approval: Approval): Promise<unknown> =>
    (await new ApprovalCards(systemClock).card(approval)).body;

  it('compares a proposal with the file as it is', async () => {
    writeFileSync(path.join(folder, 'a.ts'), 'one\ntwo\n');
    const body = await bodyOf(inFolder('Edit', { file_path: 'a.ts', old_string: 'two', new_string: '2' }));
    expect(body).toMatchObject({ headline: 'Edit', diff: { path: 'a.ts', added: 1, removed: 1 } });
  });

  it('tells creating from overwriting', async () => {
    const write = inFolder('Write', { file_path: 'a.ts', content: 'new\n' });
    expect(await bodyOf(write)).toMatchObject({ headline: 'Create', diff: { added: 1, removed: 0 } });
    writeFileSync(path.join(folder, 'a.ts'), 'old\n');
    expect(await bodyOf(write)).toMatchObject({ headline: 'Overwrite', diff: { added: 1, removed: 1 } });
  });

  it('shows the texts alone when the file does not hold what would be replaced', async () => {
    writeFileSync(path.join(folder, 'a.ts'), 'other\n');
    const body = await bodyOf(inFolder('Edit', { file_path: 'a.ts', old_string: 'two', new_string: '2' }));
    expect(body).toMatchObject({ diff: { added: 1, removed: 1 } });
  });

  it('reads no binary, no folder and no device', async () => {
    writeFileSync(path.join(folder, 'binary'), 'a\0b');
    mkdirSync(path.join(folder, 'folder'));
    for (const file_path of ['binary', 'folder', '/dev/zero']) {
      expect(await bodyOf(inFolder('Edit', { file_path, old_string: 'a', new_string: 'b' }))).toMatchObject({
        diff: { added: 1, removed: 1 },
      });
    }
  });

  it('shows a proposal without its file only where that cannot be read within two seconds', async () => {
    writeFileSync(path.join(folder, 'a.ts'), 'old\n');
    const write = inFolder('Write', { file_path: 'a.ts', content: 'new\n' });
    const bodyAfter = async (milliseconds: number): Promise<unknown> => {
      const clock = new ManualClock();
      const card = new ApprovalCards(clock).card(write);
      clock.advance(milliseconds);
      return (await card).body;
    };
    expect(await bodyAfter(1_999)).toMatchObject({ diff: { added: 1, removed: 1 } });
    expect(await bodyAfter(2_000)).toMatchObject({ diff: { added: 1, removed: 0 } });
  });

  it('forgets a question some seconds after it was settled, not before every view has shown that', async () => {
    const clock = new ManualClock();
    const { services, newTask } = memoryServices(clock);
    const cards = new ApprovalCards(clock);
    cards.follow(services);
    const task = newTask('go');
    const approval = { ...inFolder('Write', { file_path: 'a.ts', content: 'new\n' }), taskId: task.id };
    services.log.append([
      { subject: task.id, facts: [{ type: 'claude-panel.approval.requested', data: { approval } }] },
    ]);
    await cards.card(approval);
    services.approvals.answer(approval.id, { choice: 'deny' }, ada);
    const settled = services.log.approvals.get(approval.id) ?? approval;
    for (const view of ['sidebar', 'editor']) {
      expect((await cards.card(settled)).body, view).toMatchObject({ diff: { added: 1 } });
    }
    clock.advance(SETTLED_KEPT_MS);
    expect(cards.remembered).toBe(0);
  });

  it('keeps the diff that was shown when the question was asked', async () => {
    const cards = new ApprovalCards(systemClock);
    const write = inFolder('Write', { file_path: 'a.ts', content: 'new\n' });
    const first = await cards.card(write);
    writeFileSync(path.join(folder, 'a.ts'), 'in between\n');
    expect((await cards.card(write)).body).toEqual(first.body);
  });
});
