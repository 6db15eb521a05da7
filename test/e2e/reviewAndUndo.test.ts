import { beforeAll, describe, expect, it } from 'vitest';
import { PRESS_MS, pressUntil } from '../harness/pressUntil.ts';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';
import { runs, says, scripted, writes } from './support/script.ts';
import { agreeTo, planOf, runsOver } from './support/undoing.ts';

const LINES = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`);
const LONG = `${LINES.join('\n')}\n`;
const CHANGED = LONG.replace('line 2\n', 'LINE 2\n').replace('line 38\n', 'LINE 38\n');
const TITLE = 'Rework the notes';

describe('the changes of a task', () => {
  const stage = usePanelStage({
    // To comments the model only says something.
    scenario: 'rules:\n  - reply: [I see.]\n',
    files: { 'notes.txt': LONG, 'gone.txt': 'I was here.\n', 'mine.txt': 'Mine.\n' },
  });
  const rework = [writes('notes.txt', CHANGED), runs('rm gone.txt && echo new > made.txt'), says('Reworked.')].join(
    '\n',
  );

  beforeAll(async () => {
    const { code, stderr } = await stage().command('run', '--approve', 'allow', scripted(TITLE, rework));
    expect(code, stderr).toBe(0);
  });

  const reviewRow = (name: RegExp | string) =>
    stage().workbench.page.locator('.pane', { hasText: 'Review' }).getByRole('treeitem', { name });
  const press = (row: RegExp, action: string, then: RegExp): Promise<void> =>
    pressUntil(
      `${then} in the review`,
      () => reviewRow(then).first().isVisible(),
      async () => {
        await reviewRow(row).first().hover({ timeout: PRESS_MS });
        const button = reviewRow(row).first().getByRole('button', { name: action, exact: true });
        await button.click({ timeout: PRESS_MS });
      },
      3_000,
    );

  it('are reviewed as one diff, with what shell commands changed', async () => {
    const { panel, workbench } = stage();
    await panel.openTask(TITLE);
    await panel.tab('Changes');
    await panel.button('Review').click();
    await reviewRow(/^notes\.txt, changed, \+2 −2/).waitFor();
    await reviewRow(/^gone\.txt, deleted/).waitFor();
    await reviewRow(/^made\.txt, new/).waitFor();
    expect(await reviewRow(/mine\.txt/).count()).toBe(0);
    await workbench.page.locator('.tab', { hasText: `Review: ${TITLE}` }).waitFor();
    await workbench.page.getByText('0 of 3 files reviewed. +3 −3').waitFor();
  });

  it('are put back by hunk, and made again', async () => {
    const twistie = reviewRow(/^notes\.txt/).locator('.monaco-tl-twistie');
    await pressUntil(
      'the hunks of the file',
      () => reviewRow(/^\+ LINE 38/).isVisible(),
      () => twistie.click({ timeout: PRESS_MS }),
      3_000,
    );
    await press(/^\+ LINE 38/, 'Put Back', /^\+ LINE 38.*put back/);
    expect(stage().read('notes.txt')).toBe(LONG.replace('line 2\n', 'LINE 2\n'));
    await press(/^\+ LINE 38/, 'Take Decision Back', /^\+ LINE 38(?!.*put back)/);
    expect(stage().read('notes.txt')).toBe(CHANGED);
  });

  it('are put back by file, and accepted', async () => {
    await press(/^gone\.txt/, 'Put Back', /^gone\.txt.*put back/);
    expect(stage().read('gone.txt')).toBe('I was here.\n');
    await press(/^gone\.txt/, 'Take Decision Back', /^gone\.txt(?!.*put back)/);
    expect(stage().has('gone.txt')).toBe(false);
    await press(/^made\.txt/, 'Accept Change', /^made\.txt.*accepted/);
    await stage().workbench.page.getByText('1 of 3 files reviewed.').waitFor();
  });

  it('are commented on, and the comments go to the task', async () => {
    const { workbench, data } = stage();
    // The editor of all changes shows this line, too, until the one of the file is there.
    await pressUntil(
      'the editor of the file',
      () => workbench.page.locator('.tab.active', { hasText: 'notes.txt (before the task ↔ now)' }).isVisible(),
      () => reviewRow(/^\+ LINE 38/).click({ timeout: PRESS_MS }),
      3_000,
    );
    const editor = workbench.page.locator('.editor.modified').first();
    await editor.getByText('LINE 38').first().click();
    await workbench.command('Comments: Add Comment on Current Selection');
    const box = workbench.page.locator('.review-widget .monaco-editor').first();
    await box.click();
    await workbench.page.keyboard.type('Please keep this lower case.');
    await workbench.page.locator('.review-widget').getByRole('button', { name: 'Add Comment' }).click();
    await workbench.command('Claude: Send Comments to Task');
    const { id } = await stage().task(TITLE);
    await waitFor('the message to have reached the task', () =>
      JSON.stringify(data.events(id, 'task.continued', 'task.messageQueued')).includes('Please keep this lower case.'),
    );
  });

  it('are undone after showing what is put back, and redone, by clicking', async () => {
    const { panel, workbench } = stage();
    await workbench.command('Claude: End Review');
    // What is written before the snapshot after a run counts as its work.
    await runsOver(stage(), TITLE, 2);
    stage().write('mine.txt', 'Still mine.\n');
    await panel.open();
    await panel.openTask(TITLE);
    await panel.tab('Changes');
    await panel.button('Undo…').click();
    await planOf(workbench, 'Undo', TITLE).getByText('gone.txt').waitFor();
    await agreeTo(workbench, 'Undo', TITLE);
    await workbench.notifications.told('Undone: 2 put back, 1 removed.');
    expect(stage().read('notes.txt')).toBe(LONG);
    expect(stage().has('made.txt')).toBe(false);
    expect(stage().read('mine.txt')).toBe('Still mine.\n');
    await workbench.notifications.press('Undone', 'Redo', () => planOf(workbench, 'Redo', TITLE).isVisible());
    await agreeTo(workbench, 'Redo', TITLE);
    await workbench.notifications.told('Redone');
    expect(stage().read('notes.txt')).toBe(CHANGED);
    expect(stage().has('gone.txt')).toBe(false);
    expect(stage().read('made.txt')).toBe('new\n');
  });

  it('show a conflict where a person went on, and keep the work', async () => {
    const { workbench } = stage();
    stage().write('notes.txt', `${CHANGED}My own line.\n`);
    await workbench.command('Claude: Undo Changes…');
    await workbench.quickInput.pick('Undo what?', TITLE);
    await planOf(workbench, 'Undo', TITLE).getByText('conflict: It was changed since the task left it.').waitFor();
    await agreeTo(workbench, 'Undo', TITLE);
    await workbench.notifications.told('Undone: 1 put back, 1 removed.');
    expect(stage().read('notes.txt')).toContain('My own line.');
  });
});
