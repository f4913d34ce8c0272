import { MongoClient } from 'mongodb';
import { itemsOf } from '#cli/commands/listing';
import { shipmentIdOf } from '#domain/shipments/shipment';
import { aShipmentEvent } from '../builders/a-shipment-event';
import { aBody, HmacPartner } from '../limits/hmac-partner';
import { ADMIN_API_KEY, type GatewayProcess, startGateway } from '../support/gateway-process';
import { call } from '../support/http';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { gateway, type Ran } from './gateway-command';

const MAPPING = { event: { trackingNumber: '/parcel', status: '/state' }, status: { MOVING: 'in_transit' } };
const PARCELS = ['P-1', 'P-2', 'P-3'];

describe('gateway: rebuild, replay and operations', () => {
  const stores = testDatabase();
  const client = new MongoClient(stores.mongoUri);
  const from = new Date(Date.now() - 60_000).toISOString();
  let process: GatewayProcess;
  let range: readonly string[];

  const run = (...args: string[]): Promise<Ran> => gateway(args, { GATEWAY_URL: process.url });
  const json = ({ out }: Ran): unknown => JSON.parse(out);
  const shipments = () => client.db(stores.dbName).collection<{ _id: string; status: string }>('shipments');
  const statuses = async () => {
    const all = await shipments().find().sort({ _id: 1 }).toArray();
    return all.map(({ status }) => status);
  };

  beforeAll(async () => {
    process = await startGateway({ role: 'both', stores });
    const acme = await new HmacPartner('acme', [process]).make({ mapping: MAPPING });
    for (const parcel of PARCELS)
      expect((await acme.send(aBody({ parcel, state: 'ZUGESTELLT' }))).status).toBe(202);
    const journal = client.db(stores.dbName).collection('inbound_events');
    const applied = async () => (await journal.countDocuments({ status: 'processed' })) === PARCELS.length;
    await until(applied, { what: 'the events to be applied' });
    range = ['--partner', 'acme', '--from', from, '--to', new Date(Date.now() + 60_000).toISOString()];
  });
  afterAll(async () => {
    await process.kill();
    await client.close();
    await stores.cleanup();
  });

  it('should let shipments follow a status table that was mended, after a look at what would change', async () => {
    expect(await statuses()).toEqual(['unknown', 'unknown', 'unknown']);
    const mended = { mapping: { status: { ZUGESTELLT: 'delivered' } } };
    const partner = `${process.url}/v1/admin/partners/acme`;
    const patched = await call('PATCH', partner, { bearer: ADMIN_API_KEY, json: mended });
    expect(patched.status).toBe(200);

    const look = await run('events', 'replay', ...range, '--dry-run', '--json');
    expect(json(look)).toMatchObject({
      matched: 3,
      compared: 3,
      same: 0,
      changed: 3,
      unreadable: 0,
      sample: [
        { before: [{ trackingNumber: 'P-1', status: 'unknown' }], after: [{ status: 'delivered' }] },
        {},
        {},
      ],
    });
    const plain = await run('events', 'replay', ...range, '--dry-run');
    expect(plain.out).toMatch(/^changed +3$/m);
    expect(plain.out).toMatch(/P-1 unknown no time +P-1 delivered no time/);
    expect(await statuses()).toEqual(['unknown', 'unknown', 'unknown']);

    const replayed = await run(
      'events',
      'replay',
      ...range,
      '--rate',
      '100',
      '--note',
      'mended',
      '--wait',
      '--json',
    );
    expect(replayed.code).toBe(0);
    expect(json(replayed)).toMatchObject({
      kind: 'replay_events',
      state: 'done',
      done: 3,
      changed: 3,
      note: 'mended',
    });
    expect(await statuses()).toEqual(['delivered', 'delivered', 'delivered']);

    const again = await run('events', 'replay', ...range, '--wait');
    expect(again).toMatchObject({
      code: 0,
      out: expect.stringMatching(/3 done, 0 changed, 0 failed/) as unknown,
    });
    expect(again.out).not.toContain('\u001b');
    expect(again.err).not.toContain('\u001b');
  }, 120_000);

  it('should rebuild what was spoilt, and wait for it', async () => {
    const before = await statuses();
    await shipments().updateOne({ _id: 'acme/P-1' }, { $set: { status: 'unknown' } });
    await shipments().deleteOne({ _id: 'acme/P-2' });
    const rebuilt = await run('shipments', 'rebuild', '--partner', 'acme', '--wait');
    expect(rebuilt).toMatchObject({
      code: 0,
      out: expect.stringMatching(/is done: 3 done, 2 changed/) as unknown,
    });
    expect(await statuses()).toEqual(before);
    const one = await run('shipments', 'rebuild', '--tracking-number', 'P-3', '--json');
    expect(json(one)).toEqual({ operationId: expect.stringMatching(/^op_/) as unknown, matched: 1 });
  }, 120_000);

  it('should list, show, watch and cancel operations', async () => {
    // Some minutes of work, so that there is time to cancel it.
    const told = Array.from({ length: 300 }, (_, n) => aShipmentEvent({ trackingNumber: `SLOW-${n}` }));
    const entries = told.map((event) => ({ ...event, parcel: shipmentIdOf(event), recordedAt: new Date() }));
    await client.db(stores.dbName).collection('shipment_events').insertMany(entries);
    const slow = json(await run('shipments', 'rebuild', '--rate', '1', '--json')) as { operationId: string };
    const id = slow.operationId;
    const running = await run('operations', 'list', '--state', 'running', '--json');
    expect(itemsOf(json(running)).items).toContainEqual(expect.objectContaining({ id }));
    const cancelled = await run('operations', 'cancel', id);
    expect(cancelled).toMatchObject({ code: 0, out: expect.stringContaining('is cancelled') as unknown });
    const watched = await run('operations', 'watch', id);
    expect(watched).toMatchObject({ code: 1, err: expect.stringContaining('cancelled by') as unknown });
    expect(await run('operations', 'cancel', id)).toMatchObject({ code: 1 });
    const shown = await run('operations', 'show', id);
    expect(shown.out).toMatch(/^state +cancelled$/m);
    const listed = await run('operations', 'list');
    expect(listed.out.split('\n')[0]).toMatch(/^operation +kind +state +matched +done +changed +failed/);
  }, 120_000);

  it.each([
    ['replay without a time', ['events', 'replay', '--partner', 'acme'], 2],
    ['a rate that is no number', ['shipments', 'rebuild', '--rate', 'fast'], 2],
    ['an operation that there is not', ['operations', 'watch', 'op_none'], 1],
  ])('should refuse %s', async (_, args, code) => {
    const ran = await run(...args);
    expect(ran).toMatchObject({ code, out: '' });
    expect(ran.err).not.toBe('');
  });
});
