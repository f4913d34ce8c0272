import { Injectable, Logger } from '@nestjs/common';
import { type DeadLetter } from '#domain/dead-letters/dead-letter';
import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { DeadLetterReviewRepository, type StepBy } from '#domain/dead-letters/dead-letter-review.repository';
import { type Payload } from '#platform/jobs/catalogue';
import { newJobId } from '#platform/jobs/job-id';
import { JobProducer, QueueUnavailableError } from '#platform/jobs/job-producer';
import { noSuchDeadLetter, stepRefused } from './step-refused';

export interface BodyEdit {
  readonly body: Buffer;
  /** `undefined`: that of the original. */
  readonly contentType: string | undefined;
}

export interface Replayed {
  readonly letter: DeadLetter;
  /** Whether the queue has it already; the reconciler sees to the rest. */
  readonly queued: boolean;
}

/** What people do with dead letters. */
@Injectable()
export class DeadLetterSteps {
  private readonly logger = new Logger('DeadLetterSteps');

  constructor(
    private readonly letters: DeadLetterListRepository,
    private readonly steps: DeadLetterReviewRepository,
    private readonly producer: JobProducer,
  ) {}

  async find(eventId: string): Promise<DeadLetter> {
    const letter = await this.letters.find(eventId);
    if (!letter) throw noSuchDeadLetter(eventId);
    return letter;
  }

  async review(eventId: string, step: StepBy): Promise<DeadLetter> {
    const outcome = await this.steps.review(eventId, step);
    if (!outcome.taken) throw stepRefused(eventId, outcome.refusal);
    return this.logged(outcome.letter);
  }

  async close(eventId: string, step: StepBy): Promise<DeadLetter> {
    const outcome = await this.steps.close(eventId, step);
    if (!outcome.taken) throw stepRefused(eventId, outcome.refusal);
    return this.logged(outcome.letter);
  }

  async replay(eventId: string, step: StepBy, edit?: BodyEdit): Promise<Replayed> {
    const jobId = newJobId();
    const edited = edit && {
      body: edit.body,
      contentType: edit.contentType ?? (await this.find(eventId)).payload.contentType,
    };
    const outcome = await this.steps.replay(eventId, { ...step, jobId, ...(edited && { edited }) });
    if (!outcome.taken) throw stepRefused(eventId, outcome.refusal);
    const queued = await this.enqueue(outcome.letter, jobId, outcome.priority);
    return { letter: this.logged(outcome.letter), queued };
  }

  /** The journal already names the job, so without a queue nothing is lost but time. */
  private async enqueue(
    { eventId, partnerId }: DeadLetter,
    jobId: string,
    priority: number,
  ): Promise<boolean> {
    const payload: Payload<'process-batch'> = { v: 1, partnerId, eventIds: [eventId] };
    try {
      await this.producer.enqueue('process-batch', partnerId, payload, { jobId, priority });
      return true;
    } catch (error) {
      if (!(error instanceof QueueUnavailableError)) throw error;
      this.logger.warn(
        { err: error, eventId, partnerId },
        'replayed without the queue; it is taken up later',
      );
      return false;
    }
  }

  private logged(letter: DeadLetter): DeadLetter {
    const { eventId, partnerId, reviewStatus, reviewer } = letter;
    this.logger.log({ eventId, partnerId, by: reviewer }, `dead letter ${reviewStatus}`);
    return letter;
  }
}
