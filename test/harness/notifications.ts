import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quickInput.ts';

/** Toasts hide by themselves after some ten seconds; the notification centre keeps them. */
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

  /** Clicks a button of a toast; fails unless exactly one toast holds `text`. */
  async click(text: string, button: string): Promise<void> {
    await this.toasts(text).getByRole('button', { name: button, exact: true }).click();
  }

  /** The messages in the notification centre, the newest first. */
  async list(): Promise<string[]> {
    const centre = this.#page.locator('.notifications-center');
    if (!(await centre.isVisible())) await this.#quickInput.command('Notifications: Show Notifications');
    await centre.waitFor();
    return centre.locator('.notification-list-item-message').allInnerTexts();
  }
}
