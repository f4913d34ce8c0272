/** prom-client builds new objects at every `labels()` call: each combination is asked for once and kept. */
export class Children<T> {
  private readonly known = new Map<string, Map<string, T>>();

  constructor(private readonly make: (first: string, second: string) => T) {}

  of(first: string, second: string): T {
    let row = this.known.get(first);
    if (row === undefined) this.known.set(first, (row = new Map<string, T>()));
    let child = row.get(second);
    if (child === undefined) row.set(second, (child = this.make(first, second)));
    return child;
  }
}
