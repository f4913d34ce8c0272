import fc from 'fast-check';
import { MappingError } from '../mapping-error';
import { kept, mapped, NOW, rulesOf } from '../testing/builders';

const EVENT = { trackingNumber: '/awb', status: '/state', occurredAt: '/at' };
const STATUS = { MOVING: 'in_transit', DONE: 'delivered', PING: null };
const rules = (mapping: object = {}, over: object = {}) =>
  rulesOf({ mapping: { event: EVENT, status: STATUS, ...mapping }, ...over });
const AT = '2026-03-01T10:00:00Z';
const item = (over: object = {}) => ({ awb: 'A1', state: 'MOVING', at: AT, ...over });

const failureOf = async (mapping: Promise<unknown>): Promise<MappingError> => {
  try {
    await mapping;
  } catch (error) {
    if (error instanceof MappingError) return error;
    throw error;
  }
  throw new Error('was mapped');
};

describe('mapping', () => {
  it('should make canonical events of what the sender wrote', async () => {
    const event = {
      ...EVENT,
      orderId: '/order',
      shipmentId: { const: 'S-9' },
      location: '{/city}, {/country}',
      description: ['/text', { const: 'no text' }],
      attributes: '/more',
      correction: '/fix',
    };
    const body = item({ order: 42, city: 'Cairo', country: 'EG', more: { kg: 1.5 }, fix: 1 });
    expect(await mapped(rules({ event }), body)).toEqual({
      events: [
        {
          trackingNumber: 'A1',
          eventKey: expect.stringMatching(/^[\w-]{43}$/) as string,
          status: 'in_transit',
          partnerStatus: 'MOVING',
          occurredAt: new Date(AT),
          occurredAtSource: 'partner',
          orderId: '42',
          shipmentId: 'S-9',
          location: 'Cairo, EG',
          description: 'no text',
          attributes: { kg: 1.5 },
          correction: true,
        },
      ],
      unmapped: [],
      problems: [],
      testItems: 0,
    });
  });

  it('should leave out what the sender did not give', async () => {
    const shaped = rules({ event: { ...EVENT, orderId: '/order', location: '/x/y' } });
    const [event] = (await mapped(shaped, item({ order: ' ' }))).events;
    expect(Object.keys(event ?? {})).not.toEqual(expect.arrayContaining(['orderId']));
    expect(Object.keys(event ?? {})).not.toEqual(expect.arrayContaining(['location']));
  });

  it.each([
    ['the body', undefined, item(), ['A1']],
    ['a body that is a list', undefined, [item(), item({ awb: 'A2' })], ['A1', 'A2']],
    ['a list', '/data/items', { data: { items: [item(), item({ awb: 'A2' })] } }, ['A1', 'A2']],
    ['one object as a list of one', '/data', { data: item() }, ['A1']],
    ['the last of a list', '/list/-1', { list: [item(), item({ awb: 'A2' })] }, ['A2']],
    ['an empty list', '/list', { list: [] }, []],
  ])('should take its items from %s', async (_, each, body, numbers) => {
    const result = await mapped(rules(each === undefined ? {} : { each }), body);
    expect(result.events.map(({ trackingNumber }) => trackingNumber)).toEqual(numbers);
  });

  it('should skip items that are not meant', async () => {
    const body = [item({ kind: 'scan' }), item({ kind: 'bill' }), item({ kind: 7 }), item()];
    const numbers = async (where: object) => (await mapped(rules({ where }), body)).events.length;
    expect(await numbers({ '/kind': ['scan', 'track'] })).toBe(1);
    expect(await numbers({ '/kind': 7 })).toBe(1);
    expect(await numbers({ '/kind': '*' })).toBe(3);
    expect(await numbers({ '/kind': '*', '{/awb}-{/kind}': 'A1-bill' })).toBe(1);
  });

  it('should ask what concerns the whole body before it looks for the items', async () => {
    const shaped = rules({ each: '/items', where: { '{body:/kind}': 'scans' } });
    expect(await mapped(shaped, { kind: 'bill' })).toEqual({
      events: [],
      unmapped: [],
      problems: [],
      testItems: 0,
    });
    expect((await mapped(shaped, { kind: 'scans', items: [item()] })).events).toHaveLength(1);
  });

  it('should keep test traffic out', async () => {
    const testing = rules({ event: { ...EVENT, test: '/test', live: '/live' } });
    const results = [
      { test: true },
      { test: 'TEST' },
      { test: 1 },
      { live: false },
      { live: '0' },
      { test: false, live: true },
      {},
    ];
    const counts = await Promise.all(
      results.map(async (over) => (await mapped(testing, item(over))).testItems),
    );
    expect(counts).toEqual([1, 1, 1, 1, 1, 0, 0]);
    expect(await mapped(testing, item({ test: true, awb: null }))).toMatchObject({
      events: [],
      problems: [],
      testItems: 1,
    });
  });

  it('should read headers, parameters and the body around an item', async () => {
    const event = {
      trackingNumber: '{header:X-Awb}',
      status: '{query:s}',
      orderId: '{body:/order}',
      location: '{/city|nowhere}',
    };
    const over = { headers: { 'x-awb': 'H1' }, query: { s: 'done' } };
    const shaped = rules({ each: '/items', event });
    const [first] = (await mapped(shaped, { order: 5, items: [{}] }, over)).events;
    expect(first).toMatchObject({
      trackingNumber: 'H1',
      status: 'delivered',
      orderId: '5',
      location: 'nowhere',
    });
    expect(shaped.keptHeaders).toEqual(['x-awb']);
    expect(shaped.keptQuery).toEqual(['s']);
    const bare = await mapped(shaped, { items: [{}] }, { headers: {}, query: {} });
    expect(bare.problems).toMatchObject([{ index: 0, code: 'MISSING_TRACKING_NUMBER' }]);
  });

  it('should apply the other items where one has no number', async () => {
    const result = await mapped(rules(), [item({ awb: null }), item({ awb: 7 }), item({ awb: '  ' })]);
    expect(result.events.map(({ trackingNumber }) => trackingNumber)).toEqual(['7']);
    expect(result.problems.map(({ index, code }) => [index, code])).toEqual([
      [0, 'MISSING_TRACKING_NUMBER'],
      [2, 'MISSING_TRACKING_NUMBER'],
    ]);
  });

  it('should apply the other items where a number is too long', async () => {
    const [longest, longer] = [item({ awb: 'x'.repeat(255) }), item({ awb: 'x'.repeat(256) })];
    expect((await mapped(rules(), longest)).events).toHaveLength(1);
    const result = await mapped(rules(), [longest, longer, item({ awb: null })]);
    expect(result.events).toHaveLength(1);
    expect(result.problems).toEqual([
      { index: 1, code: 'TRACKING_NUMBER_TOO_LONG', value: 'x'.repeat(200) },
      { index: 2, code: 'MISSING_TRACKING_NUMBER' },
    ]);
  });

  it('should keep happenings apart whose ids are no Unicode text', async () => {
    const keyed = rules({ event: { ...EVENT, eventKey: '/id' } });
    const keyOf = async (id: string) => (await mapped(keyed, item({ id }))).events[0]?.eventKey;
    expect(new Set(await Promise.all(['\ud800', '\ud801', '\ufffd'].map(keyOf))).size).toBe(3);
  });

  it('should keep all digits of a long number', async () => {
    const text = '{"awb":820982911946154508,"state":"DONE"}';
    expect((await mapped(rules(), text)).events[0]?.trackingNumber).toBe('820982911946154508');
  });
});

describe('status words', () => {
  const status = async (words: unknown, table: object = STATUS, event: object = EVENT) => {
    const result = await mapped(rules({ status: table, event }), item({ state: words }));
    return [result.events[0]?.status, result.events[0]?.partnerStatus, result.unmapped];
  };

  it.each([
    ['MOVING', 'in_transit'],
    ['  moving ', 'in_transit'],
    ['PING', null],
  ])('should translate %j', async (word, target) => {
    expect(await status(word)).toEqual([target, word.trim(), []]);
  });

  it('should take blanks inside as one, numbers by their digits, and none for null', async () => {
    expect((await status('In \t Transit', { 'in transit': 'in_transit' }))[0]).toBe('in_transit');
    expect((await status(40, { 40: 'in_transit' }))[0]).toBe('in_transit');
    expect(await status('X', { x: 'none' })).toEqual([null, 'X', []]);
  });

  it('should say what the table does not know', async () => {
    expect(await status('LOST')).toEqual(['unknown', 'LOST', ['LOST']]);
    expect(await status('in_transit')).toEqual(['unknown', 'in_transit', ['in_transit']]);
  });

  it('should have no status without a word', async () => {
    expect(await status(null)).toEqual([null, null, []]);
    expect(await status({ code: 'MOVING' })).toEqual([null, null, []]);
  });

  it('should take the most specific word that the table knows', async () => {
    const event = { ...EVENT, status: ['{/state}/{/sub}', '/state'] };
    const table = { moving: 'in_transit', 'moving/van': 'out_for_delivery' };
    const of = async (over: object) => {
      const result = await mapped(rules({ event, status: table }), item(over));
      return [result.events[0]?.status, result.events[0]?.partnerStatus];
    };
    expect(await of({ sub: 'van' })).toEqual(['out_for_delivery', 'MOVING/van']);
    expect(await of({ sub: 'ship' })).toEqual(['in_transit', 'MOVING']);
    expect(await of({})).toEqual(['in_transit', 'MOVING']);
    expect(await of({ state: 'GONE', sub: 'far' })).toEqual(['unknown', 'GONE/far']);
  });
});

describe('times of events', () => {
  const of = async (at: unknown, mapping: object = {}) => {
    const { events, problems } = await mapped(rules(mapping), item({ at }));
    return [
      events[0]?.occurredAt?.toISOString() ?? null,
      events[0]?.occurredAtSource,
      problems.map(({ code }) => code),
    ];
  };

  it('should never be guessed, and never lose the event', async () => {
    expect(await of('2026-03-01T10:00:00')).toEqual([null, 'received', ['time_without_zone']]);
    expect(await of('soon')).toEqual([null, 'received', ['bad_time']]);
    expect(await of(true)).toEqual([null, 'received', ['bad_time']]);
    expect(await of(123)).toEqual([null, 'received', ['implausible_time']]);
    expect(await of(null)).toEqual([null, 'received', []]);
    expect(await of(AT)).toEqual(['2026-03-01T10:00:00.000Z', 'partner', []]);
  });

  it('should be kept, with a note, when they are far ahead', async () => {
    expect(await of('2026-09-02T12:00:00Z')).toEqual(['2026-09-02T12:00:00.000Z', 'partner', []]);
    expect(await of('2026-09-02T12:00:00.001Z')).toEqual([
      '2026-09-02T12:00:00.001Z',
      'partner',
      ['future_time'],
    ]);
  });

  it('should have the zone of the item before that of the mapping', async () => {
    const mapping = { event: { ...EVENT, zone: '/zone' }, time: { zone: 'Asia/Kolkata' } };
    const zoned = async (zone?: string) => {
      const { events } = await mapped(rules(mapping), item({ at: '2026-03-01T10:00:00', zone }));
      return events[0]?.occurredAt?.toISOString();
    };
    expect(await zoned('Europe/Berlin')).toBe('2026-03-01T09:00:00.000Z');
    expect(await zoned()).toBe('2026-03-01T04:30:00.000Z');
  });
});

describe('stored event keys', () => {
  const keyOf = async (over: object = {}, mapping: object = {}, eventId = 'evt_1') => {
    const input = { ...kept(item(over)), eventId, receivedAt: NOW, schemaVersion: '1' };
    return (await rules(mapping).map(input)).events[0]?.eventKey;
  };
  const own = { event: { ...EVENT, eventKey: '/id' } };

  it('should be the sender’s own where there is one', async () => {
    expect(await keyOf({ id: 1, state: 'DONE' }, own)).toBe(await keyOf({ id: 1 }, own, 'evt_2'));
    expect(await keyOf({ id: 2 }, own)).not.toBe(await keyOf({ id: 1 }, own));
    expect(await keyOf({ id: 1, awb: 'A2' }, own)).not.toBe(await keyOf({ id: 1 }, own));
    expect(await keyOf({}, own)).toBe(await keyOf());
  });

  it('should be what was said otherwise, in the words of the sender', async () => {
    expect(await keyOf({}, {}, 'evt_2')).toBe(await keyOf());
    expect(await keyOf({}, { status: { MOVING: 'picked_up' } })).toBe(await keyOf());
    const overs = [{ state: 'DONE' }, { state: null }, { at: '2026-03-01T10:00:01Z' }, { awb: 'A2' }, {}];
    expect(new Set(await Promise.all(overs.map((over) => keyOf(over)))).size).toBe(5);
    const told = { event: { ...EVENT, attributes: '/more' } };
    expect(await keyOf({ more: { a: 1 } }, told)).not.toBe(await keyOf({ more: { a: 2 } }, told));
  });

  it('should be of one request only where there is no time', async () => {
    expect(await keyOf({ at: null }, {}, 'evt_2')).not.toBe(await keyOf({ at: null }));
    expect(await keyOf({ at: 'soon' }, {}, 'evt_2')).not.toBe(await keyOf({ at: 'soon' }));
    const twice = await mapped(rules(), [item({ at: null }), item({ at: null })]);
    expect(new Set(twice.events.map(({ eventKey }) => eventKey)).size).toBe(2);
  });
});

describe('a body that cannot be mapped', () => {
  it.each([
    ['not JSON', '{"awb":', 'UNPARSABLE_BODY'],
    ['doubled members', '{"awb":1,"awb":2}', 'UNPARSABLE_BODY'],
    ['a text', '"A1"', 'MAPPING_FAILED'],
    ['null', 'null', 'MAPPING_FAILED'],
    ['501 items', JSON.stringify(Array(501).fill({})), 'MAPPING_FAILED'],
  ])('should end as a mapping error: %s', async (_, body, code) => {
    expect(await failureOf(mapped(rules(), body))).toMatchObject({
      code,
      problems: [{ code: expect.any(String) as string }],
    });
  });

  it('should name the place where its items should be', async () => {
    const error = await failureOf(mapped(rules({ each: '/data/items' }), { data: {} }));
    expect(error.message).toBe('"/data/items" (mapping.each) must be an object or a list');
  });

  it('should say that there is no mapping', async () => {
    expect(await failureOf(mapped(rulesOf({}), {}))).toMatchObject({ code: 'MAPPING_FAILED' });
  });

  it.each([
    ['names with a NUL', { 'a\0b': 1 }],
    ["a sign of the driver's own", { a: { _bsontype: 'ObjectId' } }],
  ])('should keep attributes away that no store takes: %s', async (_, more) => {
    const { events, problems } = await mapped(
      rules({ event: { ...EVENT, attributes: '/more' } }),
      item({ more }),
    );
    expect(problems).toEqual([{ index: 0, code: 'bad_attributes' }]);
    expect(events[0]).not.toHaveProperty('attributes');
  });

  it('should never be another error, whatever the body', async () => {
    const every = Object.fromEntries(
      ['trackingNumber', 'status', 'occurredAt', 'eventKey', 'location', 'zone', 'test', 'correction'].map(
        (name) => [name, [`/${name}`, `{/${name}/0}{body:/x|}`]],
      ),
    );
    const shaped = rules({
      event: { ...every, attributes: '' },
      time: { formats: ['dd MM yyyy', 'unix'], zone: 'UTC' },
    });
    const value = fc.jsonValue({ maxDepth: 3 });
    const names = fc.constantFrom(...Object.keys(every), '__proto__', 'constructor', 'length');
    const bodies = fc.oneof(
      value,
      fc.dictionary(names, value),
      fc.array(fc.dictionary(names, value), { maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        try {
          expect(Array.isArray((await mapped(shaped, JSON.stringify(body))).events)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(MappingError);
          expect(error).not.toHaveProperty('cause');
        }
      }),
    );
  });
});
