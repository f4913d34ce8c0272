import { DlqReviewModule } from '#dlq-review/dlq-review.module';
import { Database } from '#platform/mongo/database';
import { type AdminApp, startAdminApp } from '../admin-read/admin-app';
import { cursorOf, everyPage, idsOf } from '../admin-read/every-page';
import { DeadLetterStores, ORIGINAL } from './dead-letter-stores';

const minute = (n: number): Date => new Date(Date.UTC(2025, 5, 1, 12, n));

describe('dead letters over HTTP', () => {
  let app: AdminApp;
  let stores: DeadLetterStores;
  const id: Record<string, string> = {};
  /** Newest first; `late1` and `late2` are of one moment, so their ids decide. */
  let ids: readonly (string | undefined)[];

  beforeAll(async () => {
    app = await startAdminApp([DlqReviewModule]);
    stores = new DeadLetterStores(app.nest.get(Database));
    id['first'] = await stores.deadLetter('pending', {}, { createdAt: minute(1) });
    id['mapping'] = await stores.deadLetter(
      'reviewed',
      {},
      { createdAt: minute(2), reasonCode: 'MAPPING_FAILED' },
    );
    id['other'] = await stores.deadLetter('pending', { partnerId: 'other' }, { createdAt: minute(3) });
    id['late1'] = await stores.deadLetter('closed', {}, { createdAt: minute(4) });
    id['late2'] = await stores.deadLetter('pending', {}, { createdAt: minute(4) });
    const lateOnes = [id['late1'], id['late2']].sort().reverse();
    ids = [...lateOnes, id['other'], id['mapping'], id['first']];
  });
  afterAll(() => app.close());

  it('lists newest first, with the fields of the contract and without payloads', async () => {
    const { items } = await everyPage(app, '/dead-letters', 50);

    expect(items.map(({ eventId }) => eventId)).toEqual(ids);
    expect(items.at(-1)).toEqual({
      eventId: id['first'],
      partnerId: 'acme',
      reasonCode: 'UNPARSABLE_BODY',
      message: 'the body is not JSON',
      reviewStatus: 'pending',
      attemptHistory: [
        {
          attempt: 1,
          startedAt: '2025-06-01T12:00:00.100Z',
          durationMs: 4,
          errorCode: 'UNPARSABLE_BODY',
          message: 'the body is not JSON',
        },
      ],
      notes: [],
      replayCount: 0,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown,
      receivedAt: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/) as unknown,
      createdAt: '2025-06-01T12:01:00.000Z',
      updatedAt: expect.any(String) as unknown,
    });
  });

  it('shows each once over pages of 2, and ends', async () => {
    const { items, sizes } = await everyPage(app, '/dead-letters', 2);
    expect(items.map(({ eventId }) => eventId)).toEqual(ids);
    expect(sizes).toEqual([2, 2, 1]);
  });

  it('goes on where a page ended when a newer one came in between', async () => {
    const { json } = await app.get('/dead-letters?limit=2');
    const eventId = await stores.deadLetter('pending', {}, { createdAt: minute(30) });

    const { items } = await everyPage(app, `/dead-letters?cursor=${cursorOf(json)}`, 200);

    expect(items.map(({ eventId }) => eventId)).toEqual(ids.slice(2));
    await stores.documents.deleteOne({ _id: eventId });
  });

  it.each([
    ['reviewStatus=pending', ['first', 'other', 'late2']],
    ['partnerId=other', ['other']],
    ['reasonCode=MAPPING_FAILED', ['mapping']],
    ['reasonCode=NO_SUCH_REASON', []],
    ['partnerId=acme&reasonCode=UNPARSABLE_BODY', ['first', 'late1', 'late2']],
    ['from=2025-06-01T12:03:00Z', ['other', 'late1', 'late2']],
    ['to=2025-06-01T12:03:00Z', ['first', 'mapping']],
    ['from=2025-06-01T14:02:00%2B02:00&to=2025-06-01T12:04:00.000Z', ['mapping', 'other']],
  ])('filters by %s', async (query, names) => {
    const shown = await idsOf(app, `/dead-letters?${query}`);
    expect(new Set(shown)).toEqual(new Set(names.map((name) => id[name])));
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['cursor=nonsense', '/cursor'],
    ['reviewStatus=open', '/reviewStatus'],
    ['reviewStatus=pending&reviewStatus=closed', '/reviewStatus'],
    ['partnerId=', '/partnerId'],
    ['partnerId=a&partnerId=b', '/partnerId'],
    ['from=yesterday', '/from'],
    ['from=2025-06-01T12:00:00', '/from'],
    ['to=2025-06-01T12:00:00+02:00', '/to'],
    ['to=', '/to'],
    ['status=pending', '/status'],
  ])('refuses %s and names the field', async (query, path) => {
    const answer = await app.get(`/dead-letters?${query}`);

    expect(answer).toMatchObject({
      status: 400,
      json: { code: 'INVALID_PAYLOAD', errors: expect.any(Array) as unknown },
    });
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json).toHaveProperty('errors.0.path', path);
  });

  it('shows one with its payload as text', async () => {
    const eventId = id['first'];
    expect(await app.get(`/dead-letters/${eventId}`)).toMatchObject({
      status: 200,
      json: { eventId, payload: { contentType: 'application/json', encoding: 'utf8', body: ORIGINAL } },
    });
  });

  it.each([
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'base64', 'e/99'],
    ['a byte order mark', Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), 'utf8', '\ufeff{}'],
    ['nothing', Buffer.alloc(0), 'utf8', ''],
  ])('shows %s without losing a byte', async (_, body, encoding, shown) => {
    const eventId = await stores.deadLetter('pending', { body });
    const { json } = await app.get(`/dead-letters/${eventId}`);
    expect(json).toMatchObject({ payload: { encoding, body: shown } });
  });

  it('answers 404 for an unknown one and 401 without a key', async () => {
    expect(await app.get('/dead-letters/evt_nobody')).toMatchObject({
      status: 404,
      json: { code: 'NOT_FOUND' },
    });
    for (const path of ['/dead-letters', `/dead-letters/${id['first']}`]) {
      expect(await app.get(path, { bearer: 'wrong' })).toMatchObject({ status: 401 });
    }
  });
});
