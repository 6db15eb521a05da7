import type { JsonObject, JsonValue } from '../../../base/json.ts';

/**
 * A message as it came in: any of the named fields may be missing or of another kind than expected. Hand-written guards,
 * because they run for every line of the stream.
 */
export type Raw<Key extends string> = { readonly [key in Key]?: JsonValue };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asRaw<Key extends string>(value: JsonValue | undefined): Raw<Key> | undefined {
  return isObject(value) ? (value as Raw<Key>) : undefined;
}

export function asObject(value: JsonValue | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

export function asText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asNumber(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function asList(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

export function asTexts(value: JsonValue | undefined): readonly string[] {
  return asList(value).filter(item => typeof item === 'string');
}

export function asRaws<Key extends string>(value: JsonValue | undefined): readonly Raw<Key>[] {
  return asList(value).filter(isObject) as unknown as readonly Raw<Key>[];
}

/** The fields that have a value: what is undefined is left out, as optional fields want it. */
export function present<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
