/** What is dear to ask: the answer serves for a while, and those who ask meanwhile share one question. */
export class KeptFigures<T> {
  private answer: { readonly figures: T; readonly until: number } | undefined;
  private asking: Promise<T> | undefined;

  constructor(
    private readonly ask: () => Promise<T>,
    private readonly keepMs: number,
  ) {}

  /** Rejects as the question does; the next call asks again. */
  async get(): Promise<T> {
    if (this.answer !== undefined && performance.now() < this.answer.until) return this.answer.figures;
    this.asking ??= this.refresh().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async refresh(): Promise<T> {
    const figures = await this.ask();
    this.answer = { figures, until: performance.now() + this.keepMs };
    return figures;
  }
}
