import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { NewId } from '../../base/ids.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { type ClaudeError, requestFailed, requestTimedOut, sessionEnded } from './claudeErrors.ts';
import { controlCancel, controlRequest } from './claudeMessages.ts';
import { asObject, asRaw, asText, type Raw } from './wire/rawFields.ts';

interface Pending {
  readonly name: string;
  readonly resolve: (response: JsonObject) => void;
  readonly reject: (error: ClaudeError) => void;
  readonly timer: Disposable;
}

interface ChannelParts {
  readonly clock: Clock;
  readonly newRequestId: NewId;
  readonly write: (message: JsonObject) => void;
}

/** Requests of the host to Claude Code, each with an answer, a refusal or an end after its time. */
export class ControlChannel {
  readonly #parts: ChannelParts;
  readonly #pending = new Map<string, Pending>();
  #closed = false;

  constructor(parts: ChannelParts) {
    this.#parts = parts;
  }

  /**
   * Rejects with a ClaudeError: `requestFailed`, `requestTimedOut` or `sessionEnded`. What has to happen before the next
   * line is read is given as `onAnswer`.
   */
  request(request: JsonObject, timeoutMs: number, onAnswer?: (answer: JsonObject) => void): Promise<JsonObject> {
    const { clock, newRequestId, write } = this.#parts;
    const name = asText((request as Raw<'subtype'>).subtype) ?? '';
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(sessionEnded());
        return;
      }
      const id = newRequestId();
      const timer = clock.after(timeoutMs, () => {
        this.#pending.delete(id);
        write(controlCancel(id));
        reject(requestTimedOut(name, Math.round(timeoutMs / 1000)));
      });
      const answered = (answer: JsonObject): void => {
        onAnswer?.(answer);
        resolve(answer);
      };
      this.#pending.set(id, { name, resolve: answered, reject, timer });
      write(controlRequest(id, request));
    });
  }

  /** False for an answer that nobody waits for. */
  settle(value: JsonValue | undefined): boolean {
    const answer: Raw<'subtype' | 'request_id' | 'response' | 'error'> = asRaw(value) ?? {};
    const id = asText(answer.request_id);
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id === undefined || pending === undefined) {
      return false;
    }
    this.#pending.delete(id);
    pending.timer.dispose();
    if (answer.subtype === 'success') {
      pending.resolve(asObject(answer.response) ?? {});
    } else {
      pending.reject(requestFailed(pending.name, asText(answer.error) ?? 'It gave no reason.'));
    }
    return true;
  }

  /** The process has gone: nothing will be answered any more. */
  close(): void {
    this.#closed = true;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { timer, reject } of pending) {
      timer.dispose();
      reject(sessionEnded());
    }
  }
}
