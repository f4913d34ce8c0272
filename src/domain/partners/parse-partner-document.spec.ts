import fc from 'fast-check';
import { parsePartnerDocument } from './parse-partner-document';
import { PresetLibrary } from './preset-library';

const library = PresetLibrary.load();
const HMAC = { type: 'hmac', from: { header: 'x-signature' } };
const MAPPING = { event: { trackingNumber: '/awb' } };

/** Faults of a document that is otherwise right, by their paths. */
function faultsOf(over: object): Readonly<Record<string, string>> {
  const parsed = parsePartnerDocument({ id: 'acme', signature: HMAC, ...over }, library);
  return parsed.ok ? {} : Object.fromEntries(parsed.faults.map(({ path, message }) => [path, message]));
}

const expectFault = (over: object, path: string, message: RegExp): void => {
  const faults = faultsOf(over);
  expect(Object.keys(faults)).toEqual([path]);
  expect(faults[path]).toMatch(message);
};

describe('parsePartnerDocument', () => {
  it('should take the examples of the reference', () => {
    const secretOf: Readonly<Record<string, string | undefined>> = { 'doordash-drive': 'user:pass' };
    for (const preset of library.names()) {
      const secrets = preset === 'shipengine' ? [] : [{ value: secretOf[preset] ?? 'whsec_YWJj' }];
      expect(parsePartnerDocument({ preset, id: 'mine', secrets }, library)).toMatchObject({ ok: true });
    }
  });

  it('should take everything that a document may have', () => {
    expect(
      faultsOf({
        name: 'Acme',
        notes: '',
        enabled: false,
        signature: [
          {
            ...HMAC,
            name: 'new',
            algorithm: 'sha512',
            encoding: 'base64url',
            from: { header: ['x-a', 'x-b'], split: ',', prefix: ['v1=', ''], suffix: ';' },
            signed: [
              '{id}.{timestamp}.{body}',
              '{method}{url}{body:/a/0}{item:/b}{/c}{header:x|}{query:q}{form:sorted}',
            ],
            timestamp: { from: { query: 't' }, format: 'unix_ms', toleranceSeconds: 900 },
            id: { body: '/id' },
            each: '/events',
            key: {
              encoding: 'base64',
              strip: 'whsec_',
              otherwise: 'utf8',
              normalize: 'NFC',
              id: { header: 'x-key' },
            },
          },
          { type: 'token', from: { item: '/token' } },
        ],
        secrets: [
          { value: 'env:ACME', id: 'a', keyId: 'k', use: 'new', activeFrom: '2026-01-01T00:00:00Z' },
          { value: 'x', use: 'token1' },
        ],
        allowIps: ['203.0.113.0/24', '2001:db8::/32', '198.51.100.7'],
        publicUrl: 'https://hooks.example:8443/in',
        body: { format: 'json', unwrap: ['/payload'], contentTypes: ['text/plain'] },
        dedupe: { fields: ['/a', '{header:x}'], onConflict: 'drop' },
        replay: { policy: 'reject', windowSeconds: 1800 },
        mappings: {
          1: {
            each: '',
            where: { '/kind': ['a', 1, true], '{header:x-topic}': '*' },
            event: { trackingNumber: ['/a', '{/b}-{/c|}', { const: 5 }], attributes: '' },
            status: { A: 'delivered', ' a': 'delivered', B: null, C: 'none' },
            time: { zone: 'Asia/Kolkata', formats: ['dd MM yyyy', 'unix'], trustOffset: false },
          },
        },
        schemaVersion: { from: { header: 'x-version' }, default: '1', accept: ['1'] },
        priority: { delivered: 1, default: 7, from: '/hint' },
        ack: { status: 200, body: '', contentType: 'text/plain' },
        handshake: { method: 'GET', echo: 'challenge', status: 200 },
        limits: { perSecond: 0.5, burst: 1, bodyBytes: 4_194_304 },
        queue: { concurrency: 1, timeoutMs: 1000, attempts: 1 },
      }),
    ).toEqual({});
  });

  it('should name all faults at once', () => {
    const faults = faultsOf({
      id: 'Not Valid!',
      signature: { type: 'no-such-type', from: { header: 'x' } },
      colour: 'red',
      allowIps: ['nowhere'],
      mapping: {
        event: { trackingNumber: 'awb', weight: '/kg' },
        status: { A: 'delivered', ' a ': 'in_transit', B: 'lost' },
      },
      ack: { status: 500 },
      limits: { bodyBytes: 4_194_305 },
    });
    expect(Object.keys(faults).sort()).toEqual([
      '/ack/status',
      '/allowIps/0',
      '/colour',
      '/id',
      '/limits/bodyBytes',
      '/mapping/event/trackingNumber',
      '/mapping/event/weight',
      '/mapping/status/ a ',
      '/mapping/status/B',
      '/signature/type',
    ]);
    for (const [path, message] of Object.entries(faults))
      expect(message).toContain(path.split('/').at(-1)?.replace(/^0$/, '[0]'));
  });

  it('should ask for what must be there', () => {
    const parsed = parsePartnerDocument({}, library);
    expect(parsed).toEqual({
      ok: false,
      faults: [
        { path: '/id', message: 'id is required' },
        { path: '/signature', message: 'signature is required' },
      ],
    });
    const strange = { signature: { type: { toString: 1, valueOf: 1 } } };
    for (const input of [null, 'text', [], 5, strange])
      expect(parsePartnerDocument(input, library)).toMatchObject({ ok: false });
  });

  it('should never throw, whatever it is given', () => {
    const names = [
      'id',
      'preset',
      'signature',
      'type',
      'from',
      'header',
      'signed',
      'mapping',
      'event',
      'status',
      'dedupe',
    ];
    const more = [
      'secrets',
      'value',
      'time',
      'zone',
      'priority',
      'body',
      'unwrap',
      'replay',
      'timestamp',
      'key',
      'each',
      'where',
    ];
    const leaf = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom('hmac', '{body}', '/a', '{', 'standard', 'env:'),
    );
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.dictionary(fc.constantFrom(...names, ...more), tie('tree'), { maxKeys: 6 }),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(tree, fc.anything()), (input) => {
        expect(typeof parsePartnerDocument(input, library).ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});

describe('signatures', () => {
  const signature = (over: object) => ({ signature: { ...HMAC, ...over } });

  it('should refuse a type that is not known, with that fault alone', () => {
    expectFault(
      signature({ type: 'seal', padding: 'pss', bodyDigest: {} }),
      '/signature/type',
      /^type must be one of hmac, hash, rsa, ecdsa, ed25519, token, basic, jwt, none$/,
    );
  });

  it.each<[object, string, RegExp]>([
    [{ signed: [] }, '/signature/signed', /must not be empty/],
    [{ signed: 'plain text' }, '/signature/signed', /at least one token of the request/],
    [{ signed: ['{body}', '{nope}'] }, '/signature/signed/1', /must be one of the tokens/],
    [{ signed: '{body' }, '/signature/signed', /must have a partner/],
    [{ signed: '{timestamp}.{body}' }, '/signature/signed', /must not hold \{timestamp\} unless "timestamp"/],
    [{ signed: '{id}' }, '/signature/signed', /must not hold \{id\} unless "id"/],
    [{ signed: '{body}{secret}' }, '/signature/signed', /must not hold \{secret\}/],
    [{ from: {} }, '/signature/from', /exactly one of header, query, body, item/],
    [{ from: { header: 'a', query: 'b' } }, '/signature/from', /exactly one of/],
    [{ from: { header: 'a b' } }, '/signature/from/header', /name of a header/],
    [{ from: { body: 'sig' } }, '/signature/from/body', /JSON Pointer/],
    [{ from: { header: 'a', claim: 'b' } }, '/signature/from/claim', /not known here/],
    [
      { timestamp: { from: { header: 't' }, toleranceSeconds: 0 } },
      '/signature/timestamp/toleranceSeconds',
      /from 1 to 900/,
    ],
    [
      { timestamp: { from: { header: 't' }, toleranceSeconds: 901 } },
      '/signature/timestamp/toleranceSeconds',
      /from 1 to 900/,
    ],
    [
      { timestamp: { from: { header: 't' }, format: 'seconds' } },
      '/signature/timestamp/format',
      /unix_ms or a pattern/,
    ],
    [{ timestamp: {} }, '/signature/timestamp/from', /is required/],
    [{ id: { header: 'a', body: '/b' } }, '/signature/id', /exactly one of/],
    [{ each: 'events' }, '/signature/each', /JSON Pointer/],
    [{ algorithm: 'sha3' }, '/signature/algorithm', /one of sha256/],
    [{ encoding: 'HEX' }, '/signature/encoding', /one of hex, base64, base64url/],
    [{ key: { encoding: 'pem' } }, '/signature/key/encoding', /one of utf8, hex, base64, base64url/],
    [{ key: { otherwise: 'utf8' } }, '/signature/key/otherwise', /needs "strip"/],
    [{ key: { id: { query: [] } } }, '/signature/key/id/query', /must not be empty/],
    [{ tolerance: 5 }, '/signature/tolerance', /not known here; known are name, type, from/],
  ])('should refuse %j', (over, path, message) => {
    expectFault(signature(over), path, message);
  });

  it('should have names that differ', () => {
    expectFault(
      {
        signature: [
          { ...HMAC, name: 'a' },
          { ...HMAC, name: 'a' },
        ],
      },
      '/signature/1/name',
      /must differ/,
    );
    expectFault({ signature: [HMAC, { ...HMAC, name: 'hmac0' }] }, '/signature/1/name', /must differ/);
    expectFault({ signature: Array(9).fill(HMAC) }, '/signature', /at most 8/);
    expectFault({ signature: [] }, '/signature', /must not be empty/);
  });
});

describe('secrets', () => {
  it.each<[object[], string, RegExp]>([
    [[{ value: ' ' }], '/secrets/0/value', /must not be blank/],
    [[{ value: '' }], '/secrets/0/value', /must not be empty/],
    [[{}], '/secrets/0/value', /is required/],
    [[{ value: '-----BEGIN PRIVATE KEY-----' }], '/secrets/0/value', /never a private key/],
    [[{ value: 'env:' }], '/secrets/0/value', /must be env:NAME or file:/],
    [[{ value: 'file:relative' }], '/secrets/0/value', /must be env:NAME or file:/],
    [[{ value: 'x', use: 'other' }], '/secrets/0/use', /must be one of hmac0/],
    [[{ value: 'x', activeFrom: 'now' }], '/secrets/0/activeFrom', /RFC 3339/],
    [
      [{ value: 'x', activeFrom: '2026-01-02T00:00:00Z', retireAt: '2026-01-01T00:00:00Z' }],
      '/secrets/0/retireAt',
      /later/,
    ],
    [
      [
        { value: 'x', id: 'a' },
        { value: 'y', id: 'a' },
      ],
      '/secrets/1/id',
      /must differ/,
    ],
    [Array<object>(11).fill({ value: 'x' }), '/secrets', /at most 10/],
  ])('should refuse %j', (secrets, path, message) => {
    const faults = faultsOf({ secrets });
    expect(Object.keys(faults)).toContain(path);
    expect(faults[path]).toMatch(message);
  });

  it('should be decodable, and be there for each alternative', () => {
    const signature = [
      { ...HMAC, name: 'a', key: { encoding: 'hex' } },
      { ...HMAC, name: 'b' },
    ];
    expectFault({ signature, secrets: [{ value: 'no hex' }] }, '/secrets/0/value', /hexadecimal digits/);
    expectFault(
      { signature, secrets: [{ value: 'no hex', use: 'b' }] },
      '/secrets',
      /one for the signature alternative "a"/,
    );
    expect(
      faultsOf({
        signature,
        secrets: [
          { value: 'abcd', use: 'a' },
          { value: 'no hex', use: 'b' },
        ],
      }),
    ).toEqual({});
    expect(
      faultsOf({ signature, secrets: [{ value: 'env:A_KEY' }, { value: 'file:/run/secrets/key' }] }),
    ).toEqual({});
    expect(JSON.stringify(faultsOf({ signature, secrets: [{ value: 'hush-hush' }] }))).not.toContain('hush');
  });
});

describe('the rest of a document', () => {
  it.each<[object, string, RegExp]>([
    [{ id: 'x' }, '/id', /2 to 40 of a-z, 0-9 and -/],
    [{ publicUrl: 'https://hooks.example/in?x=1' }, '/publicUrl', /without query and fragment/],
    [{ publicUrl: 'hooks.example' }, '/publicUrl', /http\(s\) URL/],
    [{ allowIps: ['203.0.113.0/33'] }, '/allowIps/0', /network such as/],
    [{ allowIps: [] }, '/allowIps', /must not be empty/],
    [{ body: { format: 'xml' } }, '/body/format', /one of auto, json, form, text/],
    [{ body: { unwrap: ['payload'] } }, '/body/unwrap/0', /JSON Pointer/],
    [{ dedupe: {} }, '/dedupe', /exactly one of header, query, body, item, fields, digest/],
    [{ dedupe: { body: '/id', digest: 'body' } }, '/dedupe', /exactly one of/],
    [{ dedupe: { body: 'id' } }, '/dedupe/body', /JSON Pointer/],
    [{ dedupe: { fields: ['id'] } }, '/dedupe/fields/0', /forgotten slash/],
    [{ dedupe: { digest: 'body', onConflict: 'drop' } }, '/dedupe/onConflict', /needs "fields"/],
    [{ dedupe: { fields: ['/id'], split: ',' } }, '/dedupe/split', /needs one of header/],
    [{ replay: { windowSeconds: 0 } }, '/replay/windowSeconds', /from 1 to/],
    [{ ack: { status: 204, body: 'OK' } }, '/ack/status', /not be 204 or 205 beside "body"/],
    [
      { handshake: { echo: 'challenge', status: 205 } },
      '/handshake/status',
      /beside "echo".*leave "echo" out/,
    ],
    [{ mapping: {} }, '/mapping/event', /is required/],
    [{ mapping: { event: {} } }, '/mapping/event/trackingNumber', /is required/],
    [{ mapping: { ...MAPPING, events: 'a.b' } }, '/mapping/events', /must not stand beside "event"/],
    [{ mapping: { events: '$eval(a)' } }, '/mapping/events', /events must not use \$eval: allowed are/],
    [{ mapping: { events: '{' } }, '/mapping/events', /events must be a JSONata expression: /],
    [{ mapping: { events: 'a', each: '/b' } }, '/mapping/each', /must not stand beside "events"/],
    [
      { mapping: { events: '{"trackingNumber": $headers.authorization}' } },
      '/mapping',
      /must not read the header "authorization"/,
    ],
    [{ mapping: { ...MAPPING, each: 'items' } }, '/mapping/each', /JSON Pointer/],
    [{ mapping: { ...MAPPING, where: { kind: 'a' } } }, '/mapping/where/kind', /forgotten slash/],
    [
      { mapping: { event: { trackingNumber: '{timestamp}' } } },
      '/mapping/event/trackingNumber',
      /only have the tokens/,
    ],
    [
      { mapping: { event: { trackingNumber: '{body}' } } },
      '/mapping/event/trackingNumber',
      /only have the tokens/,
    ],
    [
      { mapping: { event: { trackingNumber: ['/a', 'b'] } } },
      '/mapping/event/trackingNumber/1',
      /forgotten slash/,
    ],
    [{ mapping: { event: { trackingNumber: { value: 1 } } } }, '/mapping/event/trackingNumber', /"const"/],
    [{ mapping: { event: { trackingNumber: [] } } }, '/mapping/event/trackingNumber', /1 to 8/],
    [{ mapping: { ...MAPPING, status: { a: 'Delivered' } } }, '/mapping/status/a', /one of info_received/],
    [{ mapping: { ...MAPPING, time: { zone: 'Mars/Olympus' } } }, '/mapping/time/zone', /Asia\/Kolkata/],
    [
      { mapping: { ...MAPPING, time: { formats: ['yyyy-QQ'] } } },
      '/mapping/time/formats/0',
      /"QQ" must be one of/,
    ],
    [
      { mapping: { ...MAPPING, time: { trustOffset: false } } },
      '/mapping/time/trustOffset',
      /without a zone/,
    ],
    [{ mapping: MAPPING, mappings: { 1: MAPPING } }, '/mappings', /must not stand beside "mapping"/],
    [{ mappings: { 2: MAPPING } }, '/schemaVersion/default', /must be one of 2/],
    [
      { mappings: { 1: MAPPING }, schemaVersion: { accept: ['1', '2'] } },
      '/schemaVersion/accept/1',
      /must be one of 1/,
    ],
    [
      { mappings: { 1: { event: { trackingNumber: 'a' } } } },
      '/mappings/1/event/trackingNumber',
      /forgotten slash/,
    ],
    [{ priority: { delivered: 0 } }, '/priority/delivered', /from 1 to 10/],
    [{ priority: { lost: 1 } }, '/priority/lost', /not known here/],
    [{ priority: { from: 'state' } }, '/priority/from', /forgotten slash/],
    [{ ack: { status: 302 } }, '/ack/status', /from 200 to 299/],
    [{ handshake: { method: 'POST' } }, '/handshake/method', /must be "GET"/],
    [{ limits: { perSecond: -1 } }, '/limits/perSecond', /a number from 0/],
    [{ queue: { concurrency: 1.5 } }, '/queue/concurrency', /a whole number/],
    [{ dedupe: { header: 'X-Signature' } }, '/dedupe', /must not read the header "x-signature"/],
    [
      { mapping: { event: { trackingNumber: '{header:Authorization}' } } },
      '/mapping',
      /must not read the header "authorization"/,
    ],
  ])('should refuse %j', (over, path, message) => {
    expectFault(over, path, message);
  });

  it('should remember requests longer than they stay acceptable', () => {
    const signature = { ...HMAC, timestamp: { from: { header: 't' }, toleranceSeconds: 300 } };
    expectFault({ signature, replay: { windowSeconds: 599 } }, '/replay/windowSeconds', /at least 600/);
    expect(faultsOf({ signature, replay: { windowSeconds: 600 } })).toEqual({});
  });
});

describe('presets', () => {
  const resolved = (over: object) => {
    const parsed = parsePartnerDocument({ id: 'mine', preset: 'easypost', ...over }, library);
    return parsed.ok ? parsed.document : parsed.faults;
  };

  it('should be laid beneath the document, which is given complete', () => {
    const preset = library.get('easypost');
    expect(resolved({})).toEqual({ ...preset, id: 'mine' });
    const patched = resolved({
      notes: 'n',
      mapping: { status: { failure: 'exception', error: null } },
      dedupe: null,
    });
    expect(patched).toMatchObject({
      id: 'mine',
      notes: 'n',
      mapping: { each: '/result/tracking_details', status: { failure: 'exception' } },
    });
    expect(patched).not.toHaveProperty('dedupe');
    expect(patched).not.toHaveProperty('mapping.status.error');
    expect(library.get('easypost')).toHaveProperty('mapping.status.error', 'exception');
  });

  it('should be known, and right after the change', () => {
    expectFault({ preset: 'nobody' }, '/preset', /must be one of 17track, aftership, delhivery, .*standard/);
    expectFault({ preset: 5 }, '/preset', /must be one of/);
    expect(resolved({ mapping: { each: 'items' } })).toMatchObject([{ path: '/mapping/each' }]);
    expect(resolved({ signature: { from: { query: 'a' } } })).toMatchObject([{ path: '/signature/from' }]);
  });
});
