import type { JsonValue } from '../base/json.ts';
import type { ChainRun } from '../core/chains/chainRun.ts';
import type { Actor } from '../core/events/actor.ts';
import type { Task } from '../core/tasks/task.ts';

export interface RunCommand {
  /** A name, a full name such as `user:review`, or `claude:NAME` for what Claude Code itself offers. */
  readonly command: string;
  /** Text from a command line is fitted to the types of the inputs. `claude:` takes the input `arguments`. */
  readonly inputs?: Readonly<Record<string, JsonValue | undefined>>;
  /** Who gave the inputs: what a person did not type is called data in a prompt. */
  readonly inputsFrom: 'person' | 'elsewhere';
  readonly cwd?: string;
  readonly by: Actor;
  readonly unattended?: 'ask' | 'allow' | 'deny';
  /** Only this process runs it, as long as this process lives. */
  readonly ownProcessOnly?: boolean;
}

export type CommandOutcome =
  /** A command of one prompt. */
  | { readonly kind: 'task'; readonly task: Task }
  /** A command of steps; one of a single action is a chain with one step. */
  | { readonly kind: 'chain'; readonly chain: ChainRun }
  /** What files of the workspace bring along is shown first, as this approval; answer it, then run the command again. */
  | { readonly kind: 'needsApproval'; readonly approvalId: string };
