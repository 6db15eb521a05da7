const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-9a-f][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * The W3C trace context (https://www.w3.org/TR/trace-context/) that belongs to a UUID: always the same, so that it need not
 * be kept, and sampled. Nothing for another kind of id.
 */
export function traceparentOf(uuid: string): string | undefined {
  if (!UUID.test(uuid)) {
    return undefined;
  }
  const trace = uuid.replaceAll('-', '');
  return `00-${trace}-${trace.slice(16)}-01`;
}
