type Grant<T> = (what: T) => void;

/** Who waits for the same thing: partners have it in turn, however many of one partner's events wait. */
export class PartnerTurns<T> {
  /** In the order of their turns. */
  private readonly waiting = new Map<string, Set<Grant<T>>>();

  /** Rejects when `signal` is aborted. */
  async wait(partnerId: string, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    return new Promise<T>((resolve, reject) => {
      const giveUp = (): void => {
        this.forget(partnerId, grant);
        reject(new Error('nobody waits for a turn any more', { cause: signal.reason }));
      };
      const grant = (what: T): void => {
        signal.removeEventListener('abort', giveUp);
        resolve(what);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      const grants = this.waiting.get(partnerId) ?? new Set();
      this.waiting.set(partnerId, grants.add(grant));
    });
  }

  /** One of the next partner for which `mayBe`. False where none of them waits. */
  serveNext(what: T, mayBe: (partnerId: string) => boolean): boolean {
    for (const [partnerId, [first, ...others]] of this.waiting) {
      if (first === undefined || !mayBe(partnerId)) continue;
      this.waiting.delete(partnerId);
      if (others.length > 0) this.waiting.set(partnerId, new Set(others));
      first(what);
      return true;
    }
    return false;
  }

  serveAll(what: T): void {
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const grants of all) for (const grant of grants) grant(what);
  }

  private forget(partnerId: string, grant: Grant<T>): void {
    const grants = this.waiting.get(partnerId);
    grants?.delete(grant);
    if (grants?.size === 0) this.waiting.delete(partnerId);
  }
}
