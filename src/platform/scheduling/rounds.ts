/**
 * The same work over and over, one round after the other. A round gives the pause, in ms, until the next one, and
 * settles by itself whatever goes wrong in it: one that rejects would be the last.
 */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(private readonly round: () => Promise<number>) {}

  /** A round under way may ask, and end early. */
  get stopped(): boolean {
    return this.stopping;
  }

  begin(inMs: number): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.underWay = this.round().then((nextInMs) => this.begin(nextInMs));
    }, inMs);
  }

  /** No round begins any more; resolves when the one under way has ended. */
  stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    return this.underWay;
  }
}
