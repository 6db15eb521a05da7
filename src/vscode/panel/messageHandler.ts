import type { PanelServices } from '../../app/panelServices.ts';
import type { ToExtension } from '../../protocol/toExtension.ts';
import type { PanelActions } from './panelActions.ts';

/** The view that a message came from. */
export interface ViewPort {
  begin(): Promise<void>;
  sendSnapshot(): Promise<void>;
  openTask(taskId: string | undefined): Promise<void>;
  openChain(chainId: string | undefined, stepId: string | undefined): void;
  sendPage(taskId: string, thread: string | undefined, from: number, count: number): Promise<void>;
  sendOlderTasks(before: number, count: number): void;
  painted(sequence: number, at: number): void;
  /** Writes something down for whoever looks for the cause of a fault. */
  note(text: string): void;
}

export interface HandlerContext {
  readonly connection: ViewPort;
  readonly actions: PanelActions;
  /** Makes them when needed. @throws SurfaceError where nothing may be started. */
  readonly services: () => Promise<PanelServices>;
}

/** What the reply to a request carries besides its id. */
export interface HandlerResult {
  readonly taskId?: string;
  readonly chainId?: string;
}

// biome-ignore lint/suspicious/noConfusingVoidType: most handlers have nothing to say.
type Answer = HandlerResult | undefined | void;

export type Handler<Type extends ToExtension['type']> = (
  message: Extract<ToExtension, { readonly type: Type }>,
  context: HandlerContext,
) => Answer | Promise<Answer>;

/** One handler for each of these messages. */
export type Handlers<Type extends ToExtension['type']> = { readonly [T in Type]: Handler<T> };
