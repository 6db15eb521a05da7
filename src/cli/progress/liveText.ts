import type { LiveUpdate } from '../../core/tasks/liveUpdate.ts';
import { plainText } from '../terminal/plainText.ts';

/**
 * Shows a message while it is written, and remembers how much of it is on the screen, so that the whole message, when
 * it is stored, adds only what is missing.
 */
export class LiveText {
  readonly #write: (text: string) => void;
  readonly #schedule: (work: () => void) => void;
  /** Told but not yet written: what was stored before it is shown before it. */
  #waiting: LiveUpdate[] = [];
  #open: { readonly key: string; readonly messageId: string; text: string } | undefined;

  constructor(write: (text: string) => void, schedule: (work: () => void) => void = setImmediate) {
    this.#write = write;
    this.#schedule = schedule;
  }

  update(update: LiveUpdate): void {
    if (this.#waiting.length === 0) {
      this.#schedule(() => this.#drain());
    }
    this.#waiting.push(update);
  }

  /**
   * A whole message was stored. True when it still has to be shown; when it was on the screen already,
   * only its end is added.
   */
  finish(messageId: string, text: string): boolean {
    this.#drain();
    const open = this.#open;
    const whole = text.trim();
    const shown = open?.text.trimEnd() ?? '';
    if (open === undefined || open.messageId !== messageId || !whole.startsWith(shown)) {
      this.endLine();
      return true;
    }
    const rest = whole.slice(whole.startsWith(open.text) ? open.text.length : shown.length);
    this.#write(plainText(rest));
    open.text += rest;
    this.endLine();
    return false;
  }

  /** Something else is about to be shown. */
  endLine(): void {
    if (this.#open !== undefined && !this.#open.text.endsWith('\n')) {
      this.#write('\n');
    }
    this.#open = undefined;
  }

  #drain(): void {
    const updates = this.#waiting;
    this.#waiting = [];
    for (const update of updates) {
      if (update.kind === 'discarded') {
        this.#discard(update.messageId);
      } else if (update.part === 'text') {
        this.#extend(update.messageId, `${update.messageId}:${update.blockIndex}`, update.text);
      }
    }
  }

  #extend(messageId: string, key: string, added: string): void {
    if (this.#open?.key !== key) {
      this.endLine();
    }
    const before = this.#open?.text ?? '';
    const text = before === '' ? added.trimStart() : added;
    if (text !== '') {
      this.#open = { key, messageId, text: before + text };
      this.#write(plainText(text));
    }
  }

  #discard(messageId: string): void {
    if (this.#open?.messageId === messageId) {
      this.endLine();
      this.#write('(The connection was cut; this message is written again.)\n');
    }
  }
}
