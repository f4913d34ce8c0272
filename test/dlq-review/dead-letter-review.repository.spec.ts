import { type ReviewStatus } from '#domain/dead-letters/dead-letter';
import { EVENT_STATUSES } from '#domain/events/inbound-event';
import { DEAD_LETTERS } from '#domain/dead-letters/dead-letters.schema';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { migratedDatabase } from '../support/migrated-database';
import { bytesOf, DeadLetterStores, ORIGINAL, RETENTION } from './dead-letter-stores';

const DAY_MS = 86_400_000;
const step = { by: 'night shift' };

describe('DeadLetterReviewRepository', () => {
  let stores: DeadLetterStores;
  let close: () => Promise<void>;
  const take = {
    review: (id: string) => stores.review.review(id, step),
    replay: (id: string) => stores.review.replay(id, { ...step, jobId: 'b-replay' }),
    close: (id: string) => stores.review.close(id, step),
  };

  beforeAll(async () => {
    const migrated = await migratedDatabase([INBOUND_EVENTS, DEAD_LETTERS]);
    stores = new DeadLetterStores(migrated.database);
    close = migrated.close;
  });
  afterAll(() => close());

  describe('the table of transitions', () => {
    const allowed = [
      ['pending', 'review', 'reviewed'],
      ['pending', 'replay', 'replayed'],
      ['pending', 'close', 'closed'],
      ['reviewed', 'replay', 'replayed'],
      ['reviewed', 'close', 'closed'],
    ] as const;
    const refused = [
      ['reviewed', 'review'],
      ['replayed', 'review'],
      ['replayed', 'replay'],
      ['replayed', 'close'],
      ['closed', 'review'],
      ['closed', 'replay'],
      ['closed', 'close'],
    ] as const;

    it.each(allowed)('%s: %s makes it %s', async (from, verb, to) => {
      const eventId = await stores.deadLetter(from);

      const outcome = await take[verb](eventId);

      expect(outcome).toMatchObject({ taken: true, letter: { reviewStatus: to, reviewer: 'night shift' } });
      expect(await stores.list.find(eventId)).toMatchObject({ reviewStatus: to, reviewer: 'night shift' });
    });

    it.each(refused)('%s: %s is refused and changes nothing', async (from, verb) => {
      const eventId = await stores.deadLetter(from);
      const before = await stores.snapshot(eventId);

      const outcome = await take[verb](eventId);

      expect(outcome).toEqual({
        taken: false,
        refusal: { because: 'review_status', reviewStatus: from satisfies ReviewStatus },
      });
      expect(await stores.snapshot(eventId)).toEqual(before);
    });

    it.each(['review', 'replay', 'close'] as const)('%s of an unknown one says so', async (verb) => {
      expect(await take[verb]('evt_nobody')).toEqual({ taken: false, refusal: { because: 'unknown' } });
    });
  });

  describe('notes', () => {
    it('keeps every note with its step and author, and none where nothing was said', async () => {
      const eventId = await stores.deadLetter();

      await stores.review.review(eventId, { by: 'ann', note: 'looks odd' });
      await stores.review.close(eventId, { by: 'bob' });

      const letter = await stores.list.find(eventId);
      expect(letter?.notes).toEqual([
        { at: expect.any(Date) as Date, by: 'ann', step: 'reviewed', note: 'looks odd' },
      ]);
      expect(letter?.reviewer).toBe('bob');
    });
  });

  describe('replay', () => {
    it('lets the entry wait for the new job, from the first attempt on, with its history', async () => {
      const eventId = await stores.deadLetter('pending', { priority: 3 });
      const before = await stores.database.now();

      const outcome = await take.replay(eventId);

      expect(outcome).toMatchObject({ taken: true, priority: 3, letter: { replayCount: 1 } });
      const entry = await stores.entry(eventId);
      expect(entry).toMatchObject({
        status: 'received',
        jobId: 'b-replay',
        attempts: 0,
        // Whatever killed workers goes on being tried alone.
        crashes: 2,
        replays: 1,
      });
      expect(entry?.attemptHistory).toHaveLength(1);
      expect(entry).not.toHaveProperty('finishedAt');
      expect(entry).not.toHaveProperty('expiresAt');
      expect(entry).not.toHaveProperty('edited');
      const ahead = (entry?.dueAt?.getTime() ?? 0) - before.getTime();
      expect(ahead).toBeGreaterThanOrEqual(1_000);
      expect(ahead).toBeLessThan(60_000);
    });

    it('keeps the edited body beside the original in both places', async () => {
      const eventId = await stores.deadLetter();
      const edited = { contentType: 'application/json', body: Buffer.from('{"$id":"$literal"}') };

      await stores.review.replay(eventId, { ...step, jobId: 'b-edited', edited });

      const [entry, letter] = [await stores.entry(eventId), await stores.list.find(eventId)];
      expect(bytesOf(entry)).toBe(ORIGINAL);
      expect(bytesOf(entry?.edited)).toBe('{"$id":"$literal"}');
      expect(entry?.edited?.contentType).toBe('application/json');
      expect(letter?.payload.body.toString()).toBe(ORIGINAL);
      expect(letter?.edited).toEqual(edited);
    });

    it('counts again, and goes on with the last edit, when a replay has failed again', async () => {
      const eventId = await stores.deadLetter();
      const edited = { contentType: 'application/json', body: Buffer.from('[1]') };
      await stores.review.replay(eventId, { ...step, jobId: 'b-one', edited });
      await stores.failAgain(eventId);

      const outcome = await stores.review.replay(eventId, { ...step, jobId: 'b-two' });

      expect(outcome).toMatchObject({ taken: true, letter: { replayCount: 2, edited } });
      const entry = await stores.entry(eventId);
      expect(entry).toMatchObject({ jobId: 'b-two', replays: 2 });
      expect(bytesOf(entry?.edited)).toBe('[1]');
    });

    it.each(EVENT_STATUSES.filter((status) => status !== 'dead_lettered'))(
      'changes nothing while the journal entry is %s',
      async (status) => {
        const eventId = await stores.deadLetter();
        await stores.moveEntry(eventId, status);
        const before = await stores.snapshot(eventId);

        expect(await take.replay(eventId)).toEqual({ taken: false, refusal: { because: 'journal', status } });
        expect(await stores.snapshot(eventId)).toEqual(before);
      },
    );

    it('changes nothing when the journal entry is gone', async () => {
      const eventId = await stores.deadLetter();
      await stores.journal.deleteOne({ _id: eventId });
      const before = await stores.snapshot(eventId);

      expect(await take.replay(eventId)).toEqual({
        taken: false,
        refusal: { because: 'journal', status: undefined },
      });
      expect(await stores.snapshot(eventId)).toEqual(before);
    });

    it('lets one of many win who replay at the same moment', async () => {
      const eventId = await stores.deadLetter();

      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, n) => stores.review.replay(eventId, { by: `p${n}`, jobId: `b-${n}` })),
      );

      const winner = outcomes.findIndex(({ taken }) => taken);
      const refused = { taken: false, refusal: { because: 'review_status', reviewStatus: 'replayed' } };
      expect(outcomes.filter(({ taken }) => taken)).toHaveLength(1);
      expect(outcomes.filter(({ taken }) => !taken)).toEqual(Array.from({ length: 7 }, () => refused));
      expect(await stores.entry(eventId)).toMatchObject({ jobId: `b-${winner}`, replays: 1 });
      expect(await stores.list.find(eventId)).toMatchObject({ reviewer: `p${winner}`, replayCount: 1 });
    });

    it('lets either the replay or the close win, never a half of each', async () => {
      const eventId = await stores.deadLetter();

      const [replayed, closed] = await Promise.all([take.replay(eventId), take.close(eventId)]);

      expect([replayed.taken, closed.taken].filter(Boolean)).toHaveLength(1);
      const entry = await stores.entry(eventId);
      expect(entry?.status).toBe(replayed.taken ? 'received' : 'dead_lettered');
      expect(entry?.expiresAt !== undefined).toBe(closed.taken);
    });
  });

  describe('close', () => {
    it('lets the dead letter and its journal entry expire, each after its own time', async () => {
      const eventId = await stores.deadLetter('reviewed');
      const before = Date.now();

      await take.close(eventId);

      const days = (date: Date | undefined) => ((date?.getTime() ?? 0) - before) / DAY_MS;
      const [letter, entry] = [await stores.documents.findOne({ _id: eventId }), await stores.entry(eventId)];
      expect(days(letter?.expiresAt)).toBeCloseTo(RETENTION.dlqTtlDays, 2);
      expect(days(entry?.expiresAt)).toBeCloseTo(RETENTION.processedEventsTtlDays, 2);
      expect(entry?.status).toBe('dead_lettered');
    });

    it('changes nothing while the event is under way', async () => {
      const eventId = await stores.deadLetter();
      await stores.moveEntry(eventId, 'processing');
      const before = await stores.snapshot(eventId);

      expect(await take.close(eventId)).toEqual({
        taken: false,
        refusal: { because: 'journal', status: 'processing' },
      });
      expect(await stores.snapshot(eventId)).toEqual(before);
    });

    it('closes what the journal no longer holds', async () => {
      const eventId = await stores.deadLetter();
      await stores.journal.deleteOne({ _id: eventId });

      expect(await take.close(eventId)).toMatchObject({ taken: true, letter: { reviewStatus: 'closed' } });
    });
  });
});
