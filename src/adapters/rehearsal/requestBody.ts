import type { IncomingMessage } from 'node:http';
import type { JsonValue } from '../../base/json.ts';

/** What a request brought: null for no JSON. */
type RequestBody =
  | { readonly kind: 'read'; readonly json: JsonValue; readonly text: string; readonly bytes: number }
  | { readonly kind: 'tooLarge' };

const MOST_BYTES = 64 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Reading on after a refusal would be wasted, but the connection must live to carry it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) {
      return { kind: 'tooLarge' };
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return { kind: 'read', json: parseJson(text), text, bytes };
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
