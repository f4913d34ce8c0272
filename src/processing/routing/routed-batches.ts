import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Claim } from '#domain/events/event-claims.repository';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { ReturnJobError } from '#platform/jobs/return-job.error';
import { withEither } from '#platform/resilience/with-either';
import { timesFor } from '../batch-times';
import { StoreOutage } from '../store-outage';
import { Suspects } from '../suspects';
import { RoutedClaims } from './routed-claims';
import { RoutedEvents } from './routed-events';
import { type Room, RoutingRoom } from './routing-room';
import { type Rank } from './slots';

export interface RoutedBatch {
  readonly partner: CompiledPartner;
  readonly eventIds: readonly string[];
  /** Of its job: the smaller one goes first. */
  readonly turn: number;
}

interface RankedBatch extends RoutedBatch {
  readonly rank: Rank;
}

/**
 * Batches of partners whose events the routing service may have to decide about. Events are claimed as slots become
 * free, each group with a fresh lease; the job ends when the last of its events has begun, so the next batch is
 * fetched while slow events are still under way, and none of them holds the rest. Of a partner's jobs the first one by
 * turn gets the slots, so that its place is soon free for one that is more urgent.
 */
@Injectable()
export class RoutedBatches {
  private begun = 0;

  constructor(
    private readonly claims: RoutedClaims,
    private readonly rooms: RoutingRoom,
    private readonly suspects: Suspects,
    private readonly work: RoutedEvents,
    private readonly outage: StoreOutage,
  ) {}

  /**
   * Resolves when all that could be claimed has begun; rejects with `ReturnJobError` when `signal` is aborted or the
   * process stops.
   */
  async begin(batch: RoutedBatch, signal: AbortSignal): Promise<void> {
    await withEither([signal, this.work.stopSignal], async (stop) => {
      try {
        const ranked = { ...batch, rank: { turn: batch.turn, nth: (this.begun += 1) } };
        const claimed = await this.beginAll(ranked, stop);
        if (claimed < batch.eventIds.length) await this.trySuspects(ranked, stop);
      } catch (error) {
        if (stop.aborted) throw new ReturnJobError('nothing more may begin here', { cause: error });
        throw error;
      }
    });
  }

  /** Gives how many could be claimed. */
  private async beginAll(batch: RankedBatch, stop: AbortSignal): Promise<number> {
    const waiting = [...batch.eventIds];
    let claimed = 0;
    while (waiting.length > 0) {
      const wanted = { wanted: waiting.length, rank: batch.rank };
      const room = await this.rooms.enter(batch.partner, wanted, stop);
      claimed += await this.claim(batch, waiting.splice(0, room.slots), room);
    }
    return claimed;
  }

  private async claim({ partner }: RoutedBatch, eventIds: readonly string[], room: Room): Promise<number> {
    let claim: Claim | undefined;
    try {
      claim = await this.claims.claim(eventIds, timesFor(partner).leaseMs);
    } finally {
      leave(room, eventIds.length - (claim?.events.length ?? 0));
    }
    this.work.begin(partner, claim, room.leave);
    return claim.events.length;
  }

  /** The room first: what is claimed must not wait for it while its lease runs. */
  private async trySuspects(batch: RankedBatch, stop: AbortSignal): Promise<void> {
    const { partner } = batch;
    const lease = randomUUID();
    const suspects = await this.outage.outlast(stop, () => this.suspects.among(batch.eventIds, lease));
    if (suspects.length === 0) return;
    const room = await this.rooms.enter(partner, { wanted: 1, rank: batch.rank }, stop);
    const claims = { leaseMs: timesFor(partner).leaseMs, lease, signal: stop };
    const keepRoom = (): void => undefined;
    const tryEach = (): Promise<void> =>
      this.suspects.each(suspects, claims, (claim) => this.work.finish(partner, claim, keepRoom));
    await this.outage.outlast(stop, tryEach).finally(room.leave);
  }
}

function leave(room: Room, slots: number): void {
  for (let left = 0; left < slots; left += 1) room.leave();
}
