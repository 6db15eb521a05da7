import type { PanelServices } from '../../app/panelServices.ts';
import type { Disposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/event.ts';
import { type Failure, toFailure } from '../../base/panelError.ts';
import { closing } from './surfaceErrors.ts';

export type ServicesState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'starting';
      readonly services: Promise<PanelServices>;
      /** Why the start before this one failed. */
      readonly after: Failure | undefined;
    }
  | { readonly kind: 'ready'; readonly services: PanelServices }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'closed' };

interface Parts {
  /** Throws why the services may not be made now, such as in a folder that is not trusted. */
  readonly check: () => void;
  readonly create: () => Promise<PanelServices>;
  readonly log: (level: 'info' | 'error', text: string) => void;
}

/** Makes the services when they are first needed, and once only. A start that failed is tried again when asked. */
export class ServiceHost implements Disposable {
  readonly #parts: Parts;
  readonly #changed = new Emitter<ServicesState>();
  #state: ServicesState = { kind: 'idle' };

  readonly onDidChange = this.#changed.event;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get state(): ServicesState {
    return this.#state;
  }

  get current(): PanelServices | undefined {
    return this.#state.kind === 'ready' ? this.#state.services : undefined;
  }

  /** Why there are none, until there are: a start that is tried again does not hide it. */
  get failure(): Failure | undefined {
    switch (this.#state.kind) {
      case 'failed':
        return this.#state.failure;
      case 'starting':
        return this.#state.after;
      default:
        return undefined;
    }
  }

  /** @throws SurfaceError when they may not be made here, or what kept them from being made. */
  async get(): Promise<PanelServices> {
    switch (this.#state.kind) {
      case 'ready':
      case 'starting':
        return this.#state.services;
      case 'closed':
        throw closing();
      case 'idle':
      case 'failed': {
        this.#parts.check();
        // On a later turn, so that a start that fails at once fails after it was called a start.
        const after = this.failure;
        const services = Promise.resolve().then(() => this.#create(after));
        this.#set({ kind: 'starting', services, after });
        return services;
      }
    }
  }

  /** Sets running tasks aside and lets go of everything, within the time given. */
  async close(withinMs: number): Promise<void> {
    const before = this.#state;
    this.#set({ kind: 'closed' });
    const services =
      before.kind === 'ready'
        ? before.services
        : before.kind === 'starting'
          ? await before.services.catch(() => undefined)
          : undefined;
    if (services === undefined) {
      return;
    }
    try {
      await services.suspend(withinMs);
    } catch (error) {
      this.#parts.log('error', `Setting tasks aside failed: ${describe(error)}`);
    } finally {
      services.dispose();
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #create(after: Failure | undefined): Promise<PanelServices> {
    let services: PanelServices;
    try {
      services = await this.#parts.create();
    } catch (error) {
      const failure = toFailure(error);
      if (failure.message !== after?.message) {
        this.#parts.log('error', `The panel could not be started: ${describe(error)}`);
      }
      this.#settle({ kind: 'failed', failure });
      throw error;
    }
    this.#settle({ kind: 'ready', services });
    if (this.current !== services) {
      return services;
    }
    services.start().catch((error: unknown) => {
      this.#parts.log('error', `Taking over earlier tasks failed: ${describe(error)}`);
    });
    return services;
  }

  /** The window may have begun to close in the meantime; then `close` has the services. */
  #settle(state: ServicesState): void {
    if (this.#state.kind === 'starting') {
      this.#set(state);
    }
  }

  #set(state: ServicesState): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
