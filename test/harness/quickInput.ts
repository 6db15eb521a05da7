import type { Locator, Page } from 'playwright-core';

const OPEN_MS = 2_000;

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
    const label = text === undefined ? '' : `[aria-label*=${JSON.stringify(text)}]`;
    return this.widget.locator(`.quick-input-list .monaco-list-row${label}`);
  }

  /** Runs a command by its name in the palette, for example "Claude: New Task". */
  async command(label: string, timeoutMs = 30_000): Promise<void> {
    const end = performance.now() + timeoutMs;
    const row = '.quick-input-list .monaco-list-row';
    // After the name comes at most its key, behind a comma.
    const names = [`[aria-label=${JSON.stringify(label)}]`, `[aria-label^=${JSON.stringify(`${label}, `)}]`];
    const match = this.widget.locator(names.map(name => row + name).join(', ')).first();
    for (;;) {
      try {
        await this.#open();
        await this.box.fill(`>${label}`);
        await match.click({ timeout: OPEN_MS });
        return;
      } catch (cause) {
        if (performance.now() > end) throw new Error(`no command in the palette: ${label}`, { cause });
        // The list is made when the palette opens: a command that is registered later never appears in it.
        await this.#page.keyboard.press('Escape');
      }
    }
  }

  /** Answers an input box. */
  async answer(text: string): Promise<void> {
    await this.widget.waitFor({ state: 'visible' });
    await this.box.fill(text);
    await this.#page.keyboard.press('Enter');
  }

  /** Chooses a row of a quick pick by a part of its name. */
  async pick(text: string): Promise<void> {
    await this.rows(text).first().click();
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
