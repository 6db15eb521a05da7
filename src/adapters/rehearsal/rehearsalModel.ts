import type { IncomingMessage as HttpRequest, ServerResponse } from 'node:http';
import type { JsonValue } from '../../base/json.ts';
import { apiFailure } from './apiError.ts';
import { Exchange } from './exchange.ts';
import { FaultCounter } from './faultCounter.ts';
import { readMessagesRequest } from './messagesRequest.ts';
import { modelList } from './models.ts';
import { type AnswerPlan, planAnswer } from './planAnswer.ts';
import { type MessageFacts, type RehearsalRequest, RequestLog } from './rehearsalRequest.ts';
import { readBody } from './requestBody.ts';
import { pause } from './responseWriter.ts';
import type { ApiFailure, Rule } from './scenarioModel.ts';
import { tokensOf } from './usage.ts';

/** Hears of a request when its answer begins, with the body of the request. */
export type RequestListener = ((request: RehearsalRequest, body: JsonValue) => void) | undefined;

const MOST_REQUESTS = 1000;

/** Answers requests by the rules of the scenarios; knows nothing of ports. */
export class RehearsalModel {
  readonly log = new RequestLog(MOST_REQUESTS);
  readonly #rules: readonly Rule[];
  readonly #onRequest: RequestListener;
  readonly #faults = new FaultCounter();
  readonly #ended = new AbortController();

  constructor(rules: readonly Rule[], onRequest: RequestListener) {
    this.#rules = rules;
    this.#onRequest = onRequest;
  }

  end(): void {
    this.#ended.abort();
  }

  readonly handle = (request: HttpRequest, response: ServerResponse): void => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const exchange = new Exchange(request, response, AbortSignal.any([gone.signal, this.#ended.signal]));
    this.#answer(exchange).catch((error: unknown) => exchange.crash(error));
  };

  async #answer(exchange: Exchange): Promise<void> {
    const body = await readBody(exchange.request);
    if (body.kind === 'tooLarge') {
      this.#refuse(exchange, 0, null, apiFailure(413, { message: 'The request is too large.' }));
      return;
    }
    const { json, bytes, text } = body;
    const known = (value: Record<string, unknown>): void => {
      this.#note(exchange, bytes, json, 200);
      exchange.json(200, value);
    };
    switch (`${exchange.request.method} ${exchange.path}`) {
      case 'GET /':
      case 'HEAD /':
        return known({ service: 'rehearsal model' });
      case 'GET /v1/models':
        return known(modelList());
      case 'POST /v1/messages/count_tokens':
        return known({ input_tokens: tokensOf(text.length) });
      case 'POST /v1/messages':
        return await this.#answerMessage(exchange, json, text.length, bytes);
      default:
        this.#refuse(exchange, bytes, json, apiFailure(404, { message: `Nothing is served at ${exchange.path}.` }));
    }
  }

  async #answerMessage(exchange: Exchange, json: JsonValue, characters: number, bytes: number): Promise<void> {
    const request = readMessagesRequest(json);
    if (request === undefined) {
      this.#refuse(exchange, bytes, json, apiFailure(400, { message: 'messages: a list is required.' }));
      return;
    }
    const agentId = exchange.header('x-claude-code-agent-id');
    const incoming = { request, agentId, bodyCharacters: characters, newCharacters: newCharacters(json) };
    const plan = planAnswer(incoming, this.#rules, this.#faults);
    this.#note(exchange, bytes, json, statusOf(plan), plan.facts);
    await pause(plan.silence, exchange.signal);
    await exchange.play(plan, request.stream);
  }

  #refuse(exchange: Exchange, bytes: number, json: JsonValue, failure: ApiFailure): void {
    this.#note(exchange, bytes, json, failure.status);
    exchange.fail(failure);
  }

  #note(exchange: Exchange, bytes: number, body: JsonValue, status: number | undefined, message?: MessageFacts): void {
    const { at, path } = exchange;
    const method = exchange.request.method ?? '';
    const request = this.log.add({ at, method, path, status, bytes, message });
    this.#onRequest?.(request, body);
  }
}

function statusOf(plan: AnswerPlan): number | undefined {
  switch (plan.outcome.kind) {
    case 'error':
      return plan.outcome.error.status;
    case 'silence':
      return undefined;
    default:
      return 200;
  }
}

function newCharacters(json: JsonValue): number {
  const messages = (json as { messages: { role?: unknown }[] }).messages;
  const last = messages.findLastIndex(message => message.role === 'assistant');
  return messages.slice(last + 1).reduce((sum, message) => sum + JSON.stringify(message).length, 0);
}
