import { Injectable } from '@nestjs/common';
import { type Collection } from 'mongodb';
import { Database } from '#platform/mongo/database';
import { insertUnordered } from '#platform/mongo/insert-unordered';
import { withSignal } from '#platform/resilience/with-signal';
import { type NewInboundEvent } from './inbound-event';
import { INBOUND_EVENTS, type InboundEventDocument, newEntryDocument } from './inbound-events.schema';

/** What became of an event that was to be kept. */
export type Journaled =
  | { readonly duplicate: false }
  /** The first copy rules: it was received then. */
  | { readonly duplicate: true; readonly receivedAt: Date };

export type JournaledReceipt = Pick<NewInboundEvent, 'eventId' | 'dedupeKey' | 'receivedAt'>;

export interface JournalEntry {
  readonly event: NewInboundEvent;
  /** The queue job that will carry it. */
  readonly jobId: string;
}

/** The intake's half of the journal: keeps events, each under its derived id, so at most once. */
@Injectable()
export class InboundEventRepository {
  private readonly collection: Collection<InboundEventDocument>;

  constructor(private readonly database: Database) {
    this.collection = database.collection(INBOUND_EVENTS);
  }

  /**
   * Keeps all of them with one durable write (majority, journaled) and says for each whether it is new. Rejects
   * when the outcome is unknown: then any of them may turn out to be kept, and sending it again is harmless.
   */
  insertAll(entries: readonly JournalEntry[], timeoutMs: number): Promise<readonly Journaled[]> {
    return withSignal(timeoutMs, (signal) => this.insertWithin(entries, signal));
  }

  private async insertWithin(
    entries: readonly JournalEntry[],
    signal: AbortSignal,
  ): Promise<readonly Journaled[]> {
    const outcomes: Journaled[] = entries.map(() => ({ duplicate: false }));
    const documents = entries.map(({ event, jobId }) => newEntryDocument(event, jobId));
    const positions = await insertUnordered(this.database.handle, INBOUND_EVENTS.name, documents, signal);
    if (positions.length === 0) return outcomes;
    const ids = positions.map((position) => entries[position]?.event.eventId ?? '');
    const firstCopies = await this.receivedAtOf(ids, signal);
    for (const [index, position] of positions.entries()) {
      const receivedAt = firstCopies.get(ids[index] ?? '');
      // Expired between the two calls: it was known, and nothing of it is left to answer with.
      outcomes[position] = { duplicate: true, receivedAt: receivedAt ?? new Date() };
    }
    return outcomes;
  }

  /** What was answered to its first copy; `undefined` where the journal does not hold it. */
  async findReceipt(eventId: string, timeoutMs: number): Promise<JournaledReceipt | undefined> {
    const projection = { dedupeKey: 1, receivedAt: 1 };
    const found = await withSignal(timeoutMs, (signal) =>
      this.collection.findOne({ _id: eventId }, { projection, signal }),
    );
    return found === null ? undefined : { eventId, dedupeKey: found.dedupeKey, receivedAt: found.receivedAt };
  }

  private async receivedAtOf(
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Date>> {
    const found = await this.collection
      .find({ _id: { $in: [...ids] } }, { projection: { receivedAt: 1 }, signal })
      .toArray();
    return new Map(found.map(({ _id, receivedAt }) => [_id, receivedAt]));
  }
}
