import type * as z from 'zod';
import type { JsonValue } from '../../base/json.ts';
import type { Actor } from '../../core/events/actor.ts';
import { badActionInput } from './actionError.ts';

/** What every run of an action is given. The services that an action needs are parts of its constructor. */
export interface ActionContext {
  /** The folder that it works in, absolute. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Who began the command. */
  readonly by: Actor;
  /** Aborts when the command is stopped or its time is over: an action ends soon after, and rejects. */
  readonly signal: AbortSignal;
  /** One line about what it does now, shown as it comes and not kept. */
  report(text: string): void;
  /** Absent for an action that is a command's whole body. */
  readonly step?: { readonly chainId: string; readonly stepId: string };
}

/** Something that the panel itself does: a command's `action`, or an `action` step. */
export interface PanelAction {
  readonly name: string;
  /** One sentence for the plan that a dry run shows. */
  readonly summary: string;
  /**
   * Runs with the values of `with`, filled in, and resolves to the output that later steps use. An action may be run
   * again after a crash in the middle of it, so it begins anew without harm.
   * @throws PanelError `badActionInput` when a value is missing or of the wrong type; else the action's own failures.
   */
  run(given: Readonly<Record<string, JsonValue>>, context: ActionContext): Promise<JsonValue>;
}

/** An action whose values are checked by a schema before it runs. */
export function panelAction<Schema extends z.ZodType>(definition: {
  readonly name: string;
  readonly summary: string;
  readonly input: Schema;
  readonly run: (input: z.output<Schema>, context: ActionContext) => Promise<JsonValue>;
}): PanelAction {
  const { name, summary, input, run } = definition;
  return {
    name,
    summary,
    run: async (given, context) => {
      const checked = input.safeParse(given);
      if (!checked.success) {
        throw badActionInput(name, checked.error.issues);
      }
      return run(checked.data, context);
    },
  };
}
