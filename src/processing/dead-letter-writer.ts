import { Injectable } from '@nestjs/common';
import { type NewDeadLetter } from '#domain/dead-letters/dead-letter';
import { DeadLetterRepository } from '#domain/dead-letters/dead-letter.repository';
import { EventEndsRepository, type GivenUpEvent } from '#domain/events/event-ends.repository';
import { groupBy } from '#platform/grouping/group-by';

/** Writes what was decided: the worker calls it at once, the reconciler for what a crash left behind. */
@Injectable()
export class DeadLetterWriter {
  constructor(
    private readonly ends: EventEndsRepository,
    private readonly deadLetters: DeadLetterRepository,
  ) {}

  /** For those of these events that are given up; any number of processes may do this at once, or again. */
  async write(eventIds: readonly string[]): Promise<void> {
    const givenUp = await this.ends.givenUp(eventIds);
    if (givenUp.length === 0) return;
    // The dead letter first, under the event's own id: a crash before the journal says so only repeats it.
    await this.deadLetters.keep(givenUp.map(toDeadLetter));
    for (const [lease, events] of groupBy(givenUp, (one) => one.lease)) {
      const failures = events.map(({ event: { eventId }, terminalFailure: { attempt } }) => ({
        eventId,
        attempt,
      }));
      await this.ends.markDeadLettered({ lease }, failures);
    }
  }
}

const toDeadLetter = ({ event, terminalFailure }: GivenUpEvent): NewDeadLetter => ({
  eventId: event.eventId,
  partnerId: event.partnerId,
  reasonCode: terminalFailure.reasonCode,
  message: terminalFailure.message,
  payload: { contentType: event.contentType, body: event.body },
  attemptHistory: [...event.attemptHistory, terminalFailure.attempt],
  traceId: event.traceId,
  receivedAt: event.receivedAt,
  run: event.replays,
});
