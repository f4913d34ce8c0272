import { Injectable } from '@nestjs/common';
import { type Claim, EventWorkRepository, type TerminalFailure } from '#domain/events/event-work.repository';
import { type FailedAttempt, type InboundEvent } from '#domain/events/inbound-event';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { groupBy } from '#platform/grouping/group-by';
import { newJobId } from '#platform/jobs/job-id';
import { JobProducer } from '#platform/jobs/job-producer';
import { DeadLetterWriter } from './dead-letter-writer';
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
    private readonly deadLetters: DeadLetterWriter,
    private readonly producer: JobProducer,
    private readonly partners: PartnerDirectory,
    private readonly settings: ProcessingSettings,
  ) {}

  async settle(claim: Claim, failed: readonly Failed[]): Promise<void> {
    const final = failed.filter((one) => this.isFinal(one));
    if (final.length > 0) await this.giveUp(claim, final);
    const others = failed.filter((one) => !this.isFinal(one));
    for (const alike of groupBy(others, causeOf).values()) await this.retryLater(claim, alike);
  }

  private isFinal({ event, failure }: Failed): boolean {
    const granted = this.partners.find(event.partnerId)?.queue.attempts ?? this.settings.retry.maxAttempts;
    return failure.kind === 'permanent' || event.attempts + 1 >= granted;
  }

  /** Decided in the journal first, where the lease still holds: who lost it must leave no dead letter. */
  private async giveUp(claim: Claim, failed: readonly Failed[]): Promise<void> {
    const failures = new Map(failed.map((one) => [one.event.eventId, terminalFailureOf(one)]));
    await this.work.giveUp(claim, failures);
    await this.deadLetters.write([...failures.keys()]);
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

const causeOf = ({ event, failure }: Failed): string =>
  JSON.stringify([event.priority, event.attempts, failure.code, failure.message]);

function terminalFailureOf(failed: Failed): TerminalFailure {
  const { event, failure } = failed;
  const attempt = attemptOf(failed);
  if (failure.kind === 'permanent') return { reasonCode: failure.code, message: failure.message, attempt };
  const message = `${event.attempts + 1} attempts failed; the last one: ${failure.code}: ${failure.message}`;
  return { reasonCode: 'ATTEMPTS_EXHAUSTED', message, attempt };
}
