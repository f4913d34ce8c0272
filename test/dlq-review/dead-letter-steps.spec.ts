import { JobProducer } from '#platform/jobs/job-producer';
import { Database } from '#platform/mongo/database';
import { DlqReviewModule } from '#dlq-review/dlq-review.module';
import { type AdminApp, KEYS, startAdminApp } from '../admin-read/admin-app';
import { freePort } from '../support/free-port';
import { bytesOf, DeadLetterStores, ORIGINAL } from './dead-letter-stores';

const MIB = 1024 * 1024;
const problem = (status: number, code: string, detail: unknown = expect.any(String)) => ({
  status,
  json: { status, code, detail, traceId: expect.any(String) as unknown },
});

describe('steps of a dead letter over HTTP', () => {
  let app: AdminApp;
  let stores: DeadLetterStores;
  const post = (eventId: string, verb: string, json: unknown = {}) =>
    app.post(`/dead-letters/${eventId}/${verb}`, { json });

  beforeAll(async () => {
    app = await startAdminApp([DlqReviewModule]);
    stores = new DeadLetterStores(app.nest.get(Database));
  });
  afterAll(() => app.close());

  it('reviews with a note that carries the name of the key', async () => {
    const eventId = await stores.deadLetter();

    const answer = await post(eventId, 'review', { note: '  looks odd ' });

    expect(answer).toMatchObject({
      status: 200,
      json: {
        eventId,
        reviewStatus: 'reviewed',
        reviewer: 'Olaf',
        notes: [{ by: 'Olaf', step: 'reviewed', note: 'looks odd' }],
        payload: { contentType: 'application/json', encoding: 'utf8', body: ORIGINAL },
      },
    });
  });

  it('needs no body at all', async () => {
    const eventId = await stores.deadLetter();
    const answer = await app.post(`/dead-letters/${eventId}/close`);
    expect(answer).toMatchObject({ status: 200, json: { reviewStatus: 'closed', notes: [] } });
  });

  it('replays: the entry names the job that is in the queue', async () => {
    const eventId = await stores.deadLetter();

    const answer = await post(eventId, 'replay');

    expect(answer).toMatchObject({
      status: 200,
      json: { eventId, reviewStatus: 'replayed', replayCount: 1, queued: true },
    });
    expect(answer.json).not.toHaveProperty('editedPayload');
    const jobId = (await stores.entry(eventId))?.jobId ?? '';
    const waiting = await app.nest.get(JobProducer).unfinished('acme', [jobId]);
    expect([...waiting]).toEqual([jobId]);
  });

  it.each([
    ['an object', { id: '1', constructor: { prototyp: 1 }, list: [1, null] }],
    ['a text', 'text'],
    ['null', null],
    ['false', false],
  ])('replays with %s as the JSON body, kept beside the original', async (_, payload) => {
    const eventId = await stores.deadLetter();
    const body = JSON.stringify(payload);

    const answer = await post(eventId, 'replay', { payload, note: 'repaired' });

    expect(answer).toMatchObject({
      status: 200,
      json: {
        payload: { body: ORIGINAL },
        editedPayload: { contentType: 'application/json', encoding: 'utf8', body },
        notes: [{ step: 'replayed', note: 'repaired' }],
      },
    });
    const entry = await stores.entry(eventId);
    expect([bytesOf(entry), bytesOf(entry?.edited)]).toEqual([ORIGINAL, body]);
  });

  it('replays with exact bytes, which keep the content type of the original', async () => {
    const eventId = await stores.deadLetter('reviewed', { contentType: 'application/xml' });
    const bytes = Buffer.from([0x3c, 0xff, 0x00, 0x3e]);

    const answer = await post(eventId, 'replay', { bodyBase64: bytes.toString('base64') });

    expect(answer).toMatchObject({
      status: 200,
      json: {
        editedPayload: {
          contentType: 'application/xml',
          encoding: 'base64',
          body: bytes.toString('base64'),
        },
      },
    });
  });

  it('takes a large edit, and says what is too large', async () => {
    const eventId = await stores.deadLetter();

    const tooLarge = await post(eventId, 'replay', { payload: 'x'.repeat(4 * MIB) });
    const fits = await post(eventId, 'replay', { payload: 'x'.repeat(4 * MIB - 2) });

    expect(tooLarge).toMatchObject(problem(413, 'PAYLOAD_TOO_LARGE', expect.stringContaining('edited body')));
    expect(fits.status).toBe(200);
    expect(await post(eventId, 'replay', { payload: 'x'.repeat(6 * MIB) })).toMatchObject(
      problem(413, 'PAYLOAD_TOO_LARGE'),
    );
  });

  it.each([
    ['a replay with both bodies', 'replay', { payload: {}, bodyBase64: 'e30=' }, '/bodyBase64'],
    ['bytes that are not base64', 'replay', { bodyBase64: 'not base64!' }, '/bodyBase64'],
    ['bytes in base64 without padding', 'replay', { bodyBase64: 'e30' }, '/bodyBase64'],
    ['bytes in base64 with bits that nothing reads', 'replay', { bodyBase64: 'e31=' }, '/bodyBase64'],
    ['bytes in base64 for addresses', 'replay', { bodyBase64: '-_-_' }, '/bodyBase64'],
    ['bytes in base64 with a line break', 'replay', { bodyBase64: 'e30=\n' }, '/bodyBase64'],
    ['bytes that are a number', 'replay', { bodyBase64: 1234 }, '/bodyBase64'],
    ['bytes that are null', 'replay', { bodyBase64: null }, '/bodyBase64'],
    ['a note that is null', 'close', { note: null }, '/note'],
    ['an empty edit', 'replay', { bodyBase64: '' }, '/bodyBase64'],
    ['a note that is no text', 'replay', { note: 7 }, '/note'],
    ['a member that a replay does not know', 'replay', { body: '{}' }, '/body'],
    ['a replay that is a list', 'replay', [], ''],
    ['a note that is too long', 'review', { note: 'x'.repeat(2_001) }, '/note'],
    ['an edit where nothing is replayed', 'review', { payload: {} }, '/payload'],
    ['a close that is a text', 'close', 'text', ''],
  ])('refuses %s with its place, and changes nothing', async (_, verb, json, path) => {
    const eventId = await stores.deadLetter();

    const answer = await post(eventId, verb, json);

    expect(answer).toMatchObject(problem(400, 'INVALID_PAYLOAD'));
    expect(answer.json).toHaveProperty('errors.0.path', path);
    expect(await stores.list.find(eventId)).toMatchObject({ reviewStatus: 'pending', replayCount: 0 });
  });

  it.each([
    ['closed', 'replay', /is closed, and nothing more can be done/],
    ['replayed', 'close', /is replayed, and nothing more can be done/],
    ['reviewed', 'review', /is reviewed; from here it can only be replayed or closed/],
  ] as const)('says of a %s one that is to %s what is possible', async (from, verb, detail) => {
    const eventId = await stores.deadLetter(from);
    expect(await post(eventId, verb)).toMatchObject(problem(409, 'CONFLICT', expect.stringMatching(detail)));
  });

  it('says where the event is when it is under way, and when it is gone', async () => {
    const eventId = await stores.deadLetter();
    await stores.moveEntry(eventId, 'processing');
    expect(await post(eventId, 'replay')).toMatchObject(
      problem(409, 'CONFLICT', expect.stringContaining('is processing at the moment')),
    );
    await stores.journal.deleteOne({ _id: eventId });
    expect(await post(eventId, 'replay')).toMatchObject(
      problem(409, 'CONFLICT', expect.stringContaining('no longer holds')),
    );
  });

  it.each(['review', 'replay', 'close'])('knows no dead letter to %s under an unknown id', async (verb) => {
    expect(await post('evt_nobody', verb)).toMatchObject(problem(404, 'NOT_FOUND'));
  });

  it('knows no dead letter to edit under an unknown id', async () => {
    expect(await post('evt_nobody', 'replay', { bodyBase64: 'e30=' })).toMatchObject(
      problem(404, 'NOT_FOUND'),
    );
  });

  it('lets one of two win who replay at the same moment; the other one gets 409', async () => {
    const eventId = await stores.deadLetter();

    const answers = await Promise.all([post(eventId, 'replay'), post(eventId, 'replay')]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await stores.entry(eventId)).toMatchObject({ replays: 1 });
  });

  it.each(['review', 'replay', 'close'])('lets no viewer %s, and nobody without a key', async (verb) => {
    const eventId = await stores.deadLetter();
    const path = `/dead-letters/${eventId}/${verb}`;

    expect(await app.post(path, { json: {}, bearer: KEYS.viewer })).toMatchObject(problem(403, 'FORBIDDEN'));
    expect(await app.post(path, { json: {}, bearer: 'wrong' })).toMatchObject(problem(401, 'UNAUTHORIZED'));
  });
});

describe('replay while Redis is away', () => {
  let app: AdminApp;

  beforeAll(async () => {
    const redisUrl = `redis://127.0.0.1:${await freePort()}`;
    app = await startAdminApp([DlqReviewModule], { redisUrl });
  });
  afterAll(() => app.close());

  it('is taken; the entry waits for the reconciler', async () => {
    const stores = new DeadLetterStores(app.nest.get(Database));
    const eventId = await stores.deadLetter();

    const answer = await app.post(`/dead-letters/${eventId}/replay`, { json: {} });

    expect(answer).toMatchObject({ status: 200, json: { reviewStatus: 'replayed', queued: false } });
    expect(await stores.entry(eventId)).toMatchObject({
      status: 'received',
      jobId: expect.stringMatching(/^b-/) as unknown,
      dueAt: expect.any(Date) as unknown,
    });
  });
});
