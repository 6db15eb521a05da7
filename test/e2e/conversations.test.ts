import { userInfo } from 'node:os';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { usePanelStage } from './support/panelStage.ts';
import { runs, says } from './support/script.ts';
import { shownText } from './support/shownText.ts';

const ME = userInfo().username;

const SCENARIO = `
name: conversations
rules:
  - match: { prompt: what have we done }
    reply: [ We said hello. ]
  - match: { prompt: Continue where you stopped }
    reply:
      - tool: { name: Bash, input: { command: touch aside } }
      - Went on.
  - match: { followUp: true }
    reply: [ 'Heard meanwhile: {{prompt}}' ]
  - reply: [ 'You said: {{prompt}}' ]
`;

describe('a conversation with a task', () => {
  const stage = usePanelStage({ scenario: SCENARIO });

  function messages(): Locator {
    return stage().panel.frame.getByRole('list', { name: 'Messages on their way' }).getByRole('listitem');
  }

  async function say(text: string): Promise<void> {
    await stage().panel.followUp.fill(text);
    await stage().panel.button('Send').click();
    await messages().filter({ hasText: text }).waitFor();
  }

  async function change(from: string, to: string): Promise<void> {
    await messages().filter({ hasText: from }).getByRole('button', { name: 'Change this message' }).click();
    const field = messages().getByRole('textbox');
    await field.fill(to);
    await field.press('Enter');
    await messages().filter({ hasText: to }).waitFor();
  }

  it('is set aside without a process, and taken up again where it was', async () => {
    const { panel, data } = stage();
    await panel.runScript('Set aside', runs('touch aside'), says('Done.'));
    const before = await panel.card('Set aside: Run a command touch aside');
    const { id, session_id } = await stage().task('Set aside');
    await panel.button('Pause').click();
    expect(await before.settled()).toMatch(/^No longer asked/);
    await panel.state('Paused');
    expect(stage().processesOf(id)).toEqual([]);
    await panel.showList();
    await panel.row('Set aside', `Paused by ${ME}`).waitFor();
    await panel.openTask('Set aside');
    await panel.button('Continue').click();
    const after = await panel.card('Set aside: Run a command touch aside');
    await after.press('Allow');
    await panel.state('Done');
    expect(stage().has('aside')).toBe(true);
    expect(await stage().task('Set aside')).toMatchObject({ session_id });
    expect(data.words(id)).toBe('Went on.');
  });

  it('takes what is said to it while it works', async () => {
    const { panel, data } = stage();
    await panel.runScript('Listen', runs('touch listened'), says('I did not listen.'));
    const card = await panel.card('Listen: Run a command touch listened');
    await say('Mind the gap.');
    await card.press('Allow');
    await panel.state('Done');
    expect(data.words((await stage().task('Listen')).id)).toContain('Heard meanwhile: Mind the gap.');
    expect(await panel.transcriptWith('Heard meanwhile')).toMatch(/^Mind the gap\.\nHeard meanwhile: Mind the gap\.$/m);
  });

  it('takes back and changes what Claude has not read yet', async () => {
    const { panel, data } = stage();
    await panel.runScript('Forget it', runs('touch forgot'), says('Nothing was said.'));
    const card = await panel.card('Forget it: Run a command touch forgot');
    await say('Never mind.');
    await messages().getByRole('button', { name: 'Withdraw this message' }).click();
    await messages().first().waitFor({ state: 'detached' });
    await say('First words');
    await change('First words', 'Better words');
    await card.press('Allow');
    await panel.state('Done');
    expect(data.words((await stage().task('Forget it')).id)).toBe('Heard meanwhile: Better words');
  });

  it('keeps messages for a paused task, to be changed and withdrawn, until it is continued', async () => {
    const { panel, data } = stage();
    await panel.runScript('Keep it', runs('touch kept'), says('Done.'));
    await panel.card('Keep it: Run a command touch kept');
    await panel.button('Pause').click();
    await panel.state('Paused');
    await say('First words');
    await say('Second words');
    await messages().filter({ hasText: 'First words' }).getByRole('button', { name: 'Withdraw this message' }).click();
    await messages().filter({ hasText: 'First words' }).waitFor({ state: 'detached' });
    await change('Second words', 'Better words');
    await expect.poll(() => shownText(messages())).toBe('Queued: Better words');
    await panel.button('Continue').click();
    await panel.state('Done');
    expect(data.words((await stage().task('Keep it')).id)).toBe('You said: Better words');
  });

  it('goes on after its end', async () => {
    const { panel, data } = stage();
    await panel.run('Begin it');
    await panel.state('Done');
    const { session_id, id } = await stage().task('Begin it');
    await panel.followUp.fill('What have we done?');
    await panel.button('Continue').click();
    await panel.transcriptWith('We said hello.');
    await panel.state('Done');
    expect(await stage().task('Begin it')).toMatchObject({ id, session_id });
    expect(data.words(id)).toBe('You said: Begin it\nWe said hello.');
  });

  it('can be forked into a task of its own, which knows where it came from', async () => {
    const { panel, workbench } = stage();
    await panel.run('Fork me');
    await panel.state('Done');
    await panel.button('Fork').click();
    await workbench.quickInput.answer('What should the fork of "Fork me" do?', 'What have we done?');
    await panel.heading('What have we done?').waitFor();
    await panel.state('Done');
    await panel.transcriptWith('We said hello.');
    const details = await panel.tab('Details');
    expect(await shownText(details)).toContain('Forked from\nFork me');
    await details.getByRole('button', { name: 'Fork me' }).click();
    await panel.heading('Fork me').waitFor();
  });

  it('can be renamed, put into the archive, and taken out again', async () => {
    const { panel } = stage();
    await panel.run('Old name');
    await panel.state('Done');
    await panel.heading('Old name').dblclick();
    await panel.frame.getByRole('textbox', { name: 'Title' }).fill('New name');
    await panel.button('Rename').click();
    await panel.heading('New name').waitFor();
    await panel.showList();
    await panel.row('New name', 'Done').click({ button: 'right' });
    await panel.menuItem(/^Archive/).click();
    await panel.row('New name').waitFor({ state: 'detached' });
    await panel.frame.getByRole('treeitem', { name: /^Show archived tasks/ }).click();
    await panel.row('New name').waitFor();
    await panel.row('New name', 'Done').click({ button: 'right' });
    await panel.menuItem(/^Take out of the archive/).click();
    await panel.frame.getByRole('treeitem', { name: /archived tasks/ }).waitFor({ state: 'detached' });
    await panel.row('New name', 'Done').waitFor();
  });
});
