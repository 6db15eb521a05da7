import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';
import { says, scripted, writes } from './support/script.ts';
import { agreeTo, runsOver } from './support/undoing.ts';

const TITLE = 'Write two drafts';

describe('a task that ran twice', () => {
  const stage = usePanelStage({
    // What the fork is told holds no answers of its own.
    scenario: "rules:\n  - reply: ['I know of: {{prompt}}']\n",
    files: { 'draft.txt': 'nothing yet\n' },
  });

  beforeAll(async () => {
    const first = [writes('draft.txt', 'first draft\n'), says('The first is written.')].join('\n');
    const { code, stderr } = await stage().command('run', '--approve', 'allow', scripted(TITLE, first));
    expect(code, stderr).toBe(0);
    const second = [writes('draft.txt', 'second draft\n'), writes('more.txt', 'more\n'), says('And the second.')];
    const { id } = await stage().task(TITLE);
    const next = await stage().command('resume', id, scripted('Once more', second.join('\n')));
    expect(next.code, next.stderr).toBe(0);
    // The window takes it from the queue.
    await waitFor('the second run to have written', () => stage().has('more.txt'));
    await runsOver(stage(), TITLE, 2);
    expect(stage().read('draft.txt')).toBe('second draft\n');
  });

  const strip = () => stage().panel.frame.getByRole('group', { name: 'Changes of the task' });

  /** What Claude Code has stored of the session that holds these words. */
  function storedConversation(words: string): string {
    const root = stage().session.host.folder;
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.jsonl') && name.includes('projects'))
      .map(name => readFileSync(path.join(root, name), 'utf8'))
      .filter(text => text.includes(words))
      .join('\n');
  }

  it('is undone only as far as its last run went, and redone from the panel', async () => {
    const { workbench, panel } = stage();
    await workbench.command('Claude: Unfuck This');
    await workbench.quickInput.pick('Unfuck This: What?', `The last run of "${TITLE}"`);
    await agreeTo(workbench, 'Undo', TITLE);
    await waitFor('the second draft to be gone', () => stage().read('draft.txt') === 'first draft\n');
    await waitFor('the other file to be gone', () => !stage().has('more.txt'));

    await panel.open();
    await panel.row(TITLE, 'Done, Last run undone').click();
    await strip().getByText('Its last run is undone.').waitFor();
    await strip().getByRole('button', { name: 'Redo…' }).click();
    await agreeTo(workbench, 'Redo', TITLE);
    await waitFor('the second draft to be back', () => stage().read('draft.txt') === 'second draft\n');
    await strip().getByRole('button', { name: 'Review' }).waitFor();
  });

  it('goes on, after the undo, with the conversation as it was before that run', async () => {
    const { workbench, panel } = stage();
    await panel.openTask(TITLE);
    await strip().getByRole('button', { name: 'Undo…' }).click();
    await workbench.quickInput.pick(`Undo what of "${TITLE}"?`, 'Only Its Last Run');
    await agreeTo(workbench, 'Undo', TITLE);
    const question = `From before the last run of "${TITLE}": what should Claude do?`;
    const isAsked = (): Promise<boolean> => workbench.quickInput.asked(question).isVisible();
    await workbench.notifications.press('Undone: 1 put back, 1 removed.', 'Fork from Before…', isAsked);
    await workbench.quickInput.answer(question, 'What do you know?');
    await panel.heading('What do you know?').waitFor();
    await panel.transcriptWith('I know of: What do you know?');
    const { id } = await stage().taskIn('What do you know?', 'succeeded');
    const [created] = stage().data.events(id, 'task.created');
    expect(JSON.stringify(created)).toContain(TITLE);
    const conversation = storedConversation('What do you know?');
    expect(conversation).toContain('The first is written.');
    expect(conversation).not.toContain('And the second.');
  });

  it('makes room on the disk when a person asks for it', async () => {
    const { workbench } = stage();
    await runsOver(stage(), 'What do you know?', 1);
    await workbench.command('Claude: Free Snapshot Space…');
    await workbench.quickInput.pick('Which may go?', 'All but the Newest');
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove', exact: true }).click();
    await workbench.notifications.told('snapshots were removed');
    const { code, stderr } = await stage().command('undo', '--list');
    expect(code).toBe(0);
    expect(stderr).toContain('1 snapshot takes');
  });
});
