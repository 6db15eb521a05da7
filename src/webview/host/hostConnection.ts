import type { Clock } from '../../base/clock.ts';
import { type Disposable, DisposableStore, toDisposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/event.ts';
import type { NewId } from '../../base/ids.ts';
import type { Failure } from '../../base/panelError.ts';
import type { ToExtension } from '../../protocol/toExtension.ts';
import { type ToWebview, toWebviewSchema } from '../../protocol/toWebview.ts';
import type { VsCodeApi } from './vscodeApi.ts';

type WithoutId<T> = T extends unknown ? Omit<T, 'requestId'> : never;
export type PanelRequest = WithoutId<Extract<ToExtension, { requestId: string }>>;
type PanelNotice = Exclude<ToExtension, { requestId: string }>;

export interface Reply {
  readonly failure?: Failure | undefined;
  readonly taskId?: string | undefined;
  readonly chainId?: string | undefined;
}

/** A request is given up after this; the extension host may have died. */
const ANSWER_WITHIN_MS = 30_000;
/** Problems told to the extension in the life of a view; a broken sender must not fill the log. */
const PROBLEMS_TOLD = 20;

/** Talks with the extension: typed outwards, guarded by the schema inwards. */
export class HostConnection implements Disposable {
  readonly #api: VsCodeApi;
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #owned = new DisposableStore();
  readonly #messages = this.#owned.add(new Emitter<ToWebview>());
  readonly #waiting = new Map<string, (reply: Reply) => void>();
  #problems = 0;

  readonly onMessage = this.#messages.event;

  constructor(api: VsCodeApi, inbound: EventTarget, clock: Clock, newId: NewId) {
    this.#api = api;
    this.#clock = clock;
    this.#newId = newId;
    const listener = (event: Event): void => this.#receive((event as MessageEvent<unknown>).data);
    inbound.addEventListener('message', listener);
    this.#owned.add(toDisposable(() => inbound.removeEventListener('message', listener)));
  }

  post(message: PanelNotice): void {
    this.#api.postMessage(message);
  }

  /** Resolves always: with what the extension says, or with a failure when it says nothing. */
  request(message: PanelRequest): Promise<Reply> {
    const requestId = this.#newId();
    return new Promise(resolve => {
      const timer = this.#clock.after(ANSWER_WITHIN_MS, () => {
        this.#waiting.delete(requestId);
        resolve({ failure: noAnswer() });
      });
      this.#waiting.set(requestId, reply => {
        timer.dispose();
        resolve(reply);
      });
      this.#api.postMessage({ ...message, requestId });
    });
  }

  reportProblem(text: string): void {
    this.#problems += 1;
    if (this.#problems <= PROBLEMS_TOLD) {
      this.post({ type: 'problem', text: text.slice(0, 4000) });
    }
  }

  #receive(data: unknown): void {
    const read = toWebviewSchema.safeParse(data);
    if (!read.success) {
      const issue = read.error.issues[0];
      this.reportProblem(
        `A message does not fit the protocol at ${issue?.path.join('.') || 'its root'}: ${issue?.code}.`,
      );
      return;
    }
    const message = read.data;
    if (message.type === 'reply') {
      const settle = this.#waiting.get(message.requestId);
      this.#waiting.delete(message.requestId);
      settle?.(message);
    }
    this.#messages.fire(message);
  }

  dispose(): void {
    this.#waiting.clear();
    this.#owned.dispose();
  }
}

function noAnswer(): Failure {
  return {
    family: 'panel',
    reason: 'noAnswer',
    message: 'The extension did not answer.',
    remedy: 'Reload the window if this happens again.',
  };
}
