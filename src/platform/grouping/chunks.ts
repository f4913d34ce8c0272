export interface ChunkLimits<T> {
  readonly maxItems: number;
  readonly maxSize: number;
  /** In whatever unit `maxSize` is meant. */
  readonly sizeOf: (item: T) => number;
}

/** In their order, each chunk within both limits; an item that is larger by itself goes alone. */
export function* chunksOf<T>(
  items: Iterable<T>,
  { maxItems, maxSize, sizeOf }: ChunkLimits<T>,
): Generator<readonly T[]> {
  let chunk: T[] = [];
  let size = 0;
  for (const item of items) {
    const more = sizeOf(item);
    if (chunk.length === maxItems || (chunk.length > 0 && size + more > maxSize)) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push(item);
    size += more;
  }
  if (chunk.length > 0) yield chunk;
}
