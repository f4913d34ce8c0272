/**
 * Keeps what was used last, within a bound. Two generations instead of an order of use: what is still used
 * moves to the young one, and the old one is dropped as a whole, so a hit costs no more than a look-up.
 */
export class Recent<T> {
  private young = new Map<string, T>();
  private old = new Map<string, T>();

  /** Holds between half of `capacity` and all of it. */
  constructor(
    private readonly capacity: number,
    private readonly make: (key: string) => T,
  ) {}

  of(key: string): T {
    const known = this.young.get(key);
    if (known !== undefined) return known;
    const value = this.old.get(key) ?? this.make(key);
    if (this.young.size >= this.capacity / 2) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
    return value;
  }

  get size(): number {
    return this.young.size + this.old.size;
  }
}
