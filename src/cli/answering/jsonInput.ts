import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../base/json.ts';
import { unreadableFile } from '../usageError.ts';

/** One JSON object from a file; `-` is standard input. @throws UsageError `unreadableFile`. */
export function readJsonObject(file: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    throw unreadableFile(file, error instanceof Error ? error.message : String(error));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadableFile(file, 'It holds something else than one JSON object.');
  }
  return value as JsonObject;
}
