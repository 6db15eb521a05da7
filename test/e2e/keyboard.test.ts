import { userInfo } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { pressUntil } from '../harness/pressUntil.ts';
import { waitFor } from '../harness/waitFor.ts';
import { Keyboard } from './support/keyboard.ts';
import { usePanelStage } from './support/panelStage.ts';
import { falters, runs, says, scripted } from './support/script.ts';

const ME = userInfo().username;

describe('the panel without a mouse', () => {
  const stage = usePanelStage();
  let keyboard: Keyboard;
  beforeAll(() => {
    keyboard = new Keyboard(stage().panel);
  });

  /** Writes a task from wherever the focus is, and runs it. */
  async function run(title: string, ...rounds: readonly string[]): Promise<void> {
    const { panel } = stage();
    await keyboard.command('Claude: Focus Inbox');
    await waitFor('the focus in the panel', () => keyboard.focused());
    await pressUntil(
      'the list',
      () => panel.compose.isVisible(),
      () => keyboard.press('Escape'),
    );
    await keyboard.press('/');
    await keyboard.at('textbox', 'What should Claude do?');
    await keyboard.write(scripted(title, rounds.join('\n')));
    await keyboard.press('Control+Enter');
    await keyboard.at('heading', title);
  }

  /** Presses Enter until that counts: what comes too soon after a card appeared does not. */
  async function enterAnswers(title: string): Promise<void> {
    const { id } = await stage().task(title);
    const isAnswered = (): boolean => stage().data.answers(id).length === 1;
    await pressUntil('the answer', isAnswered, () => keyboard.press('Enter'));
  }

  it('is opened, takes a prompt and a profile, runs it, and is answered', async () => {
    const { panel, workbench } = stage();
    await keyboard.command('View: Toggle Primary Side Bar Visibility');
    await workbench.page.locator('iframe.webview.ready').waitFor({ state: 'hidden' });
    await keyboard.command('Claude: Focus Inbox');
    await waitFor('the focus in the panel', () => keyboard.focused());
    await keyboard.press('/');
    await keyboard.at('textbox', 'What should Claude do?');
    await keyboard.write(scripted('By keys', [runs('touch keys'), says('Done.')].join('\n')));
    await keyboard.goTo('button', 'Profile: speed');
    await keyboard.press('Enter');
    await keyboard.at('option', /^speed /);
    await keyboard.press('Home');
    await keyboard.goTo('option', /^comprehensive /, 'ArrowDown');
    await keyboard.press('Enter');
    await keyboard.at('button', 'Profile: comprehensive');
    await keyboard.goTo('button', 'Run');
    await keyboard.press('Enter');
    await keyboard.at('heading', 'By keys');

    const card = await panel.card('By keys: Run a command touch keys');
    await keyboard.press('Alt+ArrowDown');
    await keyboard.at('article', 'By keys: Run a command touch keys');
    await keyboard.goTo('button', 'Allow');
    const [said] = await Promise.all([card.settled(), enterAnswers('By keys')]);
    expect(said).toBe(`Allowed by ${ME}, in the panel`);
    await panel.state('Done');
    expect(stage().has('keys')).toBe(true);
    // The card leaves; the focus stays in the task.
    await card.root.waitFor({ state: 'detached' });
    await keyboard.at('heading', 'By keys');
  });

  it('refuses with words, and gives the focus back where they were not sent', async () => {
    const { panel } = stage();
    await run('Refused by keys', runs('touch refused'), says('I was told: {{lastResult}}'));
    const card = await panel.card('Refused by keys: Run a command touch refused');
    await keyboard.press('Alt+ArrowDown');
    await keyboard.goTo('button', 'Deny…');
    await keyboard.press('Enter');
    await keyboard.at('textbox', 'What Claude should do instead, optional');
    await keyboard.write('Never mind.');
    await keyboard.press('Escape');
    await keyboard.at('button', 'Deny…');
    await keyboard.press('Enter');
    await keyboard.at('textbox', 'What Claude should do instead, optional');
    await keyboard.write('Rather not.');
    const [said] = await Promise.all([card.settled(), enterAnswers('Refused by keys')]);
    expect(said).toBe(`Denied by ${ME}, in the panel`);
    await panel.state('Done');
    expect(stage().data.words((await stage().task('Refused by keys')).id)).toContain('Rather not.');
  });

  it('stops a task, and the focus stays in it when the button goes', async () => {
    const { panel } = stage();
    await run('Stopped by keys', falters('Still here.'));
    await panel.state('Working');
    await keyboard.goTo('button', 'Stop', 'Shift+Tab');
    await keyboard.press('Enter');
    await panel.state('Stopped');
    await panel.button('Stop').waitFor({ state: 'detached' });
    await keyboard.at('heading', 'Stopped by keys');
  });

  it('walks through the tasks and the parts of one', async () => {
    const { panel } = stage();
    await run('Walked through', says('All said.'));
    await panel.state('Done');
    await keyboard.goTo('tab', 'Transcript');
    for (const name of ['Changes', 'Tools', 'Cost', 'Details']) {
      await keyboard.goTo('tab', new RegExp(`^${name}`), 'ArrowRight');
      await panel.frame.getByRole('tabpanel', { name: new RegExp(`^${name}`) }).waitFor();
    }
    await keyboard.press('Home');
    await keyboard.at('tab', 'Transcript');
    await keyboard.goTo('article', /^(Prompt|Claude|End of the turn)$/);
    await keyboard.press('Escape');
    await keyboard.at('treeitem', /^Walked through, Done/);
    await keyboard.press('Home');
    await keyboard.goTo('treeitem', /^Stopped by keys, Stopped/, 'ArrowDown');
    await keyboard.press('Enter');
    await keyboard.at('heading', 'Stopped by keys');
    await keyboard.press('Escape');
    await keyboard.at('treeitem', /^Stopped by keys, Stopped/);
    await keyboard.press('Shift+F10');
    await keyboard.at('menuitem', /Open/);
    await keyboard.press('Escape');
    await keyboard.at('treeitem', /^Stopped by keys, Stopped/);
    await keyboard.press('?');
    await panel.frame.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await keyboard.press('Escape');
    await keyboard.at('treeitem', /^Stopped by keys, Stopped/);
  });
});
