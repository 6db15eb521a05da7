import type { Locator, Page } from 'playwright-core';
import { PRESS_MS, pressUntil } from './pressUntil.ts';
import type { QuickInput } from './quickInput.ts';
import { waitFor } from './waitFor.ts';

/** What has no toast by then is looked for in the notification centre, in ms. */
const TOAST_WITHIN_MS = 10_000;

/**
 * Toasts hide by themselves after ten seconds or more, and after three of them within 800 ms VS Code shows none; the
 * notification centre keeps all. While it is open, there are no toasts.
 */
export class Notifications {
  readonly #page: Page;
  readonly #quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.#page = page;
    this.#quickInput = quickInput;
  }

  /** The toasts whose text holds `text`, or all. */
  toasts(text?: string): Locator {
    const all = this.#page.locator('.notifications-toasts .notification-toast');
    return text === undefined ? all : all.filter({ hasText: text });
  }

  /** The messages in the notification centre, the newest first. */
  async list(): Promise<readonly string[]> {
    await this.#openCentre();
    const messages = await this.#centre.locator('.notification-list-item-message').allInnerTexts();
    await this.#closeCentre();
    return messages;
  }

  /** Whether a notification that is in sight holds these words. */
  has(words: string): Promise<boolean> {
    return this.#holding(words).first().isVisible();
  }

  /** Waits until a notification holds these words, and gives its whole message. */
  async told(words: string): Promise<string> {
    const messages = this.#holding(words).locator('.notification-list-item-message');
    const read = async (): Promise<string | undefined> => (await messages.allInnerTexts())[0];
    const what = `"${words}" to be told`;
    const text = await waitFor(what, read, TOAST_WITHIN_MS).catch(async () => {
      await this.#openCentre();
      return waitFor(what, read);
    });
    await this.#closeCentre();
    return text;
  }

  /**
   * Presses a button of the notification that holds these words until that has its effect: what comes too soon after it
   * appeared does not count, and then it is there again. May leave the notification centre open, because a press beside a
   * list that this has opened would close the list.
   */
  async press(words: string, button: string, isDone: () => boolean | Promise<boolean>): Promise<void> {
    await this.told(words);
    const wanted = this.#holding(words).getByRole('button', { name: button, exact: true }).first();
    let isPressed = false;
    await waitFor(`"${button}" to count`, async () => {
      if (await isDone()) return true;
      if (await wanted.isVisible()) {
        await wanted.click({ timeout: PRESS_MS });
        isPressed = true;
      } else if (!isPressed) {
        await this.#openCentre();
      }
      return false;
    });
  }

  /** Takes all away that were there before, so that what is told next is told anew, as a toast. */
  async clear(): Promise<void> {
    await pressUntil(
      'the notifications to go',
      async () => !(await this.has('')),
      () => this.#quickInput.command('Notifications: Clear All Notifications'),
    );
    await this.#closeCentre();
  }

  /** As toasts or in the notification centre. */
  #holding(words: string): Locator {
    return this.#page
      .locator('.notifications-toasts .notification-toast, .notifications-center .notification-list-item')
      .filter({ hasText: words, visible: true });
  }

  get #centre(): Locator {
    return this.#page.locator('.notifications-center');
  }

  async #openCentre(): Promise<void> {
    if (!(await this.#centre.isVisible())) await this.#quickInput.command('Notifications: Show Notifications');
    await this.#centre.waitFor();
  }

  async #closeCentre(): Promise<void> {
    if (!(await this.#centre.isVisible())) return;
    await this.#centre.getByRole('button', { name: /^Hide Notifications/ }).click();
    await this.#centre.waitFor({ state: 'hidden' });
  }
}
