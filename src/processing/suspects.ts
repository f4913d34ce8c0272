import { Injectable } from '@nestjs/common';
import { type Claim, EventClaimsRepository, POISONED_CRASHES } from '#domain/events/event-claims.repository';
import { AttemptEnds } from './attempt-ends';
import { OneAtATime } from './one-at-a-time';
import { permanent } from './processing-failure';
import { unread } from './reading';

export interface SuspectClaims {
  readonly leaseMs: number;
  readonly lease: string;
  /** Aborted when nothing more shall be begun. */
  readonly signal: AbortSignal;
}

/**
 * Events over which workers died. Each is tried alone, one at a time in the whole process: so the next crash shows
 * which of them it was, and takes no other with it.
 */
@Injectable()
export class Suspects {
  private readonly alone = new OneAtATime();

  constructor(
    private readonly claims: EventClaimsRepository,
    private readonly ends: AttemptEnds,
  ) {}

  /** Those of these events that are suspect, and free for this lease. */
  among(eventIds: readonly string[], lease: string): Promise<readonly string[]> {
    return this.claims.suspects(eventIds, lease);
  }

  /** Does the work for each of these suspects; who killed too many is given up instead. */
  async each(
    eventIds: readonly string[],
    { leaseMs, lease, signal }: SuspectClaims,
    work: (claim: Claim) => Promise<void>,
  ): Promise<void> {
    for (const eventId of eventIds) {
      await this.alone.run(async () => {
        signal.throwIfAborted();
        const claim = await this.claims.claimOne(eventId, leaseMs, lease);
        const isPoisoned = claim.events.some(({ crashes }) => crashes >= POISONED_CRASHES);
        await (isPoisoned ? this.giveUp(claim) : work(claim));
      });
    }
  }

  private async giveUp(claim: Claim): Promise<void> {
    const readings = claim.events.map((event) => unread(event, poisoned(event.crashes)));
    await this.ends.record(claim, readings, new Map());
  }
}

const poisoned = (crashes: number) =>
  permanent('POISONED', `${crashes} times a worker did not come to an end with it: it died, or stood still`);
