import type { JsonValue } from '../../base/json.ts';
import { missingValue } from './catalogErrors.ts';
import type { InputValues } from './command.ts';
import type { Reference } from './template.ts';

/** What an earlier step gives. */
export interface StepValue {
  /** How it ended: `succeeded`, `failed` or `skipped`. */
  readonly state: string;
  /** Null when it gave nothing. */
  readonly output: JsonValue;
  /** Why it failed, in a sentence. */
  readonly failure?: string;
}

/** Everything that references and expressions can see. */
export interface ValueScope {
  readonly inputs: InputValues;
  /** Whether a person at this machine typed the inputs, or they come from a step, a link or another program. */
  readonly inputsFrom: 'person' | 'elsewhere';
  readonly steps: Readonly<Record<string, StepValue>>;
  /** The present item of a `foreach`. */
  readonly item?: JsonValue;
  readonly workspace: {
    /** Absolute. */
    readonly folder: string;
  };
}

/** What `steps.NAME` has. */
export const STEP_FIELDS = ['output', 'state', 'failure'] as const;
/** What `workspace` has. */
export const WORKSPACE_FIELDS = ['folder'] as const;

/**
 * The value that a reference stands for. An input that was left out, and the failure of a step that has not failed, is null.
 * @throws CatalogError `missingValue`
 */
export function referencedValue(reference: Reference, scope: ValueScope): JsonValue {
  let value: unknown = own(scope, reference.root);
  for (const step of reference.path) {
    value = own(value, step);
  }
  if (value === undefined) {
    if (mayBeAbsent(reference)) {
      return null;
    }
    throw missingValue(reference.text);
  }
  return value as JsonValue;
}

function mayBeAbsent({ root, path }: Reference): boolean {
  return (root === 'inputs' && path.length === 1) || (root === 'steps' && path.length === 2 && path[1] === 'failure');
}

function own(value: unknown, key: string | number): unknown {
  const hasKey = Array.isArray(value) ? typeof key === 'number' : typeof value === 'object' && value !== null;
  return hasKey && Object.hasOwn(value as object, key) ? (value as Record<string | number, unknown>)[key] : undefined;
}
