import { Injectable } from '@nestjs/common';
import { type Claim } from '#domain/events/event-claims.repository';
import { EventEndsRepository, type TerminalFailure } from '#domain/events/event-ends.repository';
import { type FailedAttempt, type InboundEvent } from '#domain/events/inbound-event';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { chunksOf } from '#platform/grouping/chunks';
import { groupBy } from '#platform/grouping/group-by';
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS } from '#platform/jobs/catalogue';
import { newJobId } from '#platform/jobs/job-id';
import { JobProducer } from '#platform/jobs/job-producer';
import { DeadLetterWriter } from './dead-letter-writer';
import { isUncounted, type ProcessingFailure } from './processing-failure';
import { ProcessingSettings } from './processing-settings';
import { retryDelayMs } from './retry-schedule';

/** A try that ended badly, whether or not it counts as an attempt. */
export interface FailedTry {
  readonly event: InboundEvent;
  readonly failure: ProcessingFailure;
}

/** When the tries of one claim began, and how long they took. */
interface Span {
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** However long a service is away: after a day a person decides. */
const LONGEST_POSTPONEMENT_MS = 86_400_000;

const BATCH_LIMITS = {
  maxItems: MAX_BATCH_EVENTS,
  maxSize: MAX_BATCH_BYTES,
  sizeOf: ({ event }: FailedTry) => event.body.length,
};

const attemptOf = ({ event, failure }: FailedTry, { startedAt, durationMs }: Span): FailedAttempt => ({
  attempt: event.attempts + 1,
  startedAt,
  durationMs,
  errorCode: failure.code,
  message: failure.message,
});

/** Decides what becomes of failed attempts: a dead letter, or another try now or later. */
@Injectable()
export class FailureSettler {
  constructor(
    private readonly ends: EventEndsRepository,
    private readonly deadLetters: DeadLetterWriter,
    private readonly producer: JobProducer,
    private readonly partners: PartnerDirectory,
    private readonly settings: ProcessingSettings,
  ) {}

  /** Gives the ids of those that are not tried again. */
  async settle(claim: Claim, failed: readonly FailedTry[], durationMs: number): Promise<ReadonlySet<string>> {
    const span = { startedAt: claim.startedAt, durationMs };
    // Asked once: the answer depends on the clock and on the partner as it is now.
    const final: FailedTry[] = [];
    const others: FailedTry[] = [];
    for (const one of failed) (this.isFinal(one) ? final : others).push(one);
    if (final.length > 0) await this.giveUp(claim, final, span);
    for (const alike of groupBy(others, causeOf).values()) {
      for (const batch of chunksOf(alike, BATCH_LIMITS)) await this.tryAgain(claim, batch, span);
    }
    return new Set(final.map(({ event }) => event.eventId));
  }

  private isFinal({ event, failure }: FailedTry): boolean {
    if (failure.kind === 'permanent') return true;
    if (failure.kind === 'postponed') {
      const since = event.postponedSince?.getTime() ?? Infinity;
      return Date.now() - since > LONGEST_POSTPONEMENT_MS;
    }
    const granted = this.partners.find(event.partnerId)?.queue.attempts ?? this.settings.retry.maxAttempts;
    return !isUncounted(failure.kind) && event.attempts + 1 >= granted;
  }

  /** Decided in the journal first, where the lease still holds: who lost it must leave no dead letter. */
  private async giveUp(claim: Claim, failed: readonly FailedTry[], span: Span): Promise<void> {
    const failures = new Map(failed.map((one) => [one.event.eventId, terminalFailureOf(one, span)]));
    await this.ends.giveUp(claim, failures);
    await this.deadLetters.write([...failures.keys()]);
  }

  /** Failures of one partner, cause and attempt share one update and one batch. */
  private async tryAgain(claim: Claim, [first, ...others]: readonly FailedTry[], span: Span): Promise<void> {
    if (first === undefined) return;
    const eventIds = [first, ...others].map(({ event }) => event.eventId);
    const { partnerId, priority } = first.event;
    const jobId = newJobId();
    const delayMs = await this.schedule(claim, eventIds, first, { jobId, attempt: attemptOf(first, span) });
    // Without Redis the journal alone remembers it; the reconciler finds it when it is due.
    const options = { jobId, priority, waitingSince: waitingSinceOf(first), delayMs };
    await this.producer
      .enqueue('process-batch', partnerId, { v: 1, partnerId, eventIds }, options)
      .catch(() => undefined);
  }

  /** Gives the delay of the job that goes on with them. */
  private async schedule(
    claim: Claim,
    eventIds: readonly string[],
    { event, failure }: FailedTry,
    { jobId, attempt }: { readonly jobId: string; readonly attempt: FailedAttempt },
  ): Promise<number> {
    if (failure.kind === 'interrupted') {
      await this.ends.giveBack(claim, eventIds, jobId);
      return 0;
    }
    if (failure.kind === 'postponed') {
      await this.ends.postpone(claim, eventIds, { jobId, delayMs: failure.delayMs });
      return failure.delayMs;
    }
    const scheduled = retryDelayMs(event.attempts + 1, this.settings.retry, Math.random());
    const delayMs = failure.kind === 'throttled' ? Math.max(scheduled, failure.retryAfterMs) : scheduled;
    await this.ends.scheduleRetry(claim, eventIds, { jobId, delayMs, attempt });
    return delayMs;
  }
}

/**
 * What was put off goes behind all that waits: a few events that the service fails over, older than the rest, would
 * else be all that ever finds out whether it is back.
 */
const waitingSinceOf = ({ event, failure }: FailedTry): Date =>
  failure.kind === 'postponed' ? new Date() : event.receivedAt;

/** One claim may hold events of several partners, and each has a queue of its own. */
const causeOf = ({ event, failure }: FailedTry): string =>
  JSON.stringify([event.partnerId, event.priority, event.attempts, failure]);

function terminalFailureOf(failed: FailedTry, span: Span): TerminalFailure {
  const { event, failure } = failed;
  const attempt = attemptOf(failed, span);
  const { code, message } = failure;
  if (failure.kind === 'permanent') return { reasonCode: code, message, attempt };
  if (failure.kind === 'postponed') {
    return { reasonCode: code, message: `put off for a day: ${message}`, attempt };
  }
  return {
    reasonCode: 'ATTEMPTS_EXHAUSTED',
    message: `${event.attempts + 1} attempts failed; the last one: ${code}: ${message}`,
    attempt,
  };
}
