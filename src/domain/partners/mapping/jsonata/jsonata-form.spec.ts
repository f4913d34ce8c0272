import { MappingError, MappingTimeoutError } from '#domain/partners/mapping-error';
import { mapped, rulesOf } from '#domain/partners/testing/builders';
import { failureOf } from './failure';

const rules = (events: string, over: object = {}) => rulesOf({ mapping: { events, ...over } });

async function errorOf(events: string, body: unknown = {}): Promise<MappingError> {
  try {
    await mapped(rules(events), body);
  } catch (error) {
    if (error instanceof MappingError) return error;
    throw error;
  }
  throw new Error('was mapped');
}

const LISTS = `trackings.($t := $; events.{
  "trackingNumber": $t.number, "status": [milestone, code], "occurredAt": at, "eventKey": id })`;
const STATUS = { moving: 'in_transit', done: 'delivered' };

describe('a mapping by JSONata', () => {
  it('should find the events of nested lists, with all that the other form gives', async () => {
    const shaped = rules(LISTS, { status: STATUS, time: { zone: 'Asia/Kolkata' } });
    const body = {
      trackings: [
        { number: 'A', events: [{ milestone: 'new', code: 'DONE', at: '2026-03-01T10:00:00', id: 1 }] },
        { number: ' ', events: { milestone: 'moving', at: 1772359200 } },
        { number: 77, events: [{ milestone: 'gone' }] },
      ],
    };
    const { events, problems, unmapped } = await mapped(shaped, body);
    expect(events).toMatchObject([
      { trackingNumber: 'A', status: 'delivered', occurredAt: new Date('2026-03-01T04:30:00Z') },
      { trackingNumber: '77', status: 'unknown', partnerStatus: 'gone', occurredAtSource: 'received' },
    ]);
    expect(problems).toEqual([{ index: 1, code: 'MISSING_TRACKING_NUMBER' }]);
    expect(unmapped).toEqual(['gone']);
  });

  it.each([
    ['one object', '{"trackingNumber": n}', 1],
    ['nothing', 'nowhere', 0],
    ['an empty list', '[]', 0],
    ['null', 'null', 0],
  ])('should take %s', async (_, events, count) => {
    expect((await mapped(rules(events), { n: 'A' })).events).toHaveLength(count);
  });

  it('should read what is kept of the request, and keep just that', async () => {
    const shaped = rules(
      '{"trackingNumber": $headers."x-awb", "orderId": $query.order, "occurredAt": $receivedAt}',
    );
    expect([shaped.keptHeaders, shaped.keptQuery]).toEqual([['x-awb'], ['order']]);
    const { events } = await mapped(shaped, {}, { headers: { 'x-awb': 'H' }, query: { order: '5' } });
    expect(events).toMatchObject([
      { trackingNumber: 'H', orderId: '5', occurredAt: new Date('2026-09-01T12:00:00Z') },
    ]);
  });

  it('should keep test traffic out and digits whole', async () => {
    const shaped = rules('$.{"trackingNumber": n, "test": mode}');
    const result = await mapped(shaped, '[{"n":820982911946154508},{"n":1,"mode":"test"}]');
    expect(result.events).toMatchObject([{ trackingNumber: '820982911946154508' }]);
    expect(result.testItems).toBe(1);
  });

  it('should give attributes as plain JSON', async () => {
    const shaped = rules('{"trackingNumber": "A", "attributes": {"l": list.x, "f": $sum, "n": null}}');
    const [event] = (await mapped(shaped, { list: [{ x: 1 }, { x: 2 }] })).events;
    expect(event?.attributes).toStrictEqual({ l: [1, 2], n: null });
  });

  it('should not know the priority before it is run, unless told where the word is', () => {
    const body = Buffer.from('{"word":"DONE"}');
    const of = (priority: object) => {
      const shaped = rulesOf({ mapping: { events: '{"trackingNumber": "A"}', status: STATUS }, priority });
      const kept = { contentType: 'application/json', body, headers: {}, query: {} };
      return shaped.priority(kept, shaped.parse(body, 'application/json'));
    };
    expect(of({ delivered: 1 })).toBe(5);
    expect(of({ delivered: 1, from: '/word' })).toBe(1);
  });
});

describe('a mapping that does too much', () => {
  it.each([
    ['loops', '($f := function($n) { $f($n + 1) }; $f(0))', /10000 steps/],
    ['calls itself ever deeper', '($f := function($n) { 1 + $f($n) }; $f(0))', /deeper than 100/],
    ['makes a long range', '[1..5000].{"trackingNumber": $}', /more than 1000 items/],
    ['makes a long list', 'list.{"trackingNumber": $}', /more than 1000 items/],
    ['compares a long list', '$distinct(list)', /more than 1000 items/],
    [
      'doubles a text',
      '($d := function($t, $n) { $n = 0 ? $t : $d($t & $t, $n - 1) }; $d("abcdefgh", 20))',
      /262144 characters/,
    ],
    ['joins texts', '$join([1..1000].$$.long)', /262144 characters/],
    ['replaces texts', '$replace(long, "x", long)', /262144 characters/],
    ['shows a value many times', '($a := [1..900].$$.long; $string([$a]))', /262144 characters/],
    [
      'gives a value many times',
      '($a := {"a": 1}; $f := function($x, $n) { $n = 0 ? $x : $f({"l": $x, "r": $x}, $n - 1) }; $f($a, 40))',
      /more than a body may hold/,
    ],
    ['gives too many events', '[1..501].{"trackingNumber": "A"}', /more than 500 items/],
  ])('should be cut off when it %s', async (_, events, message) => {
    const body = { list: Array.from({ length: 1200 }, (_item, index) => index), long: 'x'.repeat(2000) };
    const error = await errorOf(events, body);
    expect(error).toMatchObject({
      code: 'MAPPING_FAILED',
      message: expect.stringMatching(message) as string,
    });
    expect(error).not.toBeInstanceOf(MappingTimeoutError);
  });

  it('should not keep the process from other work', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const loop = '($f := function($n) { $f($n + 1) }; $f(0))';
    const errors = await Promise.all(Array.from({ length: 20 }, () => errorOf(loop)));
    clearInterval(timer);
    expect(errors.every(({ message }) => message.includes('10000 steps'))).toBe(true);
    // All of them together are one long run of microtasks unless the event loop is let in.
    expect(turns).toBeGreaterThan(errors.length);
  });

  it('should be tried again where it had no time', () => {
    expect(failureOf({ code: 'D1012', value: 1000 })).toBeInstanceOf(MappingTimeoutError);
  });
});

describe('a mapping that fails', () => {
  it.each([
    ['a wrong type', 'n + "private"', /failed with T2001.*"\+" \(character 3\)/],
    ['an own error', '$error("no carrier")', /D3137.*: no carrier/],
    ['an assertion', '$assert(false, "no carrier")', /D3141.*: no carrier/],
    ['no object', '"A"', /must give objects/],
    ['a call of what the body holds', 'body(1)', /failed unexpectedly at "body"/],
    ['an own name that hides a denied function', '(($eval := 1); $eval("1"))', /failed with T1006/],
  ])('should say so without quoting the body: %s', async (_, events, message) => {
    const body = { n: 'private', body: { _jsonata_lambda: true, thunk: true } };
    const error = await errorOf(events, body);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('private');
  });
});
