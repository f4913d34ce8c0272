import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { JobWorkers } from '#platform/jobs/job-workers';

/** More batches at a time than this only wait for the stores: each is written in bulk. */
const MAX_BATCHES_UNDER_WAY = 4;

/** Keeps one consumer open for every partner there is, while the process runs. */
@Injectable()
export class PartnerConsumers implements OnApplicationBootstrap {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly workers: JobWorkers,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start();
    this.partners.onChange((change) => {
      if (change.kind === 'removed') void this.workers.close(change.id).catch(() => undefined);
      // Without its secrets a partner can send nothing, but what it sent before can still be read.
      else if (change.partner) this.open(change.partner);
    });
    for (const partner of this.partners.all()) this.open(partner);
  }

  private open({ id, queue }: CompiledPartner): void {
    this.workers.open(id, Math.min(queue.concurrency, MAX_BATCHES_UNDER_WAY));
  }
}
