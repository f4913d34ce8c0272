import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { JobWorkers } from '#platform/jobs/job-workers';

/** Enough to fill the groups that their events are worked on in: a job of a busy intake names some twenty. */
const MAX_JOBS_UNDER_WAY = 32;

/** Keeps one consumer open for every partner that is not paused, while the process runs. */
@Injectable()
export class PartnerConsumers implements OnApplicationBootstrap {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly workers: JobWorkers,
  ) {}

  onApplicationBootstrap(): void {
    this.workers.start();
    this.partners.onChange((change) => {
      if (change.kind === 'removed') this.close(change.id);
      // Without its secrets a partner can send nothing, but what it sent before can still be read.
      else if (change.partner) this.follow(change.partner);
    });
    for (const partner of this.partners.all()) this.follow(partner);
  }

  /** A paused partner has no consumer at all: then nothing of its queue is taken, promoted or spent. */
  private follow({ id, queue }: CompiledPartner): void {
    if (this.partners.isPaused(id)) this.close(id);
    else this.workers.open(id, Math.min(queue.concurrency, MAX_JOBS_UNDER_WAY));
  }

  private close(id: string): void {
    void this.workers.close(id).catch(() => undefined);
  }
}
