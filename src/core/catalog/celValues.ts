/** JSON as CEL sees it: whole numbers are integers, and a map has only its own keys. */
export function toCel(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? BigInt(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map(toCel);
  }
  if (typeof value === 'object' && value !== null) {
    return new Map(
      Object.entries(value).flatMap(([key, inside]) => (inside === undefined ? [] : [[key, toCel(inside)]])),
    );
  }
  return value;
}

/** What an expression gave, as JSON; undefined for what JSON cannot hold. */
export function fromCel(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number(value);
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : undefined;
  }
  if (Array.isArray(value)) {
    return allOf(value.map(fromCel));
  }
  const entries = value instanceof Map ? [...value] : plainEntries(value);
  const inside = entries === undefined ? undefined : allOf(entries.map(([, one]) => fromCel(one)));
  return entries === undefined || inside === undefined
    ? undefined
    : Object.fromEntries(entries.map(([key], index) => [String(key), inside[index]]));
}

function plainEntries(value: unknown): [string, unknown][] | undefined {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? Object.entries(value)
    : undefined;
}

function allOf(values: unknown[]): unknown[] | undefined {
  return values.includes(undefined) ? undefined : values;
}
