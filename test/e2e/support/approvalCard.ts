import type { FrameLocator, Locator } from 'playwright-core';
import { PRESS_MS, pressUntil } from '../../harness/pressUntil.ts';
import { waitFor } from '../../harness/waitFor.ts';

const MORE = /^More ways to /;

/** One card, the same one from the moment it was found, however many others look alike. */
export class ApprovalCard {
  readonly id: string;
  readonly root: Locator;

  private constructor(frame: FrameLocator, id: string) {
    this.id = id;
    this.root = frame.locator(`panel-approval-card[data-approval="${id}"]`).getByRole('article');
  }

  /** The card in sight that waits for an answer and whose name (title and question) is or holds this. */
  static async waiting(frame: FrameLocator, name: string | RegExp): Promise<ApprovalCard> {
    const found = frame.getByRole('article', { name }).filter({ hasText: /waiting \d+:\d\d/ });
    const host = frame.locator('panel-approval-card').filter({ has: found.first() });
    await found.first().waitFor();
    const id = await waitFor('the card to have a name', () => host.first().getAttribute('data-approval'));
    return new ApprovalCard(frame, id);
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  }

  /** Presses one of its buttons until that counts: what comes too soon after a card appeared does not. */
  async press(name: string): Promise<void> {
    await this.#until(() => this.button(name).click({ timeout: PRESS_MS }), this.button(name));
  }

  /** The answers behind the main one, as they stand in its menu. */
  async moreChoices(): Promise<readonly string[]> {
    const items = this.#menu.getByRole('menuitem');
    const more = this.button(MORE);
    await more.waitFor();
    await pressUntil(
      'the menu of answers',
      () => items.first().isVisible(),
      () => more.click({ timeout: PRESS_MS }),
    );
    const texts = await items.allInnerTexts();
    await items.first().press('Escape');
    await this.#menu.waitFor({ state: 'hidden' });
    return texts;
  }

  /** Gives one of the answers behind the main one. */
  async choose(name: RegExp): Promise<void> {
    const press = async (): Promise<void> => {
      const item = this.#menu.getByRole('menuitem', { name });
      if (!(await item.isVisible())) await this.button(MORE).click({ timeout: PRESS_MS });
      await item.click({ timeout: PRESS_MS });
    };
    await this.#until(press, this.button(MORE));
  }

  /** Opens the field for the words of a denial and sends them. */
  async deny(words: string, opens = 'Deny…', sends = 'Deny'): Promise<void> {
    const name = /^(What Claude should do instead|Comments on the plan|Why it should not go on)/;
    const field = this.root.getByRole('textbox', { name });
    await this.button(opens).waitFor();
    await pressUntil(
      'the field for the words',
      () => field.isVisible(),
      () => this.button(opens).click({ timeout: PRESS_MS }),
    );
    await field.fill(words);
    await this.press(sends);
  }

  /** What became of it and by whom, in a sentence. It stays for a few seconds. */
  settled(): Promise<string> {
    return waitFor(
      'the card to say what became of it',
      async () => {
        const text = await this.root.getByRole('status').first().innerText({ timeout: PRESS_MS });
        return text.startsWith('Not counted') ? undefined : text.replace(/^[^\w]+/, '').trim();
      },
      30_000,
    );
  }

  get #menu(): Locator {
    return this.root.getByRole('menu');
  }

  /** Tries again until what was pressed is gone, as it is once the answer is on its way; on a busy machine that takes long. */
  async #until(press: () => Promise<void>, pressed: Locator): Promise<void> {
    await pressed.waitFor();
    await pressUntil('the answer to count', async () => !(await pressed.isVisible()), press);
  }
}
