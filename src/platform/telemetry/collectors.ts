import { Logger } from '@nestjs/common';

/** Sets gauges to what is true now, e.g. by asking a store. */
export type Collect = () => void | Promise<void>;

interface Collector {
  readonly name: string;
  readonly collect: Collect;
  running: Promise<void> | undefined;
}

/** What is asked at every scrape, without letting a hanging store hold the answer. */
export class Collectors {
  private readonly logger = new Logger('Metrics');
  private readonly collectors: Collector[] = [];

  constructor(private readonly timeoutMs: number) {}

  add(name: string, collect: Collect): void {
    this.collectors.push({ name, collect, running: undefined });
  }

  /** Ends after `timeoutMs` at the latest; what is not there by then is seen by the next scrape. */
  async run(): Promise<void> {
    if (this.collectors.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.timeoutMs);
    });
    await Promise.race([Promise.all(this.collectors.map((collector) => this.start(collector))), enough]);
    clearTimeout(timer);
  }

  /** One that still runs is not started again: scrapes must not pile up on a store that hangs. */
  private start(collector: Collector): Promise<void> {
    return (collector.running ??= this.attempt(collector).finally(() => {
      collector.running = undefined;
    }));
  }

  private async attempt({ name, collect }: Collector): Promise<void> {
    try {
      await collect();
    } catch (err) {
      this.logger.warn({ err, collector: name }, 'metrics could not be collected');
    }
  }
}
