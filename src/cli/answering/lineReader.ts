import { clearLine, cursorTo } from 'node:readline';
import { createInterface } from 'node:readline/promises';
import type { Clock } from '../../base/clock.ts';
import type { Interrupts } from '../interrupts.ts';
import type { Terminal } from '../terminal/terminal.ts';

const CONTROL_C = '\u0003';

/** Reads lines that a person types, beside output that goes on. */
export class LineReader {
  readonly #terminal: Terminal;
  readonly #interrupts: Interrupts;
  readonly #clock: Clock;

  constructor(parts: { readonly terminal: Terminal; readonly interrupts: Interrupts; readonly clock: Clock }) {
    this.#terminal = parts.terminal;
    this.#interrupts = parts.interrupts;
    this.#clock = parts.clock;
  }

  /** Throws away what was typed before a question could be read, and what comes within this time. */
  async dropEarlyInput(milliseconds: number, signal: AbortSignal): Promise<void> {
    const { stdin } = this.#terminal;
    const drop = (chunk: Buffer | string): void => {
      if (chunk.toString().includes(CONTROL_C)) {
        this.#interrupts.raise();
      }
    };
    stdin.setRawMode?.(true);
    stdin.on('data', drop);
    await new Promise<void>(resolve => {
      const timer = this.#clock.after(milliseconds, resolve);
      signal.addEventListener(
        'abort',
        () => {
          timer.dispose();
          resolve();
        },
        { once: true },
      );
    });
    stdin.off('data', drop);
    stdin.pause();
    stdin.setRawMode?.(false);
  }

  /** One line; undefined when the keyboard is gone or the signal came first. */
  async ask(prompt: string, signal: AbortSignal): Promise<string | undefined> {
    if (signal.aborted) {
      return undefined;
    }
    const { stdin, stderr } = this.#terminal;
    const reader = createInterface({ input: stdin, output: stderr, terminal: true });
    reader.on('SIGINT', () => this.#interrupts.raise());
    this.#terminal.setOverlay({
      hide: () => {
        cursorTo(stderr, 0);
        clearLine(stderr, 0);
      },
      show: () => reader.prompt(true),
    });
    try {
      const closed = new Promise<undefined>(resolve => reader.once('close', () => resolve(undefined)));
      return await Promise.race([reader.question(prompt, { signal }), closed]);
    } catch (error) {
      if (signal.aborted) {
        return undefined;
      }
      throw error;
    } finally {
      this.#terminal.setOverlay(undefined);
      if (signal.aborted) {
        stderr.write('\n');
      }
      reader.close();
    }
  }
}
