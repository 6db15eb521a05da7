import type { Readable, Writable } from 'node:stream';
import { type Paint, paintFor, wantsColour } from './palette.ts';

interface TerminalStreams {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(on: boolean): unknown };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
}

/** The pipe was closed, or the terminal hung up. */
const READER_GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** Something on the screen that other output must not run into, such as a line that is being typed. */
interface Overlay {
  hide(): void;
  show(): void;
}

/**
 * Where the program writes. Results go to stdout, words for the person to stderr.
 * A reader that goes away (`| head`) silences that stream; it never throws.
 */
export class Terminal {
  readonly stdin: TerminalStreams['stdin'];
  readonly stderr: TerminalStreams['stderr'];
  /** Aborted when nobody reads stdout any more. */
  readonly outputClosed: AbortSignal;
  readonly paint: Paint;
  readonly paintError: Paint;
  readonly #stdout: TerminalStreams['stdout'];
  readonly #closed = new AbortController();
  readonly #silent = new Set<Writable>();
  #overlay: Overlay | undefined;
  #failure: Error | undefined;

  constructor(streams: TerminalStreams, environment: NodeJS.ProcessEnv) {
    this.stdin = streams.stdin;
    this.stderr = streams.stderr;
    this.#stdout = streams.stdout;
    this.outputClosed = this.#closed.signal;
    this.paint = paintFor(wantsColour(this.outputIsTerminal, environment));
    this.paintError = paintFor(wantsColour(streams.stderr.isTTY === true, environment));
    for (const stream of [streams.stdout, streams.stderr]) {
      stream.on('error', error => this.#silence(stream, error));
    }
  }

  get outputIsTerminal(): boolean {
    return this.#stdout.isTTY === true;
  }

  /** Why results could not be written, such as a full disk; nothing when only their reader has gone. */
  get outputFailure(): Error | undefined {
    return this.#failure;
  }

  /** A person can be asked: there is a keyboard, and a screen for the question. */
  get isInteractive(): boolean {
    return this.stdin.isTTY === true && this.stderr.isTTY === true;
  }

  /** Columns of stdout; undefined when it is no terminal, where lines are never cut. */
  get width(): number | undefined {
    return this.outputIsTerminal ? Math.max(20, this.#stdout.columns ?? 80) : undefined;
  }

  /** One line of result. */
  line(text = ''): void {
    this.write(`${text}\n`);
  }

  write(text: string): void {
    this.#write(this.#stdout, text);
  }

  /** One line for the person, beside the results. */
  say(text = ''): void {
    this.#write(this.stderr, `${text}\n`);
  }

  /** Keeps an overlay out of the way of everything that is written until the next call. */
  setOverlay(overlay: Overlay | undefined): void {
    this.#overlay = overlay;
  }

  /** Waits until everything is handed to the operating system. */
  async flush(): Promise<void> {
    await Promise.all([this.#stdout, this.stderr].map(stream => this.#drained(stream)));
  }

  #write(stream: Writable, text: string): void {
    if (this.#silent.has(stream)) {
      return;
    }
    this.#overlay?.hide();
    stream.write(text);
    this.#overlay?.show();
  }

  #drained(stream: Writable): Promise<void> {
    return new Promise(resolve => {
      if (this.#silent.has(stream) || stream.destroyed) {
        resolve();
      } else {
        stream.write('', error => {
          if (error) {
            this.#silence(stream, error);
          }
          resolve();
        });
      }
    });
  }

  #silence(stream: Writable, error: NodeJS.ErrnoException): void {
    this.#silent.add(stream);
    if (stream === this.#stdout) {
      this.#failure ??= READER_GONE.has(error.code) ? undefined : error;
      this.#closed.abort();
    }
  }
}
