import { userInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { PRESS_MS, pressUntil } from '../harness/pressUntil.ts';
import { waitFor } from '../harness/waitFor.ts';
import { usePanelStage } from './support/panelStage.ts';
import { falters, runs, says } from './support/script.ts';

const ME = userInfo().username;
/** A word for each key press, so that a lost one is missed. */
const WORDS = 'the quick brown fox jumps over the lazy dog and goes on with what it was at';

describe('what needs a person', () => {
  const stage = usePanelStage({ files: { 'notes.txt': '' } });

  /** What the item says, and whether it stands out. */
  async function status(): Promise<string> {
    const item = stage().statusItem;
    const text = (await item.innerText()).trim();
    const stands = (await item.getAttribute('class'))?.split(' ').includes('warning-kind') === true;
    return stands ? `${text} (warning)` : text;
  }

  /** Waits for it: it is not told before the counts were read. */
  function statusIs(text: string): Promise<void> {
    return expect.poll(status, { timeout: 30_000 }).toBe(text);
  }

  /** A task that asks twice: what comes after the first answer comes while the panel is as the test has left it. */
  async function asksTwice(title: string): Promise<{ readonly id: string; readonly first: string }> {
    const { panel } = stage();
    await panel.runScript(title, runs(`touch first-${title}`), runs(`touch ${title}`), says('Done.'));
    const card = await panel.card(`${title}: Run a command touch first-${title}`);
    return { id: (await stage().task(title)).id, first: card.id };
  }

  async function approve(id: string): Promise<void> {
    expect(await stage().command('approve', id)).toMatchObject({ code: 0 });
  }

  it('is counted in the status bar, which stands out only then', async () => {
    const { panel, data } = stage();
    await statusIs('Claude');
    await panel.runScript('Just works', falters('Still here.'));
    await panel.state('Working');
    await statusIs('1 running');
    await panel.runScript('Wants to know', runs('touch wanted'), falters('Going on.'));
    const card = await panel.card('Wants to know: Run a command touch wanted');
    await statusIs('2 running · 1 needs you (warning)');
    await panel.hide();
    await stage().statusItem.click();
    await card.root.waitFor();
    await card.press('Allow');
    await statusIs('2 running');
    for (const title of ['Just works', 'Wants to know']) {
      await stage().command('stop', data.task(title)?.id ?? '');
    }
    await statusIs('Claude');
  });

  it('is told in a notification when the panel is out of sight, which shows it or takes the answer', async () => {
    const { panel, workbench } = stage();
    const seen = await asksTwice('seen');
    await approve(seen.first);
    await (await panel.card('seen: Run a command touch seen')).press('Allow');
    await panel.state('Done');

    const shown = await asksTwice('shown');
    await panel.hide();
    await approve(shown.first);
    const shownCard = panel.frame.getByRole('article', { name: /touch shown$/ });
    await workbench.notifications.press('Run a command: touch shown', 'Show', () => shownCard.isVisible());
    await (await panel.card(/touch shown$/)).press('Allow');
    await stage().taskIn('shown', 'succeeded');

    const refused = await asksTwice('refused');
    await panel.hide();
    await approve(refused.first);
    const asked = workbench.quickInput.asked('Deny: refused');
    await workbench.notifications.press('Run a command: touch refused', 'Deny…', () => asked.isVisible());
    await workbench.quickInput.answer('Deny: refused', 'Not that file.');
    await stage().taskIn('refused', 'succeeded');
    expect(stage().data.answers(refused.id)).toEqual([
      `Allow (${ME}, on the command line)`,
      `Deny: Not that file. (${ME}, from a notification)`,
    ]);
    expect(stage().has('refused')).toBe(false);

    // Of what was asked in sight there never was one.
    const messages = await workbench.notifications.list();
    expect(messages.filter(text => text.includes('touch'))).toEqual([]);
  });

  it('takes no key from the editor in which a person types, as a card or as a notification', async () => {
    const { panel, workbench } = stage();
    const { keyboard } = workbench.page;
    const editor = workbench.page.locator('.part.editor .view-lines');
    let typed = '';
    const typeUntil = async (isThere: () => Promise<boolean>): Promise<void> => {
      await editor.click();
      do {
        await keyboard.type(`${WORDS} `);
        await keyboard.press('Enter');
        typed += `${WORDS} \n`;
      } while (!(await isThere()));
    };
    await panel.runScript('typed', ...['one', 'two', 'three'].map(name => runs(`touch ${name}`)));
    const { id } = await stage().task('typed');
    const one = await panel.card('typed: Run a command touch one');
    await workbench.command('Go to File...');
    await workbench.quickInput.box.fill('notes.txt');
    await pressUntil(
      'the editor',
      () => workbench.page.getByRole('tab', { name: /^notes\.txt/ }).isVisible(),
      () => workbench.quickInput.rows('notes.txt').first().click({ timeout: PRESS_MS }),
    );

    const card = panel.frame.getByRole('article', { name: /touch two$/ });
    await Promise.all([approve(one.id), typeUntil(() => card.isVisible())]);
    const two = await panel.card(/touch two$/);
    await panel.hide();
    const toast = workbench.notifications.toasts('Run a command: touch three');
    await Promise.all([approve(two.id), typeUntil(() => toast.isVisible())]);

    await keyboard.type('the end');
    await workbench.command('File: Save');
    await waitFor('the file', () => stage().read('notes.txt').endsWith('the end'));
    expect(stage().read('notes.txt')).toBe(`${typed}the end`);
    expect(stage().data.answers(id)).toHaveLength(2);
    await stage().command('stop', id);
  });

  it('is not answered by what was pressed just as it appeared', async () => {
    const { panel, data, workbench } = stage();
    const { id, first } = await asksTwice('guarded');
    await panel.open();
    // The time of the page stands still, so that "just now" lasts for as long as the test needs.
    const body = panel.frame.locator('body');
    await body.evaluate(() => {
      const now = performance.now();
      performance.now = () => now;
    });
    await approve(first);
    const card = await panel.card('guarded: Run a command touch guarded');
    const ignored = card.root.getByText('Not counted: this had only just appeared.');
    await Promise.all([ignored.waitFor(), card.button('Allow').click()]);
    await ignored.waitFor({ state: 'detached' });
    await card.button('Allow').focus();
    await Promise.all([ignored.waitFor(), workbench.page.keyboard.press('Enter')]);
    expect(data.answers(id)).toHaveLength(1);
    await body.evaluate(() => Reflect.deleteProperty(performance, 'now'));
    const [said] = await Promise.all([card.settled(), card.press('Allow')]);
    expect(said).toBe(`Allowed by ${ME}, in the panel`);
    await panel.state('Done');
  });
});
