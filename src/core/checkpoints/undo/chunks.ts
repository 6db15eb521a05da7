/** Runs of items whose sizes together stay below a limit; a larger item is alone. */
export function* inChunksOf<T>(
  items: Iterable<T>,
  limit: number,
  sizeOf: (item: T) => number,
): Generator<readonly T[]> {
  let chunk: T[] = [];
  let size = 0;
  for (const item of items) {
    if (chunk.length > 0 && size + sizeOf(item) > limit) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push(item);
    size += sizeOf(item);
  }
  if (chunk.length > 0) {
    yield chunk;
  }
}
