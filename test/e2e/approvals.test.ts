import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';
import { runs, says, writes } from './support/script.ts';
import { shownText } from './support/shownText.ts';

const ME = userInfo().username;

describe('what a task asks', () => {
  const stage = usePanelStage({ files: { 'kept.txt': 'one\ntwo\n' } });

  async function answersTo(title: string): Promise<readonly string[]> {
    return stage().data.answers((await stage().task(title)).id);
  }

  it('shows the change, why it is asked, and the rule of each answer, and writes only when it is allowed', async () => {
    const { panel } = stage();
    await panel.runScript('Write it', writes('kept.txt', 'one\nthree\n'), says('Done.'));
    const card = await panel.card('Write it: Overwrite kept.txt');
    const text = await shownText(card.root);
    expect(text).toContain('one\nremoved:\ntwo\nadded:\nthree');
    expect(text).toContain('Asked because edits ask in the profile "speed".');
    expect(await card.moreChoices()).toEqual([
      'Allow for this task\nSaved in this task only\nmode acceptEdits: edits in the folder are not asked',
    ]);
    expect(stage().read('kept.txt')).toBe('one\ntwo\n');
    await card.press('Allow');
    expect(await card.settled()).toBe(`Allowed by ${ME}, in the panel`);
    await panel.state('Done');
    expect(stage().read('kept.txt')).toBe('one\nthree\n');
  });

  it('opens the whole change in the diff editor, and closing that answers nothing', async () => {
    const { panel, workbench } = stage();
    await panel.runScript('Look closer', writes('new.txt', 'brand new\n'), says('Done.'));
    const card = await panel.card('Look closer: Create new.txt');
    await card.button('Open diff').click();
    await workbench.page.getByRole('tab', { name: /^new\.txt \(now ↔ proposed\)/ }).waitFor();
    await waitFor('the proposal in the editor', async () => (await workbench.editorText()).includes('brand new'));
    await workbench.command('View: Close Editor');
    await workbench.page.getByRole('tab', { name: /^new\.txt/ }).waitFor({ state: 'detached' });
    expect(await answersTo('Look closer')).toEqual([]);
    await card.deny('');
    await panel.state('Done');
    expect(stage().has('new.txt')).toBe(false);
  });

  it('is not asked again in the task that was allowed it, and is asked in the next one', async () => {
    const { panel, data } = stage();
    await panel.runScript('Probe twice', runs('touch probe'), runs('touch probe'), says('Done.'));
    const card = await panel.card('Probe twice: Run a command touch probe');
    expect(await card.moreChoices()).toEqual([
      expect.stringMatching(/^Allow for this task\nSaved in this task only\nBash\(touch probe \*\)/),
      'Allow in this project\nSaved in .claude/settings.local.json\nBash(touch probe *)',
    ]);
    await card.choose(/^Allow for this task/);
    await panel.state('Done');
    const { id } = await stage().task('Probe twice');
    expect(data.events(id, 'approval.requested')).toHaveLength(1);
    expect(data.events(id, 'task.toolEnded').map(event => event.data)).toMatchObject([
      { outcome: 'ok' },
      { outcome: 'ok' },
    ]);
    expect(await answersTo('Probe twice')).toEqual([
      expect.stringMatching(/^Allow for this task; saved Bash\(touch probe \*\).* in this task only/),
    ]);
    await panel.runScript('Probe in another task', runs('touch probe'), says('Done.'));
    await (await panel.card('Probe in another task: Run a command touch probe')).deny('');
    await panel.state('Done');
  });

  it('tells Claude the words of a denial as they were typed', async () => {
    const { panel, data } = stage();
    await panel.runScript('Be refused', writes('refused.txt', 'x'), says('I was told: {{lastResult}}'));
    const words = 'Use "b.txt" instead; <b>keep</b> & $HOME\nas they are: ünïcode, 100 %';
    const card = await panel.card('Be refused: Create refused.txt');
    await card.deny(words);
    expect(await card.settled()).toBe(`Denied by ${ME}, in the panel`);
    await panel.state('Done');
    expect(data.words((await stage().task('Be refused')).id)).toContain(words);
    expect(stage().has('refused.txt')).toBe(false);
  });

  it('puts on the disk what a person made of the proposal before allowing it', async () => {
    const { panel, workbench } = stage();
    await panel.runScript('Propose it', writes('edited.txt', 'as proposed\n'), says('Done.'));
    const card = await panel.card('Propose it: Create edited.txt');
    await card.button('Edit first').click();
    await workbench.page.getByRole('tab', { name: /^edited\.txt \(now ↔ your edits\)/ }).waitFor();
    await workbench.page.locator('.part.editor .editor.modified .view-line').first().click();
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await workbench.page.keyboard.insertText('as a person wants it\n');
    await workbench.page.locator('.editor.modified .view-line').filter({ hasText: 'as a person wants it' }).waitFor();
    await workbench.page.getByRole('button', { name: /^Allow With These Edits/ }).click();
    expect(await card.settled()).toBe(`Allowed by ${ME}, in an editor`);
    await panel.state('Done');
    expect(stage().read('edited.txt')).toBe('as a person wants it\n');
    expect(await answersTo('Propose it')).toEqual([`Allow; the input was edited (${ME}, in an editor)`]);
    await workbench.page.getByRole('tab', { name: /^edited\.txt/ }).waitFor({ state: 'detached' });
  });

  it('is answered from a notification while the panel is out of sight', async () => {
    const { panel, workbench } = stage();
    await panel.runScript('Ask twice', runs('touch first'), runs('touch second'), says('Done.'));
    const first = await panel.card('Ask twice: Run a command touch first');
    await panel.hide();
    expect(await stage().command('approve', first.id)).toMatchObject({ code: 0 });
    await workbench.notifications.told('Run a command: touch second');
    expect(stage().has('second')).toBe(false);
    const isAnswered = async (): Promise<boolean> => (await answersTo('Ask twice')).length === 2;
    await workbench.notifications.press('Run a command: touch second', 'Allow', isAnswered);
    await stage().taskIn('Ask twice', 'succeeded');
    expect(await answersTo('Ask twice')).toEqual([
      `Allow (${ME}, on the command line)`,
      `Allow (${ME}, from a notification)`,
    ]);
    expect(stage().has('second')).toBe(true);
  });

  it('is answered from the palette, which shows the rule of each answer', async () => {
    const { panel, workbench } = stage();
    await panel.runScript('Ask the palette', runs('touch palette'), says('Done.'));
    const card = await panel.card('Ask the palette: Run a command touch palette');
    await workbench.command('Claude: Approve…');
    await workbench.quickInput.pick('Approve what?', 'Ask the palette');
    await workbench.quickInput.asked('Run a command: touch palette').waitFor();
    await expect
      .poll(() => workbench.quickInput.rows().allInnerTexts())
      .toEqual([
        'Allow',
        expect.stringMatching(/^Allow for this task\nSaves: Bash\(touch palette \*\).*\(this task only\)/),
        'Allow in this project\nSaves: Bash(touch palette *) (.claude/settings.local.json)',
        expect.stringMatching(/Show All of It$/),
      ]);
    await workbench.quickInput.pick('Run a command: touch palette', 'Allow');
    expect(await card.settled()).toBe(`Allowed by ${ME}, from the palette`);
    await panel.state('Done');
    expect(stage().has('palette')).toBe(true);
  });

  it('is answered from the command line, and the card says by whom', async () => {
    const { panel } = stage();
    await panel.runScript('Ask the shell', runs('touch shell'), says('Done.'));
    const card = await panel.card('Ask the shell: Run a command touch shell');
    // The card goes after a few seconds: the program may not have ended by then.
    const [settled, ended] = await Promise.all([card.settled(), stage().command('approve', card.id)]);
    expect(settled).toBe(`Allowed by ${ME}, on the command line`);
    expect(ended).toMatchObject({ code: 0 });
    await panel.state('Done');
    expect(stage().has('shell')).toBe(true);
  });
});
