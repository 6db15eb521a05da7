import * as z from 'zod';
import { commandFileSchema } from './commandSchema.ts';

/** The part of JSON Schema that the schema of commands needs. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
}

/** What `schemas/command.schema.json` holds, and what completion goes by: the same as what loads the files. */
export function commandJsonSchema(): JsonSchema {
  return z.toJSONSchema(commandFileSchema, { target: 'draft-7', io: 'input' }) as JsonSchema;
}
