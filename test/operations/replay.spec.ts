import { Binary } from 'mongodb';
import { INBOUND_EVENTS } from '#domain/events/inbound-events.schema';
import { foldHistory } from '#domain/shipments/fold';
import { SHIPMENT_EVENTS } from '#domain/shipments/shipments.schema';
import { ACME, FROM, type ReplayParts, startReplayParts, TO } from './replay-parts';

const { mapping } = ACME;
const withStatus = (status: object) => ({
  mapping: { ...mapping, status: { ...mapping.status, ...status } },
});
const aParcel = (over: object = {}) => ({
  parcel: 'P-1',
  state: 'DONE',
  when: '2026-05-02T08:00:00Z',
  ...over,
});
const aBody = (...parcels: readonly object[]) => ({ parcels: parcels.map((one) => aParcel(one)) });
const P1 = { partnerId: 'acme', trackingNumber: 'P-1' };

describe('replaying kept events', () => {
  let parts: ReplayParts;

  beforeEach(async () => {
    parts = await startReplayParts();
    await parts.partners.make(ACME);
  });
  afterEach(() => parts.close());

  const timeline = async () =>
    (await parts.history.timeline(P1)).map(({ status, eventId, location }) => ({
      status,
      eventId,
      location,
    }));
  const everything = async () => ({
    shipments: await parts.documents.find().sort({ _id: 1 }).toArray(),
    history: await parts.database.collection(SHIPMENT_EVENTS).find().sort({ _id: 1 }).toArray(),
    journal: await parts.database.collection(INBOUND_EVENTS).find().sort({ _id: 1 }).toArray(),
  });

  it('should show the new reading where a word was unknown, and keep when it was recorded', async () => {
    const eventId = await parts.done(aBody({}));
    const [before] = await parts.history.timeline(P1);
    expect(await parts.shipments.find(P1)).toMatchObject({ status: 'unknown', version: 1 });
    await parts.mend(withStatus({ DONE: 'delivered' }));

    expect(await parts.replay()).toEqual({ done: 1, failed: 0, changed: 1 });

    expect(await parts.shipments.find(P1)).toMatchObject({ status: 'delivered', eventId, version: 2 });
    const history = await parts.history.timeline(P1);
    expect(history).toEqual([{ ...before, status: 'delivered', revisedAt: expect.any(Date) as unknown }]);
  });

  it('should change nothing the second time', async () => {
    for (let n = 0; n < 5; n += 1)
      await parts.done(aBody({ parcel: `P-${n}` }, { parcel: 'P-0', at: `gate ${n}` }));
    await parts.mend(withStatus({ DONE: 'delivered' }));
    expect(await parts.replay({}, 2)).toEqual({ done: 5, failed: 0, changed: 5 });
    const after = await everything();
    expect(await parts.replay({}, 2)).toEqual({ done: 5, failed: 0, changed: 0 });
    expect(await everything()).toEqual(after);
  });

  it('should give what a live gateway would have given by the mapping of today', async () => {
    const states = ['MADE', 'MOVING', 'DONE', 'LOST'];
    const bodies = Array.from({ length: 40 }, (_, n) =>
      aBody({
        parcel: `P-${n % 7}`,
        state: states[n % states.length],
        when: `2026-05-02T0${n % 9}:00:00Z`,
        at: n % 3 === 0 ? 'Leipzig' : undefined,
      }),
    );
    for (const body of bodies) await parts.done(body);
    const mended = {
      mapping: {
        ...mapping,
        event: { ...mapping.event, description: '/state', location: { const: 'here' } },
        status: { MADE: 'info_received', MOVING: 'in_transit', DONE: 'delivered', LOST: 'exception' },
        time: { zone: 'Europe/Berlin' },
      },
    };
    await parts.mend(mended);
    await parts.replay({}, 7);
    const replayed = await parts.told();

    await parts.documents.deleteMany({});
    await parts.database.collection(SHIPMENT_EVENTS).deleteMany({});
    await parts.journal.deleteMany({});
    for (const body of bodies) await parts.done(body);
    // Sent again, they are other inbound events that tell the same.
    const apart = (all: readonly object[]) => all.map((one) => ({ ...one, eventId: undefined }));
    expect(apart(replayed)).toEqual(apart(await parts.told()));
  });

  it('should leave one entry for one thing, where it is told in other words now', async () => {
    const eventId = await parts.done(aBody({ state: 'MOVING', at: 'Leipzig' }));
    const [before] = await parts.history.timeline(P1);
    const { location: _location, ...event } = mapping.event;
    await parts.mend({ mapping: { ...mapping, event: { ...event, description: '/at' } } });
    expect(await parts.replay()).toEqual({ done: 1, failed: 0, changed: 1 });
    expect(await timeline()).toEqual([{ status: 'in_transit', eventId, location: undefined }]);
    expect(await parts.shipments.find(P1)).toMatchObject({ description: 'Leipzig', status: 'in_transit' });
    expect(await parts.shipments.find(P1)).not.toHaveProperty('location');
    const [after] = await parts.history.timeline(P1);
    expect(after).toMatchObject({ recordedAt: before?.recordedAt, revisedAt: expect.any(Date) as unknown });
    // Nothing is ever taken out of the history.
    expect(await parts.database.collection(SHIPMENT_EVENTS).countDocuments()).toBe(2);

    // And back again.
    await parts.mend({ mapping });
    expect(await parts.replay()).toEqual({ done: 1, failed: 0, changed: 1 });
    expect(await timeline()).toEqual([{ status: 'in_transit', eventId, location: 'Leipzig' }]);
    expect(await parts.replay()).toMatchObject({ changed: 0 });
  });

  it('should not ask anybody again what was decided about an event', async () => {
    await parts.done(aBody({ state: 'MOVING', at: 'Leipzig' }));
    const routing = { decision: { lane: 7 }, at: new Date('2026-05-02T08:00:01Z'), durationMs: 3 };
    await parts.database.collection(SHIPMENT_EVENTS).updateMany({}, { $set: { routing } });
    await parts.mend(withStatus({ MOVING: 'out_for_delivery' }));
    await parts.replay();
    expect(await parts.shipments.find(P1)).toMatchObject({ status: 'out_for_delivery', routing });
    const { location: _location, ...event } = mapping.event;
    await parts.mend({ mapping: { ...mapping, event } });
    await parts.replay();
    expect(await parts.shipments.find(P1)).toMatchObject({ status: 'in_transit', routing });
    expect(await parts.replay()).toMatchObject({ changed: 0 });
  });

  it('should find the same things again where many are told in other words', async () => {
    const hours = ['08', '09', '10'];
    const items = hours.map((hour) => ({
      state: 'MOVING',
      when: `2026-05-02T${hour}:00:00Z`,
      at: `gate ${hour}`,
    }));
    await parts.done(aBody(...items));
    const recorded = (await parts.history.timeline(P1)).map(({ recordedAt }) => recordedAt);
    const { location: _location, ...event } = mapping.event;
    await parts.mend({ mapping: { ...mapping, event } });
    await parts.replay();
    const now = await parts.history.timeline(P1);
    expect(now.map(({ recordedAt }) => recordedAt)).toEqual(recorded);
    expect(now.every(({ revisedAt, location }) => revisedAt !== undefined && location === undefined)).toBe(
      true,
    );
  });

  it('should lose nothing that is told of the same parcels meanwhile', async () => {
    const parcel = (n: number) => ({ parcel: `P-${n % 5}`, when: `2026-05-02T08:${10 + (n % 50)}:00Z` });
    for (let n = 0; n < 40; n += 1) await parts.done(aBody(parcel(n)));
    await parts.mend(withStatus({ DONE: 'out_for_delivery' }));
    const live = Array.from({ length: 8 }, async (_, writer) => {
      for (let n = 0; n < 10; n += 1)
        await parts.done(aBody({ ...parcel(writer * 7 + n), at: `${writer}/${n}` }));
    });
    const replays = [parts.replay({}, 3), parts.replay({}, 11), parts.replay({}, 50)];
    await Promise.all([...live, ...replays]);
    for (const { _id, trackingNumber } of await parts.documents.find().toArray()) {
      const history = await parts.history.timeline({ partnerId: 'acme', trackingNumber });
      expect(await parts.documents.findOne({ _id })).toMatchObject({ ...foldHistory(history) });
      expect(history.map(({ status }) => status)).not.toContain('unknown');
    }
  });

  it('should leave to the event that told a thing first what it told', async () => {
    const first = await parts.done(aBody({}), { receivedAt: new Date('2026-04-30T00:00:00Z') });
    await parts.done(aBody({}), { receivedAt: new Date('2026-05-02T00:00:00Z') });
    await parts.mend(withStatus({ DONE: 'delivered' }));
    expect(await parts.replay()).toEqual({ done: 1, failed: 0, changed: 0 });
    expect(await timeline()).toEqual([{ status: 'unknown', eventId: first, location: undefined }]);
    expect(await parts.replay({ from: new Date('2026-04-01T00:00:00Z') })).toMatchObject({ changed: 1 });
    expect(await timeline()).toEqual([{ status: 'delivered', eventId: first, location: undefined }]);
  });

  it('should apply what there was nothing in to apply', async () => {
    const eventId = await parts.done({ shipments: [aParcel()], parcels: [] });
    expect(await parts.journal.findOne({ _id: eventId })).toMatchObject({ status: 'ignored' });
    await parts.mend({ mapping: { ...mapping, each: '/shipments' } });
    expect(await parts.replay({ status: 'processed' })).toEqual({ done: 0, failed: 0, changed: 0 });
    expect(await parts.replay({ status: 'ignored' })).toEqual({ done: 1, failed: 0, changed: 1 });
    expect(await parts.shipments.find(P1)).toMatchObject({ eventId });
    expect(await parts.journal.findOne({ _id: eventId })).toMatchObject({ status: 'processed' });
  });

  it('should keep what the mapping of today cannot read, or not all of it, and count it', async () => {
    const whole = await parts.done(aBody({ state: 'MOVING' }));
    const partly = await parts.done(
      aBody({ state: 'MOVING', at: 'A' }, { state: 'MOVING', at: 'B', number: 'P-1' }),
    );
    const before = await timeline();
    await parts.mend({ mapping: { ...mapping, each: '/nowhere' } });
    expect(await parts.replay()).toEqual({ done: 0, failed: 2, changed: 0 });
    expect(await timeline()).toEqual(before);
    await parts.mend({ mapping: { ...mapping, event: { ...mapping.event, trackingNumber: '/number' } } });
    expect(await parts.replay()).toEqual({ done: 0, failed: 2, changed: 0 });
    expect(await timeline()).toEqual(before);
    expect(new Set(before.map(({ eventId }) => eventId))).toEqual(new Set([whole, partly]));
  });

  it('should name what it cannot read as a dead letter would', async () => {
    await parts.done(aBody({}, { parcel: 'x'.repeat(256) }));
    const problems = async () => {
      const { items } = await parts.pages.page({ partnerId: 'acme', from: FROM, to: TO }, 10);
      return items.map(({ problem }) => problem);
    };
    const tooLong = expect.stringContaining('tracking number of item 1 is longer than 255') as unknown;
    expect(await problems()).toEqual([{ code: 'MAPPING_FAILED', message: tooLong }]);
    await parts.mend({ mapping: { ...mapping, event: { ...mapping.event, trackingNumber: '/number' } } });
    await parts.reader.useLatestRules();
    const missing = 'no tracking number in item 0, 1';
    expect(await problems()).toEqual([{ code: 'MISSING_TRACKING_NUMBER', message: missing }]);
  });

  it('should keep away from dead letters, from other times and from other partners', async () => {
    await parts.partners.make({ ...ACME, id: 'other' });
    await parts.done(aBody({}), { partnerId: 'other' });
    await parts.done(aBody({}), { status: 'dead_lettered' });
    await parts.done(aBody({}), { status: 'received' });
    await parts.done(aBody({}), { receivedAt: TO });
    const before = await everything();
    await parts.mend(withStatus({ DONE: 'delivered' }));
    expect(await parts.replay()).toEqual({ done: 0, failed: 0, changed: 0 });
    expect(await everything()).toEqual(before);
  });

  it('should bring the shipment up where a crash came between it and the history', async () => {
    const eventId = await parts.done(aBody({}));
    await parts.mend(withStatus({ DONE: 'delivered' }));
    await parts.replay();
    await parts.documents.updateMany({}, { $set: { status: 'unknown' } });
    expect(await parts.replay()).toEqual({ done: 1, failed: 0, changed: 0 });
    expect(await parts.shipments.find(P1)).toMatchObject({ status: 'delivered', eventId });
  });

  it('should take texts and values that a store gives back in another form as what they are', async () => {
    const odd = { at: 'broken \ud800 text', state: 'MOVING', more: { '1': 0.5, list: [{}, null, 2 ** 40] } };
    await parts.mend({ mapping: { ...mapping, event: { ...mapping.event, attributes: '/more' } } });
    await parts.done(aBody(odd));
    expect(await parts.replay()).toEqual({ done: 1, failed: 0, changed: 0 });
  });

  it('should read an edited body in place of the original', async () => {
    const eventId = await parts.done(aBody({ state: 'MOVING' }));
    const body = new Binary(Buffer.from(JSON.stringify(aBody({ state: 'MOVING', parcel: 'P-9' }))));
    const edited = { body, contentType: 'application/json' };
    await parts.journal.updateOne({ _id: eventId }, { $set: { edited } });
    expect(await parts.replay()).toMatchObject({ changed: 1 });
    const moved = await parts.shipments.find({ partnerId: 'acme', trackingNumber: 'P-9' });
    expect(moved).toMatchObject({ status: 'in_transit', eventId });
  });
});
