import type { JsonObject, JsonValue } from '../../base/json.ts';
import { LineSplitter } from '../process/lineSplitter.ts';
import type { ClaudeAsk } from './claudeAsk.ts';
import type { ClaudeEvent } from './claudeEvents.ts';
import { parseLine, type WireMessage } from './claudeMessages.ts';
import { MessageTranslator } from './messageTranslator.ts';
import { translateAsk } from './wire/askTranslation.ts';
import { cappedJson, cappedText } from './wire/cappedJson.ts';
import { asObject, asText } from './wire/rawFields.ts';

const MAX_BAD_LINE = 2000;
/** A program that talks past the protocol must not fill the log. */
const MAX_BAD_LINES = 200;
const MAX_STDERR_LINES = 500;

/** What comes out of the process, sorted by who has to act on it. None of these may throw. */
interface SessionSink {
  event(event: ClaudeEvent): void;
  ask(ask: ClaudeAsk): void;
  askWithdrawn(requestId: string): void;
  /** A request that is not known; it waits for an answer all the same. */
  unknownRequest(requestId: string): void;
  controlResponse(response: JsonValue | undefined): void;
}

/** Reads the output of a Claude Code process: bytes to lines to messages to events. Nothing makes it throw. */
export class SessionReader {
  readonly #sink: SessionSink;
  readonly #translator: MessageTranslator;
  readonly #output: LineSplitter;
  readonly #errors: LineSplitter;
  #badLines = 0;
  #stderrLines = 0;

  constructor(sink: SessionSink, options: { maxLineBytes?: number; knownVersion?: string } = {}) {
    const { maxLineBytes, knownVersion } = options;
    this.#sink = sink;
    this.#translator = new MessageTranslator(knownVersion);
    this.#output = new LineSplitter(
      {
        line: text => this.#line(text),
        oversized: (byteLength, head) => this.#bad(head, `The line is ${byteLength} bytes long, which is too much.`),
      },
      maxLineBytes === undefined ? {} : { maxLineBytes },
    );
    this.#errors = new LineSplitter(
      { line: text => this.#stderrLine(text), oversized: (_, head) => this.#stderrLine(head) },
      { maxLineBytes: 64 * 1024 },
    );
  }

  output(chunk: Uint8Array): void {
    this.#output.push(chunk);
  }

  errorText(text: string): void {
    this.#errors.push(Buffer.from(text, 'utf8'));
  }

  end(): void {
    this.#output.end();
    this.#errors.end();
  }

  #line(line: string): void {
    if (line.trim() === '') {
      return;
    }
    const parsed = parseLine(line);
    switch (parsed.kind) {
      case 'bad':
        this.#bad(line, parsed.error);
        break;
      case 'value':
        this.#sink.event({ type: 'unknownMessage', raw: cappedJson(parsed.value) });
        break;
      case 'message':
        this.#message(parsed.message, line);
    }
  }

  #message(message: WireMessage, line: string): void {
    switch (message.type) {
      case 'control_response':
        this.#sink.controlResponse(message.response);
        break;
      case 'control_request':
        this.#request(message);
        break;
      case 'control_cancel_request':
        this.#withdrawn(message);
        break;
      default:
        this.#translated(message, line);
    }
  }

  #translated(message: WireMessage, line: string): void {
    let events: readonly ClaudeEvent[];
    try {
      events = this.#translator.translate(message);
    } catch (error) {
      this.#bad(line, error instanceof Error ? error.message : String(error));
      return;
    }
    for (const event of events) {
      this.#sink.event(event);
    }
  }

  #request(message: WireMessage): void {
    const requestId = asText(message.request_id);
    const request = asObject(message.request);
    const ask =
      requestId === undefined || request === undefined
        ? undefined
        : translateAsk(requestId, request, this.#translator.sessionId);
    if (ask !== undefined) {
      this.#sink.ask(ask);
      return;
    }
    this.#sink.event({ type: 'unknownMessage', raw: cappedJson(message as unknown as JsonObject) });
    if (requestId !== undefined) {
      this.#sink.unknownRequest(requestId);
    }
  }

  #withdrawn(message: WireMessage): void {
    const requestId = asText(message.request_id);
    if (requestId !== undefined) {
      this.#sink.askWithdrawn(requestId);
    }
  }

  #bad(line: string, error: string): void {
    this.#badLines++;
    if (this.#badLines <= MAX_BAD_LINES) {
      this.#sink.event({ type: 'badLine', text: cappedText(line, MAX_BAD_LINE), error });
    } else if (this.#badLines === MAX_BAD_LINES + 1) {
      this.#sink.event({ type: 'badLine', text: '', error: 'More lines like these are not shown.' });
    }
  }

  #stderrLine(text: string): void {
    this.#stderrLines++;
    if (text.trim() !== '' && this.#stderrLines <= MAX_STDERR_LINES) {
      this.#sink.event({ type: 'stderr', text: cappedText(text, MAX_BAD_LINE) });
    }
  }
}
