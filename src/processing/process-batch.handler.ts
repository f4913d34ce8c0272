import { Injectable, Optional } from '@nestjs/common';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type Payload } from '#platform/jobs/catalogue';
import { type Handles, HandlesJob } from '#platform/jobs/handles-job';
import { ReturnJobError } from '#platform/jobs/return-job.error';
import { withEither } from '#platform/resilience/with-either';
import { BatchGroups } from './batch-groups';
import { mayBeRouted } from './routing/may-be-routed';
import { type RoutedBatch, RoutedBatches } from './routing/routed-batches';

/** Events that the journal holds. */
@HandlesJob('process-batch')
@Injectable()
export class ProcessBatch implements Handles<'process-batch'> {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly groups: BatchGroups,
    private readonly overdue: OverdueEventRepository,
    /** Absent where there is no routing service. */
    @Optional() private readonly routed?: RoutedBatches,
  ) {}

  readonly handle = async (
    { partnerId, eventIds }: Payload<'process-batch'>,
    jobId: string,
    signal: AbortSignal,
  ): Promise<void> => {
    try {
      this.refuseWithoutRules(partnerId);
      await this.process(partnerId, eventIds, signal);
    } catch (error) {
      if (error instanceof ReturnJobError) throw error;
      // The job ends here. Where this cannot be written, either, they come due by themselves.
      await this.overdue.lookSoon(eventIds, jobId).catch(() => undefined);
      throw error;
    }
  };

  private async process(partnerId: string, eventIds: readonly string[], signal: AbortSignal): Promise<void> {
    const partner = this.partners.find(partnerId);
    if (partner && this.routed && mayBeRouted(partner))
      return this.begin(this.routed, { partner, eventIds }, signal);
    return this.groups.do(partnerId, { eventIds, signal });
  }

  /** Waiting for the service may take long: a partner that changes meanwhile is worked on as it is then. */
  private async begin(routed: RoutedBatches, batch: RoutedBatch, signal: AbortSignal): Promise<void> {
    const changed = new AbortController();
    const { id } = batch.partner;
    const forget = this.partners.onChange((change) => {
      if (change.id === id) changed.abort();
    });
    try {
      await withEither([signal, changed.signal], (either) => routed.begin(batch, either));
    } finally {
      forget();
    }
  }

  /** A fault of ours is no event's fault: nothing is claimed, and the events come back by themselves. */
  private refuseWithoutRules(partnerId: string): void {
    const known = this.partners.find(partnerId) !== undefined;
    if (known || (this.partners.loaded && !this.partners.isBroken(partnerId))) return;
    throw new Error(`the rules of partner "${partnerId}" cannot be used now`);
  }
}
