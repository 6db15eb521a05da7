import { appendFile } from 'node:fs';
import type { Clock } from '../../base/clock.ts';

/** Names a file that gets one line for each frame: when it happened, was sent, and was painted. For benchmarks. */
export const MEASURE_VARIABLE = 'CLAUDE_PANEL_MEASURE';

/** Measures how long it takes from an event to the screen. */
export class PaintMeter {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #sent = new Map<number, { readonly happened: number; readonly sent: number }>();

  constructor(file: string, clock: Clock) {
    this.#file = file;
    this.#clock = clock;
  }

  /** `happened` is when the oldest change of the frame arrived, in milliseconds since the epoch. */
  sent(sequence: number, happened: number): void {
    this.#sent.set(sequence, { happened, sent: this.#clock.now() });
  }

  painted(sequence: number, at: number): void {
    const known = this.#sent.get(sequence);
    if (known === undefined) {
      return;
    }
    this.#sent.delete(sequence);
    appendFile(this.#file, `${JSON.stringify({ sequence, ...known, painted: at })}\n`, () => undefined);
  }
}
