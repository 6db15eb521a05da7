const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = '\ufeff';
const KEPT_HEAD_BYTES = 1024;

/** What a line splitter finds, in the order of the stream. */
interface LineSink {
  /** One line without its end: `\n` or `\r\n`. May be empty. */
  line(text: string): void;
  /** A line above the limit: its length in bytes, and the beginning of it. The rest was thrown away. */
  oversized(byteLength: number, head: string): void;
}

interface LineSplitterOptions {
  /** In bytes, without the line end. Default 64 MiB. */
  readonly maxLineBytes?: number;
}

const DEFAULT_MAX_LINE_BYTES = 64 * 1024 * 1024;

const INITIAL_STORE_BYTES = 4096;
/** A store that a huge line has made larger than this is given back after it. */
const KEPT_STORE_BYTES = 1024 * 1024;

/**
 * Cuts a stream of bytes into lines. Works on bytes, so that a character that is split between two chunks stays whole.
 * Memory is bounded by twice the longest line allowed; no input makes it throw.
 */
export class LineSplitter {
  readonly #sink: LineSink;
  readonly #maxLineBytes: number;
  /** The beginning of a line whose end has not come yet: the first `#stored` bytes. */
  #store = Buffer.allocUnsafe(INITIAL_STORE_BYTES);
  #stored = 0;
  /** Bytes of a line that is already too long, and that were thrown away. */
  #dropped = 0;
  #isFirstLine = true;

  constructor(sink: LineSink, options: LineSplitterOptions = {}) {
    this.#sink = sink;
    this.#maxLineBytes = options.maxLineBytes ?? DEFAULT_MAX_LINE_BYTES;
  }

  /** Takes the next bytes. The chunk is not kept. */
  push(chunk: Uint8Array): void {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    let end = bytes.indexOf(NEWLINE);
    if (end >= 0 && this.#stored > 0) {
      this.#append(bytes.subarray(0, end));
      this.#endStored();
      start = end + 1;
      end = bytes.indexOf(NEWLINE, start);
    }
    while (end >= 0) {
      this.#emit(bytes, start, end);
      start = end + 1;
      end = bytes.indexOf(NEWLINE, start);
    }
    if (start < bytes.length) {
      this.#append(bytes.subarray(start));
    }
  }

  /** The stream is over: what has come since the last line end is a line as well. */
  end(): void {
    if (this.#stored > 0) {
      this.#endStored();
    }
  }

  #append(part: Buffer): void {
    if (this.#dropped > 0) {
      this.#dropped += part.length;
      return;
    }
    const needed = this.#stored + part.length;
    // One byte more may be the `\r` of the line end.
    if (needed > this.#maxLineBytes + 1) {
      const head = Math.min(KEPT_HEAD_BYTES, needed);
      this.#reserve(head);
      if (this.#stored < head) {
        part.copy(this.#store, this.#stored, 0, head - this.#stored);
      }
      this.#stored = head;
      this.#dropped = needed - head;
      return;
    }
    this.#reserve(needed);
    part.copy(this.#store, this.#stored);
    this.#stored = needed;
  }

  #reserve(bytes: number): void {
    if (bytes <= this.#store.length) {
      return;
    }
    const larger = Buffer.allocUnsafe(Math.max(bytes, this.#store.length * 2));
    this.#store.copy(larger, 0, 0, this.#stored);
    this.#store = larger;
  }

  #endStored(): void {
    const stored = this.#stored;
    const dropped = this.#dropped;
    this.#stored = 0;
    this.#dropped = 0;
    if (dropped > 0) {
      this.#isFirstLine = false;
      this.#sink.oversized(stored + dropped, this.#store.toString('utf8', 0, stored));
    } else {
      this.#emit(this.#store, 0, stored);
    }
    if (this.#store.length > KEPT_STORE_BYTES) {
      this.#store = Buffer.allocUnsafe(INITIAL_STORE_BYTES);
    }
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    const lineEnd = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    const isFirst = this.#isFirstLine;
    this.#isFirstLine = false;
    if (lineEnd - start > this.#maxLineBytes) {
      this.#sink.oversized(lineEnd - start, bytes.toString('utf8', start, Math.min(lineEnd, start + KEPT_HEAD_BYTES)));
      return;
    }
    const text = bytes.toString('utf8', start, lineEnd);
    this.#sink.line(isFirst && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  }
}
