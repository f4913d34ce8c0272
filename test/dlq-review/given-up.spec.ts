import { type DeadLetterRepository } from '#domain/dead-letters/dead-letter.repository';
import { type Claim, type EventClaimsRepository } from '#domain/events/event-claims.repository';
import { type EventEndsRepository, type TerminalFailure } from '#domain/events/event-ends.repository';
import { type NewInboundEvent } from '#domain/events/inbound-event';
import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { type FailureSettler } from '#processing/failure-settler';
import { permanent } from '#processing/processing-failure';
import { type Reconciler } from '#processing/reconciler';
import { anInboundEvent } from '../builders/an-inbound-event';
import { deadLetterOf, DeadLetterStores } from './dead-letter-stores';
import { always, startWorkerParts, type WorkerParts } from '../jobs/worker-parts';

const LEASE_MS = 60_000;
const FAILURE = permanent('UNPARSABLE_BODY', 'the body is not JSON');
const ATTEMPT = {
  attempt: 1,
  startedAt: new Date('2026-01-01T00:00:00Z'),
  durationMs: 3,
  errorCode: 'UNPARSABLE_BODY',
  message: '$not an expression',
};
const TERMINAL: TerminalFailure = {
  reasonCode: 'UNPARSABLE_BODY',
  message: 'the body is not JSON',
  attempt: ATTEMPT,
};

describe('an event that is given up', () => {
  let parts: WorkerParts;
  let stores: DeadLetterStores;
  let claims: EventClaimsRepository;
  let ends: EventEndsRepository;
  let letters: DeadLetterRepository;
  let settler: FailureSettler;
  let reconciler: Reconciler;

  beforeAll(async () => {
    parts = await startWorkerParts();
    ({ claims, ends, letters, settler, reconciler } = parts);
    stores = new DeadLetterStores(parts.database);
  });
  afterAll(() => parts.close());

  const keep = async (): Promise<NewInboundEvent> => {
    const event = anInboundEvent();
    await new InboundEventRepository(parts.database).insertAll([{ event, jobId: 'b-1' }], 5_000);
    return event;
  };
  const claim = (eventId: string): Promise<Claim> => claims.claim([eventId], LEASE_MS);
  /** As if its lease had run out, or the reconciler's time had come. */
  const makeDue = (eventId: string) =>
    stores.journal.updateOne({ _id: eventId }, { $set: { dueAt: new Date(0) } });
  const fail = (held: Claim) => {
    const failed = held.events.map((event) => ({ event, failure: FAILURE }));
    return settler.settle({ ...held, startedAt: ATTEMPT.startedAt }, failed, ATTEMPT.durationMs);
  };
  const giveUp = (held: Claim) =>
    ends.giveUp(held, new Map(held.events.map(({ eventId }) => [eventId, TERMINAL])));
  const deadLetters = (eventId: string) => stores.documents.find({ _id: eventId }).toArray();
  const expectOneDeadLetter = async (eventId: string): Promise<void> => {
    expect(await deadLetters(eventId)).toMatchObject([
      { reviewStatus: 'pending', reasonCode: 'UNPARSABLE_BODY', attemptHistory: [{ attempt: 1 }] },
    ]);
    const entry = await stores.entry(eventId);
    expect(entry).toMatchObject({ status: 'dead_lettered', attempts: 1, attemptHistory: [{ attempt: 1 }] });
    for (const gone of ['terminalFailure', 'lease', 'leaseUntil', 'dueAt', 'jobId', 'expiresAt'])
      expect(entry).not.toHaveProperty(gone);
  };

  it('should have its dead letter before the journal says that it is one', async () => {
    const { eventId } = await keep();
    await fail(await claim(eventId));
    await expectOneDeadLetter(eventId);
  });

  it('should leave no dead letter when the lease was lost and another worker applied it', async () => {
    const { eventId } = await keep();
    const lost = await claim(eventId);
    await makeDue(eventId);
    await ends.finish(await claim(eventId), [eventId], 'processed');
    await fail(lost);
    expect(await deadLetters(eventId)).toEqual([]);
    expect(await stores.entry(eventId)).toMatchObject({ status: 'processed', attemptHistory: [] });
  });

  it('should leave no dead letter when the lease was lost to a worker that is still at it', async () => {
    const { eventId } = await keep();
    const lost = await claim(eventId);
    await makeDue(eventId);
    const held = await claim(eventId);
    await fail(lost);
    expect(await deadLetters(eventId)).toEqual([]);
    await ends.finish(held, [eventId], 'processed');
    expect(await stores.entry(eventId)).toMatchObject({ status: 'processed' });
  });

  it('should end as one dead letter when the worker dies before it writes it', async () => {
    const { eventId } = await keep();
    await giveUp(await claim(eventId));
    await makeDue(eventId);
    await Promise.all([reconciler.reconcile(always), reconciler.reconcile(always)]);
    await expectOneDeadLetter(eventId);
  });

  it('should end as one dead letter when the worker dies before the journal says so', async () => {
    const event = await keep();
    const { eventId } = event;
    await giveUp(await claim(eventId));
    await letters.keep([deadLetterOf(event)]);
    await makeDue(eventId);
    await reconciler.reconcile(always);
    await expectOneDeadLetter(eventId);
  });

  it('should not be worked on any more, though its dead letter is still missing', async () => {
    const { eventId } = await keep();
    await giveUp(await claim(eventId));
    await makeDue(eventId);
    expect((await claim(eventId)).events).toEqual([]);
    expect(await parts.overdue.moveTo('b-2', [eventId])).toEqual([]);
  });

  it('should not be made pending again by a worker that was slow, once its replay was applied', async () => {
    const event = await keep();
    const { eventId } = event;
    await giveUp(await claim(eventId));
    const [slow] = await ends.givenUp([eventId]);
    await makeDue(eventId);
    await reconciler.reconcile(always);
    await stores.review.replay(eventId, { by: 'night shift', jobId: 'b-replay' });
    await ends.finish(await claim(eventId), [eventId], 'processed');

    // What the slow worker decided before all this, it writes only now.
    await letters.keep([deadLetterOf(event)]);
    await ends.markDeadLettered({ lease: slow?.lease ?? '' }, [{ eventId, attempt: ATTEMPT }]);

    expect(await deadLetters(eventId)).toMatchObject([{ reviewStatus: 'replayed' }]);
    expect(await stores.entry(eventId)).toMatchObject({ status: 'processed' });
  });

  it('should be pending again when its replay fails, with all attempts of both runs', async () => {
    const { eventId } = await keep();
    await fail(await claim(eventId));
    await stores.review.replay(eventId, { by: 'night shift', jobId: 'b-replay' });
    await fail(await claim(eventId));
    expect(await deadLetters(eventId)).toMatchObject([
      { reviewStatus: 'pending', replayCount: 1, run: 1, attemptHistory: [{ attempt: 1 }, { attempt: 1 }] },
    ]);
  });
});
