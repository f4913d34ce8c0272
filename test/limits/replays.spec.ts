import { type Db, MongoClient } from 'mongodb';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { testDatabase } from '../support/test-database';
import { aBody, HmacPartner } from './hmac-partner';

const UNSIGNED_ID = { dedupe: { header: 'x-event-id' } };

describe('a captured request', () => {
  const stores = testDatabase();
  const client = new MongoClient(stores.mongoUri);
  let db: Db;
  let gateways: GatewayProcess[];

  beforeAll(async () => {
    db = client.db(stores.dbName);
    gateways = await Promise.all([0, 1].map(() => startGateway({ role: 'api', stores })));
  });
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.kill()));
    await client.close();
    await stores.cleanup();
  });

  const partner = (id: string, over: object): Promise<HmacPartner> =>
    new HmacPartner(id, gateways).make(over);
  const kept = (partnerId: string): Promise<number> =>
    db.collection('inbound_events').countDocuments({ partnerId });

  it('is answered like the first time, also under another id that nobody signed', async () => {
    const sender = await partner('acknowledges', UNSIGNED_ID);
    const body = aBody();
    const first = await sender.send(body, { headers: { 'x-event-id': 'one' } });
    expect([first.status, first.json]).toMatchObject([202, { duplicate: false, idempotencyKey: 'one' }]);
    for (const [at, id] of ['one', 'two', 'three'].entries()) {
      const headers = { 'x-event-id': id };
      const again = await sender.send(body, { gateway: gateways[at % 2], headers });
      const { eventId, receivedAt, idempotencyKey } = first.json as Record<string, unknown>;
      expect([again.status, again.json]).toMatchObject([
        202,
        { eventId, receivedAt, idempotencyKey, duplicate: true, journaled: true },
      ]);
    }
    expect(await kept('acknowledges')).toBe(1);
  });

  it('is refused where the partner wants that, by whichever process', async () => {
    const sender = await partner('rejects', { replay: { policy: 'reject' } });
    const body = aBody();
    expect((await sender.send(body)).status).toBe(202);
    for (const gateway of gateways) {
      const again = await sender.send(body, { gateway });
      expect([again.status, again.json]).toMatchObject([409, { code: 'REPLAYED' }]);
    }
    expect(await kept('rejects')).toBe(1);
  });

  it('is refused under another id, too', async () => {
    const sender = await partner('rejects-ids', { ...UNSIGNED_ID, replay: { policy: 'reject' } });
    const body = aBody();
    expect((await sender.send(body, { headers: { 'x-event-id': 'one' } })).status).toBe(202);
    expect((await sender.send(body, { headers: { 'x-event-id': 'two' } })).status).toBe(409);
    expect(await kept('rejects-ids')).toBe(1);
  });

  it('is not the same event, told anew by its sender', async () => {
    const sender = await partner('tells-anew', { replay: { policy: 'reject' } });
    const first = await sender.send(aBody({ id: 'the same', try: 1 }));
    const second = await sender.send(aBody({ id: 'the same', try: 2 }));
    const { eventId } = first.json as Record<string, unknown>;
    expect([second.status, second.json]).toMatchObject([202, { duplicate: true, eventId }]);
  });

  it('has one effect, however many copies come at once', async () => {
    const sender = await partner('crowded', UNSIGNED_ID);
    const body = aBody();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        sender.send(body, { gateway: gateways[at % 2], headers: { 'x-event-id': `id-${at % 4}` } }),
      ),
    );
    const others = answers.filter(({ status }) => status !== 202 && status !== 503);
    expect(others).toEqual([]);
    expect(await kept('crowded')).toBe(1);
  });
});
