import type { JsonObject, JsonValue } from '../../../base/json.ts';

const MAX_STRING = 20_000;
const MAX_TOTAL = 256_000;
const MAX_DEPTH = 32;
/** Copies of whole files and pictures: megabytes that nobody reads here. */
const BULKY = new Set(['originalFile', 'base64', 'data']);
const MAX_BULKY = 1_000;

/** Cuts a text, and says in it how much is missing. */
export function cappedText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…[+${text.length - limit} characters]`;
}

/** A copy in which long strings are cut, and which as a whole stays below a quarter of a million characters. */
export function cappedJson(value: JsonValue): JsonValue {
  let left = MAX_TOTAL;

  const copyText = (text: string, limit: number): string => {
    const capped = cappedText(text, Math.max(0, Math.min(limit, left)));
    left -= capped.length;
    return capped;
  };
  const copy = (item: JsonValue, depth: number): JsonValue => {
    if (typeof item === 'string') {
      return copyText(item, MAX_STRING);
    }
    left -= 8;
    if (typeof item !== 'object' || item === null) {
      return item;
    }
    if (depth > MAX_DEPTH || left <= 0) {
      return '…';
    }
    return Array.isArray(item) ? copyList(item, depth) : copyObject(item, depth);
  };
  const copyList = (items: readonly JsonValue[], depth: number): JsonValue[] => {
    const copies: JsonValue[] = [];
    for (const item of items) {
      if (left <= 0) {
        copies.push(`…[+${items.length - copies.length} items]`);
        break;
      }
      copies.push(copy(item, depth + 1));
    }
    return copies;
  };
  const copyObject = (object: JsonObject, depth: number): JsonObject => {
    const entries: [string, JsonValue][] = [];
    for (const [key, item] of Object.entries(object)) {
      if (left <= 0) {
        entries.push(['…', 'more']);
        break;
      }
      left -= key.length;
      entries.push([
        key,
        typeof item === 'string' && BULKY.has(key) ? copyText(item, MAX_BULKY) : copy(item, depth + 1),
      ]);
    }
    return Object.fromEntries(entries);
  };
  return copy(value, 0);
}
