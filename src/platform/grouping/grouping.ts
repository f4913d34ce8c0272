export type Outcome<R> =
  { readonly ok: true; readonly value: R } | { readonly ok: false; readonly error: unknown };

export interface GroupingOptions<T, R> {
  /** Handles one group; gives one outcome per item, in the items' order. A rejection fails the whole group. */
  readonly run: (items: readonly T[]) => Promise<readonly Outcome<R>[]>;
  /** In whatever unit `maxSize` and `maxWaitingSize` are meant. */
  readonly sizeOf: (item: T) => number;
  readonly maxItems: number;
  readonly maxSize: number;
  /** Groups under way at once; what arrives meanwhile forms the next. */
  readonly maxInFlight: number;
  /** While one is under way, the next starts only when so many wait, or `maxSize`: few large groups cost least. */
  readonly minItemsBeside: number;
  /** What may wait at most; beyond it `add` rejects, so that memory stays bounded. */
  readonly maxWaitingItems: number;
  readonly maxWaitingSize: number;
}

/** Nothing was done with the item: too much waits already, or the process is stopping. */
export class GroupingRefusedError extends Error {
  constructor(readonly reason: 'full' | 'closed') {
    super(reason === 'full' ? 'too many items wait' : 'no new items are taken');
  }
}

interface Waiting<T, R> {
  readonly item: T;
  readonly size: number;
  readonly resolve: (value: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets concurrent callers share one operation. A lone item starts at once where nothing is under way; beside a group,
 * newcomers wait until `minItemsBeside` or `maxSize` of them are there, and go together in the order of their arrival,
 * in `maxInFlight` groups at most. So a store is asked once per group however many requests there are, and nobody waits
 * for a timer.
 */
export class Grouping<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private waitingSize = 0;
  private inFlight = 0;
  private closed = false;
  private scheduled = false;
  private idle: (() => void)[] = [];

  constructor(private readonly options: GroupingOptions<T, R>) {}

  /** Resolves with the item's own outcome; rejects with its error, or with `GroupingRefusedError`. */
  add(item: T): Promise<R> {
    const size = this.options.sizeOf(item);
    if (this.closed) return Promise.reject(new GroupingRefusedError('closed'));
    if (this.isFull(size)) return Promise.reject(new GroupingRefusedError('full'));
    return new Promise<R>((resolve, reject) => {
      this.waiting.push({ item, size, resolve, reject });
      this.waitingSize += size;
      this.schedule();
    });
  }

  /** Takes nothing new; resolves when everything that was taken has its outcome. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.inFlight === 0 && this.waiting.length === 0) return;
    await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private isFull(size: number): boolean {
    if (this.waiting.length === 0) return false;
    const { maxWaitingItems, maxWaitingSize } = this.options;
    return this.waiting.length >= maxWaitingItems || this.waitingSize + size > maxWaitingSize;
  }

  /** At the end of this turn of the event loop: what arrived in one turn goes together, at no delay. */
  private schedule(): void {
    if (this.scheduled || !this.mayStart()) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.startNext();
    });
  }

  private startNext(): void {
    while (this.mayStart()) {
      this.inFlight += 1;
      void this.runGroup(this.takeGroup());
    }
  }

  private mayStart(): boolean {
    const { maxInFlight, minItemsBeside, maxSize } = this.options;
    if (this.inFlight === 0) return this.waiting.length > 0;
    const isWorthwhile = this.waiting.length >= minItemsBeside || this.waitingSize >= maxSize;
    return isWorthwhile && this.inFlight < maxInFlight;
  }

  /** As many as fit, at least one: an item above `maxSize` goes alone. */
  private takeGroup(): Waiting<T, R>[] {
    const { maxItems, maxSize } = this.options;
    let count = 0;
    let total = 0;
    for (const { size } of this.waiting) {
      if (count === maxItems || (count > 0 && total + size > maxSize)) break;
      count += 1;
      total += size;
    }
    this.waitingSize -= total;
    return this.waiting.splice(0, count);
  }

  private async runGroup(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const outcomes = await this.options.run(group.map(({ item }) => item));
      group.forEach((waiting, index) => settle(waiting, outcomes[index]));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    this.inFlight -= 1;
    this.startNext();
    if (this.inFlight === 0 && this.waiting.length === 0)
      for (const resolve of this.idle.splice(0)) resolve();
  }
}

function settle<T, R>({ resolve, reject }: Waiting<T, R>, outcome: Outcome<R> | undefined): void {
  if (outcome === undefined) reject(new Error('the group gave no outcome for this item'));
  else if (outcome.ok) resolve(outcome.value);
  else reject(outcome.error);
}
