import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type Payload } from '#platform/jobs/catalogue';
import { type Handles, HandlesJob } from '#platform/jobs/handles-job';
import { BatchWork } from './batch-work';
import { StoreOutage } from './store-outage';

/** Events that the journal holds. */
@HandlesJob('process-batch')
@Injectable()
export class ProcessBatch implements Handles<'process-batch'> {
  constructor(
    private readonly partners: PartnerDirectory,
    private readonly work: BatchWork,
    private readonly outage: StoreOutage,
    private readonly overdue: OverdueEventRepository,
  ) {}

  readonly handle = async (
    { partnerId, eventIds }: Payload<'process-batch'>,
    jobId: string,
    signal: AbortSignal,
  ): Promise<void> => {
    // One lease for all tries: after an outage the batch takes up again what it held.
    const lease = randomUUID();
    try {
      this.refuseWithoutRules(partnerId);
      await this.outage.outlast(signal, () => this.work.do(eventIds, lease));
    } catch (error) {
      // The job ends here. Where this cannot be written, either, they come due by themselves.
      await this.overdue.lookSoon(eventIds, jobId).catch(() => undefined);
      throw error;
    }
  };

  /** A fault of ours is no event's fault: nothing is claimed, and the events come back by themselves. */
  private refuseWithoutRules(partnerId: string): void {
    const known = this.partners.find(partnerId) !== undefined;
    if (known || (this.partners.loaded && !this.partners.isBroken(partnerId))) return;
    throw new Error(`the rules of partner "${partnerId}" cannot be used now`);
  }
}
