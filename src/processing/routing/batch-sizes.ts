import { Injectable } from '@nestjs/common';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { MAX_BATCH_EVENTS } from '#platform/jobs/catalogue';
import { ProcessingSettings } from '../processing-settings';
import { mayBeRouted } from './may-be-routed';

/** Turns of a partner's slots that a job may take. */
const TURNS = 2;

/** How many events a new job should name. */
@Injectable()
export class BatchSizes {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly settings: ProcessingSettings,
  ) {}

  /** Few where each may have to wait for the routing service: what is more urgent is fetched when a job has begun all. */
  maxEventsOf(partnerId: string): number {
    const partner = this.partners.find(partnerId);
    if (this.settings.routing === undefined || partner === undefined || !mayBeRouted(partner))
      return MAX_BATCH_EVENTS;
    return Math.min(MAX_BATCH_EVENTS, TURNS * partner.queue.concurrency);
  }
}
