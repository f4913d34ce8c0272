import { Gauge, type Registry } from 'prom-client';

export type GaugeRow<L extends string> = Readonly<Record<L, string>> & { readonly value: number };

/** A gauge of state that all processes share, read anew from the stores at every scrape. */
export class SharedGauge<L extends string> {
  private readonly gauge: Gauge<L>;

  constructor(
    registry: Registry,
    name: string,
    help: string,
    private readonly labelNames: readonly L[],
  ) {
    this.gauge = new Gauge({ name, help, labelNames, registers: [registry] });
    this.gauge.reset();
    if (labelNames.length === 0) this.gauge.remove();
  }

  /** What is not among the rows any more is not shown any more. */
  replace(rows: Iterable<GaugeRow<L>>): void {
    this.gauge.reset();
    if (this.labelNames.length === 0) this.gauge.remove();
    for (const row of rows) {
      this.gauge.labels(...this.labelNames.map((label) => row[label])).set(row.value);
    }
  }
}
