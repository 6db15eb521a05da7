import type { Locator, Page } from 'playwright-core';
import { PRESS_MS, pressUntil } from './pressUntil.ts';
import { waitFor } from './waitFor.ts';

const OPEN_MS = 2_000;
/** An answer goes to the extension before its box goes. */
const ANSWER_MS = 3_000;

/** VS Code's palette, quick picks and input boxes: they share one widget. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get widget(): Locator {
    return this.#page.locator('.quick-input-widget');
  }

  get box(): Locator {
    return this.widget.locator('.quick-input-box input');
  }

  /** The rows that are on screen, or those whose name holds `text`. */
  rows(text?: string): Locator {
    return this.widget.locator(rowsOf(text));
  }

  /**
   * The list or box that holds these words, in its title, its prompt or the hint in its field. What comes before and
   * after it is in the same widget, so all that is done to one goes through this.
   */
  asked(words: string): Locator {
    const hint = this.#page.locator(`.quick-input-box input[placeholder*=${JSON.stringify(words)}]`);
    return this.widget.filter({ hasText: words }).or(this.widget.filter({ has: hint }));
  }

  /** Runs a command by its name in the palette, for example "Claude: New Task". */
  async command(label: string, timeoutMs = 30_000): Promise<void> {
    const end = performance.now() + timeoutMs;
    const row = '.quick-input-list .monaco-list-row';
    // After the name comes at most its key, behind a comma.
    const names = [`[aria-label=${JSON.stringify(label)}]`, `[aria-label^=${JSON.stringify(`${label}, `)}]`];
    const match = this.widget.locator(names.map(name => row + name).join(', ')).first();
    const typed = `>${label}`;
    const isTaken = async (): Promise<boolean> =>
      !(await this.widget.isVisible()) || (await this.box.inputValue({ timeout: OPEN_MS })) !== typed;
    for (;;) {
      try {
        await this.#open();
        await this.box.fill(typed);
        await match.click({ timeout: OPEN_MS });
        // The list may have been drawn anew under the press.
        await waitFor('the palette to take the press', isTaken, OPEN_MS);
        return;
      } catch (cause) {
        if (performance.now() > end) throw new Error(`no command in the palette: ${label}`, { cause });
        // The list is made when the palette opens: a command that is registered later never appears in it.
        await this.#page.keyboard.press('Escape');
      }
    }
  }

  /** The names of the commands that the palette finds, which is closed again. */
  async commandsLike(words: string): Promise<readonly string[]> {
    await waitFor('the palette', () => this.#open().then(() => true));
    await this.box.fill(`>${words}`);
    await this.rows().first().waitFor();
    const names = await this.rows().evaluateAll(rows => rows.map(row => row.getAttribute('aria-label') ?? ''));
    await this.#page.keyboard.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
    return names;
  }

  /** Types into the box that asks this and presses Enter, whether that is accepted or not. */
  async enter(question: string, text: string): Promise<void> {
    const box = await this.#boxOf(question);
    await box.fill(text);
    await box.press('Enter');
  }

  /** Answers the box that asks this until it is gone; with what is in it already when no text is given. */
  async answer(question: string, text?: string): Promise<void> {
    const box = await this.#boxOf(question);
    if (text !== undefined) await box.fill(text);
    await pressUntil(
      `an answer to "${question}" to count`,
      async () => !(await box.isVisible()),
      () => box.press('Enter', { timeout: PRESS_MS }),
      ANSWER_MS,
    );
  }

  /** Chooses a row, by a part of its name, of the list that asks this, until the list is gone. */
  async pick(question: string, row: string): Promise<void> {
    const asked = this.asked(question);
    await asked.waitFor();
    await pressUntil(
      `"${row}" to be chosen where it is asked "${question}"`,
      async () => !(await asked.isVisible()),
      () => asked.locator(rowsOf(row)).first().click({ timeout: PRESS_MS }),
    );
  }

  async #boxOf(question: string): Promise<Locator> {
    const asked = this.asked(question);
    await asked.waitFor();
    return asked.locator('.quick-input-box input');
  }

  async #open(): Promise<void> {
    await this.#page.keyboard.press('F1');
    try {
      await this.widget.waitFor({ state: 'visible', timeout: OPEN_MS });
    } catch (error) {
      // The key bindings are not loaded yet, or the focus is in a frame.
      await this.#page.locator('.part.statusbar').click({ position: { x: 3, y: 3 }, timeout: OPEN_MS });
      throw error;
    }
  }
}

function rowsOf(text?: string): string {
  const label = text === undefined ? '' : `[aria-label*=${JSON.stringify(text)}]`;
  return `.quick-input-list .monaco-list-row${label}`;
}
