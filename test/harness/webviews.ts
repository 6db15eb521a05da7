import type { Frame, Page } from 'playwright-core';
import { waitFor } from './waitFor.ts';

/**
 * The documents of the webviews on screen. A frame goes stale whenever its webview is made anew (reload, restarted
 * extension host, hidden view), so what must be true for long is asked through `until`.
 */
export class Webviews {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The visible webview that holds `selector`; choose one that no other webview has. */
  async find(selector: string, timeoutMs = 30_000): Promise<Frame> {
    return waitFor(`a visible webview with ${selector}`, () => this.#holding(selector), timeoutMs);
  }

  /** Asks a freshly found frame again and again until the answer is neither false, undefined nor null. */
  async until<T>(
    selector: string,
    probe: (frame: Frame) => T | Promise<T>,
    timeoutMs = 30_000,
  ): Promise<Exclude<T, false | undefined | null>> {
    const ask = async () => {
      const frame = await this.#holding(selector);
      return frame && probe(frame);
    };
    return waitFor(`the webview with ${selector} to be as expected`, ask, timeoutMs);
  }

  /** Every visible webview's inner document. */
  async visible(): Promise<Frame[]> {
    const frames = [];
    for (const outer of await this.#page.locator('iframe.webview.ready').elementHandles()) {
      if (!(await outer.isVisible().catch(() => false))) continue;
      const content = await outer.contentFrame().catch(() => null);
      const active = await content?.$('#active-frame').catch(() => null);
      const inner = await active?.contentFrame().catch(() => null);
      if (inner) frames.push(inner);
    }
    return frames;
  }

  async #holding(selector: string): Promise<Frame | undefined> {
    for (const frame of await this.visible()) {
      if (await frame.$(selector).catch(() => null)) return frame;
    }
    return undefined;
  }
}
