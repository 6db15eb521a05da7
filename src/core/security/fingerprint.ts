import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonicalJson.ts';

/** SHA-256 over the canonical JSON, as hexadecimal text. */
export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
