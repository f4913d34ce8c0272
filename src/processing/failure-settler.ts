import { Injectable } from '@nestjs/common';
import { type NewDeadLetter } from '#domain/dead-letters/dead-letter';
import { DeadLetterRepository } from '#domain/dead-letters/dead-letter.repository';
import { type Claim, EventWorkRepository } from '#domain/events/event-work.repository';
import { type FailedAttempt, type InboundEvent } from '#domain/events/inbound-event';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { newJobId } from '#platform/jobs/job-id';
import { JobProducer } from '#platform/jobs/job-producer';
import { type ProcessingFailure } from './processing-failure';
import { ProcessingSettings } from './processing-settings';
import { retryDelayMs } from './retry-schedule';

/** An attempt that ended badly. */
export interface Failed {
  readonly event: InboundEvent;
  readonly failure: ProcessingFailure;
  readonly startedAt: Date;
  readonly durationMs: number;
}

const attemptOf = ({ event, failure, startedAt, durationMs }: Failed): FailedAttempt => ({
  attempt: event.attempts + 1,
  startedAt,
  durationMs,
  errorCode: failure.code,
  message: failure.message,
});

/** Decides what becomes of failed attempts: a dead letter, or another try later. */
@Injectable()
export class FailureSettler {
  constructor(
    private readonly work: EventWorkRepository,
    private readonly deadLetters: DeadLetterRepository,
    private readonly producer: JobProducer,
    private readonly partners: PartnerDirectory,
    private readonly settings: ProcessingSettings,
  ) {}

  async settle(claim: Claim, failed: readonly Failed[]): Promise<void> {
    const final = failed.filter((one) => this.isFinal(one));
    if (final.length > 0) await this.bury(claim, final);
    for (const group of alike(failed.filter((one) => !this.isFinal(one))))
      await this.retryLater(claim, group);
  }

  private isFinal({ event, failure }: Failed): boolean {
    const granted = this.partners.find(event.partnerId)?.queue.attempts ?? this.settings.retry.maxAttempts;
    return failure.kind === 'permanent' || event.attempts + 1 >= granted;
  }

  private async bury(claim: Claim, failed: readonly Failed[]): Promise<void> {
    // The dead letter first, under the event's own id: a crash before the journal says so only repeats it.
    await this.deadLetters.keep(failed.map(toDeadLetter));
    await this.work.markDeadLettered(
      claim,
      failed.map((one) => ({ eventId: one.event.eventId, attempt: attemptOf(one) })),
    );
  }

  /** Failures of one cause and attempt share one update and one delayed batch. */
  private async retryLater(claim: Claim, [first, ...others]: readonly Failed[]): Promise<void> {
    if (first === undefined) return;
    const eventIds = [first, ...others].map(({ event }) => event.eventId);
    const { partnerId, priority, attempts } = first.event;
    const jobId = newJobId();
    const delayMs = retryDelayMs(attempts + 1, this.settings.retry, Math.random());
    await this.work.scheduleRetry(claim, eventIds, { jobId, delayMs, attempt: attemptOf(first) });
    // Without Redis the journal alone remembers the retry; the reconciler finds it when it is due.
    await this.producer
      .enqueue('process-batch', partnerId, { v: 1, partnerId, eventIds }, { jobId, priority, delayMs })
      .catch(() => undefined);
  }
}

function alike(failed: readonly Failed[]): readonly Failed[][] {
  const groups = new Map<string, Failed[]>();
  for (const one of failed) {
    const { event, failure } = one;
    const cause = JSON.stringify([event.priority, event.attempts, failure.code, failure.message]);
    const group = groups.get(cause);
    if (group) group.push(one);
    else groups.set(cause, [one]);
  }
  return [...groups.values()];
}

function toDeadLetter(failed: Failed): NewDeadLetter {
  const { event, failure } = failed;
  const exhausted = failure.kind === 'transient';
  return {
    eventId: event.eventId,
    partnerId: event.partnerId,
    reasonCode: exhausted ? 'ATTEMPTS_EXHAUSTED' : failure.code,
    message: exhausted
      ? `${event.attempts + 1} attempts failed; the last one: ${failure.code}: ${failure.message}`
      : failure.message,
    payload: { contentType: event.contentType, body: event.body },
    attemptHistory: [...event.attemptHistory, attemptOf(failed)],
    traceId: event.traceId,
    receivedAt: event.receivedAt,
  };
}
