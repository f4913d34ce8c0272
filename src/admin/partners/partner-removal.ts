import { Injectable } from '@nestjs/common';
import { UnfinishedEventsRepository } from '#domain/events/unfinished-events.repository';
import { SecretUsesRepository } from '#domain/partners/secret-uses.repository';
import { JobProducer, QueueUnavailableError } from '#platform/jobs/job-producer';
import { ProblemError } from '#platform/http/problem';
import { type IfMatch } from './etag';
import { PartnerChanges } from './partner-changes';

const refused = (id: string, why: string): ProblemError =>
  new ProblemError('CONFLICT', `partner "${id}" cannot be removed: ${why}`);

/**
 * The end of a partner, once nothing of it waits. What another process takes in the moment of the removal is kept
 * and ends as a dead letter: nobody's rules can read it any more.
 */
@Injectable()
export class PartnerRemoval {
  constructor(
    private readonly changes: PartnerChanges,
    private readonly unfinished: UnfinishedEventsRepository,
    private readonly producer: JobProducer,
    private readonly uses: SecretUsesRepository,
  ) {}

  async remove(id: string, ifMatch: IfMatch): Promise<void> {
    await this.changes.remove(id, ifMatch, () => this.refuseWhileEventsWait(id));
    await this.uses.forget(id);
  }

  private async refuseWhileEventsWait(id: string): Promise<void> {
    if (await this.unfinished.hasAny(id))
      throw refused(id, 'events of it wait to be applied. Wait until they are; to take no more, disable it');
    if (await this.hasJobs(id))
      throw refused(
        id,
        'batches of it are in its queue. Wait until they are done; to take no more, disable it',
      );
  }

  /** While MongoDB was away the queue alone took events, and the journal does not know of them yet. */
  private async hasJobs(id: string): Promise<boolean> {
    try {
      const { waiting, active, delayed } = await this.producer.counts(id);
      return waiting + active + delayed > 0;
    } catch (error) {
      if (!(error instanceof QueueUnavailableError)) throw error;
      throw refused(id, 'its queue cannot be reached, so nobody knows what waits in it. Try again later');
    }
  }
}
