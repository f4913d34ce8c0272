import { Injectable, Optional } from '@nestjs/common';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type Payload } from '#platform/jobs/catalogue';
import { type Handles, HandlesJob, type JobFacts } from '#platform/jobs/handles-job';
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
    payload: Payload<'process-batch'>,
    job: JobFacts,
    signal: AbortSignal,
  ): Promise<void> => {
    try {
      this.refuseWithoutRules(payload.partnerId);
      await this.process(payload, job, signal);
    } catch (error) {
      if (error instanceof ReturnJobError) throw error;
      // The job ends here. Where this cannot be written, either, they come due by themselves.
      await this.overdue.lookSoon(payload.eventIds, job.id).catch(() => undefined);
      throw error;
    }
  };

  private async process(
    { partnerId, eventIds }: Payload<'process-batch'>,
    { turn }: JobFacts,
    signal: AbortSignal,
  ): Promise<void> {
    const partner = this.partners.find(partnerId);
    if (partner && this.routed && mayBeRouted(partner))
      return this.begin(this.routed, { partner, eventIds, turn }, signal);
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
