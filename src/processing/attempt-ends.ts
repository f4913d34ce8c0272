import { Injectable } from '@nestjs/common';
import { DeadLetterRepository } from '#domain/dead-letters/dead-letter.repository';
import { type Claim } from '#domain/events/event-claims.repository';
import { EventEndsRepository } from '#domain/events/event-ends.repository';
import { LineLogger } from '#platform/logging/line-logger';
import { Metrics } from '#platform/telemetry/metrics';
import { type FailedTry, FailureSettler } from './failure-settler';
import { isUncounted, type ProcessingFailure, type Uncounted } from './processing-failure';
import { type Reading } from './reading';

/** The last two are no attempt that counts. */
type Outcome = 'processed' | 'ignored' | 'failed' | Uncounted;

const outcomeOf = ({ kind }: ProcessingFailure): Outcome => (isUncounted(kind) ? kind : 'failed');

interface Attempt {
  readonly reading: Reading;
  readonly failure: ProcessingFailure | undefined;
  readonly outcome: Outcome;
}

interface End {
  readonly endedAt: Date;
  readonly durationMs: number;
  /** Those that are not tried again. */
  readonly final: ReadonlySet<string>;
}

function attemptOf(reading: Reading, applyFailures: ReadonlyMap<string, ProcessingFailure>): Attempt {
  // What could not be applied is tried again as a whole; only then do unreadable parts become a dead letter.
  const failure = applyFailures.get(reading.event.eventId) ?? reading.failure;
  if (failure) return { reading, failure, outcome: outcomeOf(failure) };
  return { reading, failure, outcome: reading.shipmentEvents.length > 0 ? 'processed' : 'ignored' };
}

/** Writes down how the attempts of a batch ended: in the journal, the dead letters, the metrics and the log. */
@Injectable()
export class AttemptEnds {
  private readonly logger: ReturnType<LineLogger['forContext']>;

  constructor(
    private readonly ends: EventEndsRepository,
    private readonly deadLetters: DeadLetterRepository,
    private readonly settler: FailureSettler,
    private readonly metrics: Metrics,
    lines: LineLogger,
  ) {
    this.logger = lines.forContext('Attempt');
  }

  async record(
    claim: Claim,
    readings: readonly Reading[],
    applyFailures: ReadonlyMap<string, ProcessingFailure>,
  ): Promise<void> {
    const attempts = readings.map((reading) => attemptOf(reading, applyFailures));
    const endedAt = new Date();
    const durationMs = endedAt.getTime() - claim.startedAt.getTime();
    await this.finish(claim, attempts, 'processed');
    await this.finish(claim, attempts, 'ignored');
    const final = await this.settler.settle(claim, failedOf(attempts), durationMs);
    for (const attempt of attempts) this.report(attempt, { endedAt, durationMs, final });
  }

  private async finish(claim: Claim, attempts: readonly Attempt[], outcome: 'processed' | 'ignored') {
    const events = attempts.filter((one) => one.outcome === outcome).map(({ reading }) => reading.event);
    if (events.length === 0) return;
    const replayed = events.filter(({ replays }) => replays > 0).map(({ eventId }) => eventId);
    if (replayed.length > 0) await this.deadLetters.expireReplayed(replayed);
    await this.ends.finish(
      claim,
      events.map(({ eventId }) => eventId),
      outcome,
    );
  }

  private report({ reading, failure, outcome }: Attempt, { endedAt, durationMs, final }: End): void {
    const { eventId, partnerId, traceId, attempts, receivedAt } = reading.event;
    this.metrics.attemptEnded(partnerId, outcome, durationMs / 1000);
    if (reading.unmapped.length > 0) this.metrics.unmappedStatus(partnerId, reading.unmapped.length);
    const sinceReceivedMs = endedAt.getTime() - receivedAt.getTime();
    if (outcome === 'processed') this.metrics.applied(sinceReceivedMs / 1000);
    this.logger.info(
      {
        eventId,
        partnerId,
        traceId,
        attempt: attempts + 1,
        outcome,
        ...(failure ? { errorCode: failure.code, final: final.has(eventId) } : {}),
        durationMs,
        sinceReceivedMs,
      },
      'attempt ended',
    );
  }
}

const failedOf = (attempts: readonly Attempt[]): readonly FailedTry[] =>
  attempts.flatMap(({ reading: { event }, failure }) => (failure ? [{ event, failure }] : []));
