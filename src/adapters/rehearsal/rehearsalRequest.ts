import type { AgentKind } from './scenarioModel.ts';
import type { SideRequestKind } from './sideRequest.ts';

/** What the server was asked, and by which part of the scenario it is answered. */
export interface RehearsalRequest {
  /** Counts from 1. */
  readonly sequence: number;
  /** When it arrived, in milliseconds since the epoch, with fractions. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The HTTP status of the answer; undefined while it is kept waiting for ever. */
  readonly status: number | undefined;
  readonly bytes: number;
  /** Only for /v1/messages. */
  readonly message: MessageFacts | undefined;
}

export interface MessageFacts {
  readonly model: string;
  readonly sessionId: string | undefined;
  readonly agent: AgentKind;
  readonly agentId: string | undefined;
  readonly sideRequest: SideRequestKind | undefined;
  readonly prompt: string;
  /** The model round since the prompt, from 1. */
  readonly turn: number;
  /** The rule that answers, or where else the answer comes from. */
  readonly answeredBy: string;
  readonly fault: string | undefined;
}

/** Keeps the newest requests. */
export class RequestLog {
  readonly #most: number;
  readonly #requests: RehearsalRequest[] = [];
  #sequence = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get requests(): readonly RehearsalRequest[] {
    return this.#requests;
  }

  add(request: Omit<RehearsalRequest, 'sequence'>): RehearsalRequest {
    this.#sequence += 1;
    const numbered = { sequence: this.#sequence, ...request };
    this.#requests.push(numbered);
    if (this.#requests.length > this.#most) {
      this.#requests.shift();
    }
    return numbered;
  }
}
