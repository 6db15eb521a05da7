import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http';
import { apiFailure, errorBody, errorHeaders } from './apiError.ts';
import { type AnswerPlan, newId } from './planAnswer.ts';
import type { Reply } from './reply.ts';
import { cutConnection, pause, playActions, untilAborted } from './responseWriter.ts';
import type { ApiFailure } from './scenarioModel.ts';
import { streamActions } from './streamActions.ts';
import { wholeMessage, wholeMessageDelay } from './wholeMessage.ts';

/** One request with the response to it. */
export class Exchange {
  readonly at = performance.timeOrigin + performance.now();
  readonly path: string;
  readonly request: HttpRequest;
  readonly signal: AbortSignal;
  readonly #response: ServerResponse;
  readonly #id = newId('req');

  constructor(request: HttpRequest, response: ServerResponse, signal: AbortSignal) {
    this.request = request;
    this.#response = response;
    this.signal = signal;
    this.path = (request.url ?? '/').split('?')[0] ?? '/';
    response.setHeader('request-id', this.#id);
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return typeof value === 'string' ? value : undefined;
  }

  json(status: number, value: Record<string, unknown>): void {
    this.#whole(status, 'application/json', JSON.stringify(value));
  }

  fail(failure: ApiFailure): void {
    this.#whole(failure.status, 'application/json', errorBody(failure, this.#id), errorHeaders(failure));
  }

  async play(plan: AnswerPlan, streams: boolean): Promise<void> {
    const { outcome } = plan;
    for (const [name, value] of Object.entries(plan.headers)) {
      this.#response.setHeader(name, value);
    }
    switch (outcome.kind) {
      case 'error':
        return this.fail(outcome.error);
      case 'html':
        return this.#whole(200, 'text/html', '<!DOCTYPE html><title>Sign in</title><p>Sign in to the network.</p>');
      case 'silence':
        return await untilAborted(this.signal);
      case 'reply':
        return streams ? await this.#stream(outcome.reply) : await this.#send(outcome.reply);
    }
  }

  /** For what should not happen: the other side gets an error of the API, not a hanging connection. */
  crash(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (this.#response.headersSent || this.signal.aborted) {
      this.#response.destroy();
    } else {
      this.fail(apiFailure(500, { message: `The rehearsal model failed: ${message}`, retry: false }));
    }
  }

  async #stream(reply: Reply): Promise<void> {
    this.#response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
    await playActions(streamActions(reply), this.#response, this.signal);
  }

  async #send(reply: Reply): Promise<void> {
    await pause(wholeMessageDelay(reply), this.signal);
    switch (reply.fault?.kind) {
      case undefined:
        return this.json(200, wholeMessage(reply));
      case 'streamError':
        return this.fail(reply.fault.error);
      case 'malformed':
        return this.#whole(200, 'application/json', '{"type":"message","content":[{"type":"te');
      case 'stall':
        return await untilAborted(this.signal);
      case 'cut':
        return await cutConnection(this.#response);
    }
  }

  #whole(status: number, type: string, body: string, headers: Record<string, string> = {}): void {
    if (!this.signal.aborted) {
      this.#response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
      this.#response.end(this.request.method === 'HEAD' ? undefined : body);
    }
  }
}
