import { kept, rulesOf } from './testing/builders';
import { MappingError } from './mapping-error';

const AS_FORM = { contentType: 'application/x-www-form-urlencoded' };

describe('dedupe keys', () => {
  const keyOf = (dedupe: object | undefined, body: unknown, over: object = {}): string => {
    const rules = rulesOf(dedupe === undefined ? {} : { dedupe });
    const request = kept(body, over);
    return rules.dedupeKey(request, rules.parse(request.body, request.contentType));
  };
  const digest = keyOf(undefined, '{"id":1}');

  it('should be the digest of the body where nothing is said', () => {
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(keyOf({ digest: 'body' }, '{"id":1}')).toBe(digest);
    expect(keyOf(undefined, '{"id": 1}')).not.toBe(digest);
  });

  it('should be the sender’s own id, even with other bytes', () => {
    expect(keyOf({ body: '/id' }, { id: 'e-1', n: 1 })).toBe('e-1');
    expect(keyOf({ body: '/id' }, { id: 820982911946154508n.toString() })).toBe('820982911946154508');
    expect(keyOf({ body: ['/no', '/id'] }, { id: 7 })).toBe('7');
    expect(keyOf({ header: 'X-Id' }, {}, { headers: { 'x-id': 'h-1' } })).toBe('h-1');
    expect(keyOf({ query: 'id' }, {}, { query: { id: 'q-1' } })).toBe('q-1');
    expect(keyOf({ body: '/id', prefix: 'evt_' }, { id: 'evt_1' })).toBe('1');
  });

  it.each([
    [{ body: '/no' }, {}],
    [{ body: '/id' }, { id: '' }],
    [{ body: '/id' }, { id: {} }],
    [{ body: '/id', split: ',' }, { id: 'a,b' }],
    [{ header: 'x-id' }, {}],
    [{ fields: ['/a', '/b'] }, { a: 1 }],
    [{ fields: ['/a', '{header:x}'] }, { a: 1 }],
  ])('should fall back to the body with %j of %j', (dedupe, body) => {
    expect(keyOf(dedupe, body)).toBe(keyOf(undefined, body));
  });

  it('should fall back to the bytes of a body that cannot be read', () => {
    expect(keyOf({ body: '/id' }, 'no json')).toBe(keyOf(undefined, 'no json'));
  });

  it('should keep fields apart, and bodies with the same fields', () => {
    const fields = { fields: ['/a', '/b'] };
    expect(keyOf(fields, { a: 'x', b: 'yz' })).not.toBe(keyOf(fields, { a: 'xy', b: 'z' }));
    expect(keyOf(fields, { a: 1, b: 2, n: 1 })).not.toBe(keyOf(fields, { a: 1, b: 2, n: 2 }));
    const drop = { ...fields, onConflict: 'drop' };
    expect(keyOf(drop, { a: 1, b: 2, n: 1 })).toBe(keyOf(drop, { a: 1, b: 2, n: 2 }));
    expect(keyOf(drop, { a: 'x', b: 'yz' })).not.toBe(keyOf(drop, { a: 'xy', b: 'z' }));
  });

  it('should stay short', () => {
    expect(keyOf({ body: '/id' }, { id: 'x'.repeat(255) })).toHaveLength(255);
    expect(keyOf({ body: '/id' }, { id: 'x'.repeat(256) })).toMatch(/^sha256:/);
  });
});

describe('bodies', () => {
  const parse = (body: object | undefined, text: string | Buffer, contentType = 'application/json') =>
    rulesOf(body === undefined ? {} : { body }).parse(Buffer.from(text), contentType);

  it('should be read by their type', () => {
    expect(parse(undefined, '{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
    const form = 'a=1&b=x+y&b=%C3%A9';
    expect(parse(undefined, form, `${AS_FORM.contentType}; charset=UTF-8`)).toEqual({
      ok: true,
      value: { a: '1', b: ['x y', 'é'] },
    });
    expect(parse({ format: 'form' }, form)).toMatchObject({ ok: true });
    expect(parse({ format: 'text' }, 'Hello')).toEqual({ ok: true, value: 'Hello' });
    expect(parse({ format: 'json' }, form, AS_FORM.contentType)).toMatchObject({ ok: false });
    expect(parse({ format: 'text' }, Buffer.from([0xff]))).toEqual({
      ok: false,
      message: 'the body must be UTF-8',
    });
    expect(parse({ format: 'form' }, '__proto__=1')).toMatchObject({ ok: false, path: '/__proto__' });
  });

  it('should have JSON inside texts parsed in its place', () => {
    const unwrap = { unwrap: ['/payload', '/payload/inner', '/list/-1'] };
    const text = JSON.stringify({
      payload: JSON.stringify({ inner: '[12345678901234567890]' }),
      list: ['1', '2'],
    });
    expect(parse(unwrap, text)).toEqual({
      ok: true,
      value: { payload: { inner: ['12345678901234567890'] }, list: ['1', 2] },
    });
    expect(parse({ unwrap: ['/payload'] }, 'payload=%7B%22a%22%3A1%7D', AS_FORM.contentType)).toEqual({
      ok: true,
      value: { payload: { a: 1 } },
    });
    expect(parse({ unwrap: [''] }, '"[1]"')).toEqual({ ok: true, value: [1] });
    expect(parse(unwrap, '{"payload":{"already":true}}')).toMatchObject({ ok: true });
  });

  it('should say which text holds no JSON', () => {
    expect(parse({ unwrap: ['/p'] }, '{"p":"{"}')).toMatchObject({ ok: false, path: '/p' });
    expect(parse({ unwrap: ['/p'] }, '{"p":"{\\"a\\":{\\"b\\":1,\\"b\\":2}}"}')).toMatchObject({
      ok: false,
      path: '/p/a/b',
    });
  });
});

describe('versions', () => {
  const mapping = (word: string) => ({
    event: { trackingNumber: '/n', status: { const: 'W' } },
    status: { W: word },
  });
  const versioned = rulesOf({
    schemaVersion: { from: { header: 'x-version' }, default: '1' },
    mappings: { 1: mapping('in_transit'), 2: mapping('delivered') },
  });
  const versionOf = (headers: Record<string, string>): string => {
    const request = kept({ n: 'A' }, { headers });
    return versioned.schemaVersion(request, versioned.parse(request.body, request.contentType));
  };
  const map = async (rules: typeof versioned, schemaVersion: string) => {
    const input = { ...kept({ n: 'A' }), eventId: 'e', receivedAt: new Date(), schemaVersion };
    return (await rules.map(input)).events[0]?.status;
  };
  const failure = async (rules: typeof versioned, version: string): Promise<unknown> => {
    try {
      return await map(rules, version);
    } catch (error) {
      return error instanceof MappingError && error.code;
    }
  };

  it('should be found in the request', () => {
    expect([versionOf({}), versionOf({ 'x-version': '2' }), versionOf({ 'x-version': '99' })]).toEqual([
      '1',
      '2',
      '99',
    ]);
    expect(versioned.keptHeaders).toEqual(['x-version']);
  });

  it('should each have their own mapping, and unknown ones none', async () => {
    expect([await map(versioned, '1'), await map(versioned, '2')]).toEqual(['in_transit', 'delivered']);
    expect(await failure(versioned, '99')).toBe('UNSUPPORTED_SCHEMA_VERSION');
  });

  it('should be those that the document accepts', async () => {
    const from = { header: 'x-version' };
    const accepting = rulesOf({ mapping: mapping('delivered'), schemaVersion: { from, accept: ['1', '2'] } });
    expect([await map(accepting, '2'), await failure(accepting, '3')]).toEqual([
      'delivered',
      'UNSUPPORTED_SCHEMA_VERSION',
    ]);
    const usual = rulesOf({ mapping: mapping('delivered'), schemaVersion: { from } });
    expect([await map(usual, '1'), await failure(usual, '2')]).toEqual([
      'delivered',
      'UNSUPPORTED_SCHEMA_VERSION',
    ]);
    expect(await map(rulesOf({ mapping: mapping('delivered') }), 'any')).toBe('delivered');
  });
});

describe('priorities', () => {
  const mapping = {
    each: '/items',
    event: { trackingNumber: '/n', status: '/s' },
    status: { DONE: 'delivered', MOVING: 'in_transit', PING: null },
  };
  const priorityOf = (priority: object, body: unknown, over: object = {}): number => {
    const rules = rulesOf({ mapping, priority, ...over });
    const request = kept(body);
    return rules.priority(request, rules.parse(request.body, request.contentType));
  };
  const of = (s: unknown) => ({ items: [{ s }, { s: 'MOVING' }] });

  it('should go by the status of the first item', () => {
    const priority = { delivered: 1, unknown: 9, default: 4 };
    const bodies = [
      of('DONE'),
      of('done '),
      of('MOVING'),
      of('PING'),
      of('???'),
      of(null),
      { items: [] },
      {},
      'no json',
    ];
    expect(bodies.map((body) => priorityOf(priority, body))).toEqual([1, 1, 4, 4, 9, 4, 4, 4, 4]);
  });

  it('should go by another word where the document says so', () => {
    const priority = { delivered: 1, from: ['{body:/hint}', '/s'] };
    expect(priorityOf(priority, { hint: 'DONE', ...of('MOVING') })).toBe(1);
    expect(priorityOf(priority, of('DONE'))).toBe(1);
    expect(priorityOf(priority, of('MOVING'))).toBe(5);
  });

  it('should be 5 otherwise', () => {
    expect(priorityOf({}, of('DONE'))).toBe(5);
    expect(priorityOf({ default: 8 }, of('DONE'))).toBe(8);
    expect(priorityOf({ delivered: 1 }, of('DONE'), { mapping: undefined })).toBe(5);
  });
});
