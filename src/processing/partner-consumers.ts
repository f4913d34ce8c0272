import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { JobWorkers } from '#platform/jobs/job-workers';
import { ProcessingSettings } from './processing-settings';
import { mayBeRouted } from './routing/may-be-routed';

/** More batches at a time than this only wait for the stores: each is written in bulk. */
const MAX_BATCHES_UNDER_WAY = 4;
/** With the routing step, slots bound what is under way: these only keep the next events at hand. */
const MAX_ROUTED_BATCHES = 2;

/** Keeps one consumer open for every partner that is not paused, while the process runs. */
@Injectable()
export class PartnerConsumers implements OnApplicationBootstrap {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly workers: JobWorkers,
    private readonly settings: ProcessingSettings,
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
  private follow(partner: CompiledPartner): void {
    const { id, queue } = partner;
    const isRouted = this.settings.routing !== undefined && mayBeRouted(partner);
    const most = isRouted ? MAX_ROUTED_BATCHES : MAX_BATCHES_UNDER_WAY;
    if (this.partners.isPaused(id)) this.close(id);
    else this.workers.open(id, Math.min(queue.concurrency, most));
  }

  private close(id: string): void {
    void this.workers.close(id).catch(() => undefined);
  }
}
