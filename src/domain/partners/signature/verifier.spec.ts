import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { type Verdict } from '../compiled-partner';
import { aPartner, aRequest, aSecret, NOW, type RequestParts } from '../testing/builders';

const KEY = 'the secret of both of us';
const mac = (text: string | Buffer, key = KEY, encoding: 'hex' | 'base64' | 'base64url' = 'hex'): string =>
  createHmac('sha256', key).update(text).digest(encoding);

const SECONDS = String(NOW.getTime() / 1000);
const TIMED = {
  type: 'hmac',
  from: { header: 'x-signature' },
  signed: '{timestamp}.{body}',
  timestamp: { from: { header: 'x-time' } },
};

const verify = (signature: object, request: RequestParts, secrets = [aSecret(KEY)], now = NOW): Verdict =>
  aPartner({ signature }, secrets).verify(aRequest(request), now);

const outcome = (verdict: Verdict): string => (verdict.valid ? 'valid' : verdict.reason);
const tried = (signature: object, request: RequestParts): string => outcome(verify(signature, request));

describe('hmac', () => {
  const plain = { type: 'hmac', from: { header: 'x-signature' } };

  it('should verify any bytes and tell which alternative and secret matched', () => {
    const body = Buffer.from([0xff, 0x00, 0xfe]);
    const verdict = verify(plain, { headers: { 'X-Signature': mac(body) }, body });
    expect(verdict).toMatchObject({
      valid: true,
      alternative: 'hmac0',
      covers: 'body',
      secretId: 'secret-1',
    });
  });

  it.each([
    ['hex', mac('x'), 'valid'],
    ['hex', mac('x').toUpperCase(), 'valid'],
    ['hex', `${mac('x')}0`, 'mismatch'],
    ['hex', mac('x').slice(0, -1), 'mismatch'],
    ['hex', `${mac('x').slice(0, -1)}é`, 'mismatch'],
    ['hex', 'é'.repeat(32), 'mismatch'],
    ['base64', mac('x', KEY, 'base64'), 'valid'],
    ['base64', mac('x', KEY, 'base64').replace(/=$/, ''), 'mismatch'],
    ['base64', mac('x', KEY, 'base64url'), 'mismatch'],
    ['base64url', mac('x', KEY, 'base64url'), 'valid'],
    ['base64url', `${mac('x', KEY, 'base64url')}=`, 'valid'],
    ['base64url', `${mac('x', KEY, 'base64url')}==`, 'mismatch'],
  ])('should compare the text of a digest in %s: %s is %s', (encoding, signature, expected) => {
    const request = { headers: { 'x-signature': signature }, body: 'x' };
    expect(tried({ ...plain, encoding }, request)).toBe(expected);
  });

  it.each(['sha1', 'sha256', 'sha384', 'sha512', 'md5'])('should know %s', (algorithm) => {
    const signature = createHmac(algorithm, KEY).update('x').digest('hex');
    expect(tried({ ...plain, algorithm }, { headers: { 'x-signature': signature }, body: 'x' })).toBe(
      'valid',
    );
    expect(tried({ ...plain, algorithm }, { headers: { 'x-signature': signature }, body: 'y' })).toBe(
      'mismatch',
    );
  });

  it('should refuse a doubled header, but join one that is a list', () => {
    const doubled = { headers: { 'x-signature': [mac('x'), mac('x')] }, body: 'x' };
    expect(tried(plain, doubled)).toBe('ambiguous_header');
    const list = { ...plain, from: { header: 'x-signature', split: ',' } };
    expect(tried(list, { headers: { 'x-signature': ['other', mac('x')] }, body: 'x' })).toBe('valid');
    const mixed = { headers: { 'x-signature': mac('x'), 'X-SIGNATURE': mac('x') }, body: 'x' };
    expect(tried(plain, mixed)).toBe('ambiguous_header');
  });

  it('should take 32 signatures and no more', () => {
    const list = { ...plain, from: { header: 'x-signature', split: ',' } };
    const many = (count: number): string => [...Array<string>(count - 1).fill('no'), mac('x')].join(',');
    expect(tried(list, { headers: { 'x-signature': many(32) }, body: 'x' })).toBe('valid');
    expect(tried(list, { headers: { 'x-signature': many(33) }, body: 'x' })).toBe('too_many_values');
  });

  it('should take the first place that has something', () => {
    const signature = { ...plain, from: { header: ['x-new', 'x-old'] } };
    expect(tried(signature, { headers: { 'x-old': mac('x') }, body: 'x' })).toBe('valid');
    expect(tried(signature, { headers: { 'x-new': '', 'x-old': mac('x') }, body: 'x' })).toBe('valid');
    expect(tried(signature, { headers: { 'x-new': 'no', 'x-old': mac('x') }, body: 'x' })).toBe('mismatch');
  });

  it('should accept any of several signed strings', () => {
    const signature = { ...plain, signed: ['{body}', 'v2:{body}'] };
    for (const text of ['x', 'v2:x']) {
      expect(tried(signature, { headers: { 'x-signature': mac(text) }, body: 'x' })).toBe('valid');
    }
  });

  it('should read signatures out of the URL and the body', () => {
    const inQuery = { type: 'hmac', from: { query: 'sig' } };
    expect(tried(inQuery, { target: `/hook?a=1&sig=${mac('x')}`, body: 'x' })).toBe('valid');
    expect(tried(inQuery, { target: `/hook?sig=${mac('x')}&sig=1`, body: 'x' })).toBe('ambiguous_value');
    const inBody = { type: 'hmac', from: { body: '/sig' }, signed: '{body:/data}' };
    expect(tried(inBody, { body: `{"data":"x","sig":"${mac('x')}"}` })).toBe('valid');
    expect(tried(inBody, { body: `{"data":"x","sig":["${mac('x')}"]}` })).toBe('missing_signature');
  });
});

describe('signed strings', () => {
  const signed = (template: string, text: string, request: RequestParts): string =>
    tried(
      {
        type: 'hmac',
        from: { header: 'x-signature' },
        signed: template,
        id: { header: 'x-id' },
        timestamp: TIMED.timestamp,
      },
      {
        ...request,
        headers: { 'x-id': 'msg_1', 'x-time': SECONDS, ...request.headers, 'x-signature': mac(text) },
      },
    );

  it.each([
    ['{id}.{timestamp}.{body}', `msg_1.${SECONDS}.{}`],
    ['{{{method}}}', '{POST}'],
    ['{header:X-Other|none}', 'none'],
    ['{header:x-id}{query:a}', 'msg_1b c'],
    ['{path}', '/hook'],
    ['{query}', 'a=b%20c'],
    ['{target}', '/hook?a=b%20c'],
    ['{url}', 'http://gateway.example/hook?a=b%20c'],
    ['{scheme}|{host}|{hostname}|{port}', 'http|gateway.example|gateway.example|80'],
  ])('should fill in %s', (template, text) => {
    expect(signed(template, text, { target: '/hook?a=b%20c', body: '{}' })).toBe('valid');
  });

  it('should take the URL as the sender used it', () => {
    const url = 'https://User@Hooks.Example:8443/a/../b?x=%2f';
    const parts = '{scheme}|{host}|{hostname}|{port}|{path}|{query}|{target}|{url}';
    const text = `https|User@Hooks.Example:8443|User@Hooks.Example|8443|/a/../b|x=%2f|/a/../b?x=%2f|${url}`;
    expect(signed(parts, text, { url })).toBe('valid');
  });

  it('should give strings by their characters and all else by its source text', () => {
    const body = '{ "s": "a\\u00e9\\n", "n": 1.0, "o": { "k" : [1, 2] }, "z": null, "e": {}, "l": [ ] }';
    expect(signed('{body:/s}|{body:/n}', 'aé\n|1.0', { body })).toBe('valid');
    expect(signed('{/o}|{/o/k/1}|{body:/z}', '{ "k" : [1, 2] }|2|null', { body })).toBe('valid');
    expect(signed('{item:/e}{/l}', '{}[ ]', { body })).toBe('valid');
    expect(signed('{/o/k/-1|none}', 'none', { body })).toBe('valid');
    expect(signed('{/missing}', '', { body })).toBe('mismatch');
  });

  it('should refuse a member that appears twice on the way, and only there', () => {
    const body = '{"a":{"x":1,"x":2},"b":{"y":1},"b\\u0031":0}';
    expect(signed('{/a/x}', '1', { body })).toBe('body_duplicate_member');
    expect(signed('{/b/y}', '1', { body })).toBe('valid');
  });

  it.each(['not json', '[1', '\u00ef\u00bb\u00bf{}', '['.repeat(70) + ']'.repeat(70)])(
    'should refuse a body that has no values in it: %s',
    (body) => {
      expect(signed('{/a|x}', 'x', { body })).toBe('body_not_json');
    },
  );

  it('should sort a form', () => {
    const contentType = 'application/x-www-form-urlencoded';
    const body = 'b=2&a=3&a=1&a=1&c=%C3%A9+x&B=0';
    expect(
      signed('{url}{form:sorted}', 'http://gateway.example/B0a1a3b2cé x', { body, contentType, target: '/' }),
    ).toBe('valid');
    expect(signed('{form:sorted}', '', { body: 'a=1&'.repeat(1001), contentType })).toBe('too_many_values');
    expect(signed('{body:/b}', '2', { body, contentType })).toBe('valid');
    expect(signed('{body:/a}', '3', { body, contentType })).toBe('body_duplicate_member');
  });

  it('should take headers beyond ASCII as the UTF-8 that was sent', () => {
    const asNodeGivesIt = Buffer.from('é').toString('latin1');
    expect(signed('{header:x-name}', 'é', { headers: { 'x-name': asNodeGivesIt } })).toBe('valid');
  });

  it('should use the registered URL where a proxy hides it', () => {
    const signature = { type: 'hmac', from: { header: 'x-signature' }, signed: '{url}{body}' };
    const partner = aPartner({ signature, publicUrl: 'https://hooks.example/in' }, [KEY]);
    const headers = { 'x-signature': mac('https://hooks.example/in?a=1x') };
    expect(
      outcome(partner.verify(aRequest({ target: '/v1/webhooks/acme?a=1', headers, body: 'x' }), NOW)),
    ).toBe('valid');
  });
});

describe('the time of signing', () => {
  const at = (seconds: number, now = NOW): string => {
    const time = String(NOW.getTime() / 1000 + seconds);
    const headers = { 'x-time': time, 'x-signature': mac(`${time}.x`) };
    return outcome(verify(TIMED, { headers, body: 'x' }, [aSecret(KEY)], now));
  };

  it('should hold both ways, limit included', () => {
    expect([-60, 0, 60].map((seconds) => at(seconds))).toEqual(['valid', 'valid', 'valid']);
    expect([-61, 61].map((seconds) => at(seconds))).toEqual(['stale', 'stale']);
    expect(at(-60, new Date(NOW.getTime() + 1))).toBe('stale');
  });

  it('should have a code of its own', () => {
    const headers = { 'x-time': '1', 'x-signature': mac('1.x') };
    const verdict = verify(TIMED, { headers, body: 'x' });
    expect(verdict).toEqual({ valid: false, code: 'STALE_TIMESTAMP', reason: 'stale' });
  });

  it('should be looked at only when the signature is right', () => {
    expect(tried(TIMED, { headers: { 'x-time': '1', 'x-signature': mac('2.x') }, body: 'x' })).toBe(
      'mismatch',
    );
    const soon = { headers: { 'x-time': 'soon', 'x-signature': mac('soon.x') }, body: 'x' };
    expect(tried(TIMED, soon)).toBe('malformed_timestamp');
  });

  it('should not be looked at where there is no timestamp block', () => {
    const plain = { type: 'hmac', from: { header: 'x-signature' } };
    expect(tried(plain, { headers: { 'x-signature': mac('x') }, body: 'x' })).toBe('valid');
  });

  it('should be one', () => {
    const signature = { ...TIMED, timestamp: { from: { header: 'x-time', split: ',' } } };
    const headers = { 'x-time': `${SECONDS},${SECONDS}`, 'x-signature': mac('x') };
    expect(tried(signature, { headers, body: 'x' })).toBe('ambiguous_value');
  });
});

describe('what is missing', () => {
  const full = { ...TIMED, signed: '{id}.{timestamp}.{body}', id: { header: 'x-id' } };

  it.each([
    [{}, 'missing_signature'],
    [{ 'x-signature': 'a' }, 'missing_id'],
    [{ 'x-signature': 'a', 'x-id': 'i' }, 'missing_timestamp'],
    [{ 'x-signature': 'a', 'x-id': 'i', 'x-time': SECONDS }, 'mismatch'],
    [{ 'x-signature': 'a', 'x-id': ['i', 'j'], 'x-time': SECONDS }, 'ambiguous_header'],
  ])('with %j should be %s', (headers, reason) => {
    expect(verify(full, { headers, body: 'x' })).toEqual({ valid: false, code: 'INVALID_SIGNATURE', reason });
  });
});

describe('alternatives', () => {
  const two = [
    { ...TIMED, name: 'new' },
    { name: 'old', type: 'hmac', from: { header: 'x-old' } },
  ];

  it('should be tried in order, and one is enough', () => {
    const old = { headers: { 'x-old': mac('x') }, body: 'x' };
    expect(verify(two, old)).toMatchObject({ valid: true, alternative: 'old' });
    const both = {
      headers: { ...old.headers, 'x-time': SECONDS, 'x-signature': mac(`${SECONDS}.x`) },
      body: 'x',
    };
    expect(verify(two, both)).toMatchObject({ valid: true, alternative: 'new' });
    expect(verify([...two].reverse(), both)).toMatchObject({ alternative: 'old' });
  });

  it('should say why the one that got furthest failed', () => {
    const stale = { headers: { 'x-time': '1', 'x-signature': mac('1.x'), 'x-old': 'no' }, body: 'x' };
    expect(tried(two, stale)).toBe('stale');
    expect(tried([...two].reverse(), stale)).toBe('stale');
    expect(tried(two, { headers: { 'x-old': 'no' }, body: 'x' })).toBe('mismatch');
    expect(tried(two, { headers: { 'x-signature': 'no' }, body: 'x' })).toBe('missing_timestamp');
    expect(tried(two, {})).toBe('missing_signature');
  });
});

describe('secrets', () => {
  const plain = { type: 'hmac', from: { header: 'x-signature' } };
  const by = (key: string) => ({ headers: { 'x-signature': mac('x', key) }, body: 'x' });
  const later = new Date(NOW.getTime() + 1);

  it('should all be tried while they live', () => {
    const secrets = [
      aSecret('one', { id: '1', retireAt: later }),
      aSecret('two', { id: '2', activeFrom: NOW }),
      aSecret('gone', { id: '3', retireAt: NOW }),
      aSecret('soon', { id: '4', activeFrom: later }),
    ];
    const result = ['one', 'two', 'gone', 'soon'].map((key) => verify(plain, by(key), secrets));
    expect(result.map(outcome)).toEqual(['valid', 'valid', 'mismatch', 'mismatch']);
    expect(result[1]).toMatchObject({ secretId: '2' });
    expect(outcome(verify(plain, by('one'), secrets, later))).toBe('mismatch');
    expect(outcome(verify(plain, by('soon'), secrets, later))).toBe('valid');
  });

  it('should be there', () => {
    expect(outcome(verify(plain, by('one'), []))).toBe('no_live_secret');
    expect(outcome(verify(plain, by('one'), [aSecret('one', { retireAt: NOW })]))).toBe('no_live_secret');
    const undecodable = { ...plain, key: { encoding: 'hex' } };
    expect(outcome(verify(undecodable, by('one'), [aSecret('no hex')]))).toBe('no_live_secret');
  });

  it('should serve the alternative that they are for', () => {
    const two = [
      { ...plain, name: 'a' },
      { ...plain, name: 'b', from: { header: 'x-b' } },
    ];
    const secrets = [aSecret('one', { use: 'a' }), aSecret('two', { use: 'b' })];
    expect(outcome(verify(two, by('one'), secrets))).toBe('valid');
    expect(outcome(verify(two, by('two'), secrets))).toBe('mismatch');
    expect(outcome(verify(two, { headers: { 'x-b': mac('x', 'two') }, body: 'x' }, secrets))).toBe('valid');
  });

  it('should be found by the id that the request names', () => {
    const named = { ...plain, key: { id: { header: 'x-key' } } };
    const secrets = [aSecret('one', { keyId: 'k1' }), aSecret('two', { keyId: 'k2' }), aSecret('three')];
    const send = (key: string, id?: string) =>
      outcome(
        verify(
          named,
          { headers: { 'x-signature': mac('x', key), ...(id && { 'x-key': id }) }, body: 'x' },
          secrets,
        ),
      );
    expect([send('one', 'k1'), send('two', 'k2')]).toEqual(['valid', 'valid']);
    expect([send('one', 'k2'), send('three', 'k1')]).toEqual(['mismatch', 'mismatch']);
    expect([send('one', 'k3'), send('three')]).toEqual(['no_live_secret', 'no_live_secret']);
  });
});

describe('each item with a signature of its own', () => {
  const signature = {
    type: 'hmac',
    each: '/events',
    from: { item: '/sig' },
    signed: '{item:/at}|{/data}|{body:/shop}',
    timestamp: { from: { item: '/at' } },
  };
  const item = (data: string, at = SECONDS) => ({ data, at, sig: mac(`${at}|${data}|s1`) });
  const send = (events: unknown): string =>
    tried(signature, { body: JSON.stringify({ shop: 's1', events }) });

  it('should have every item verified', () => {
    expect(send([item('a'), item('b')])).toBe('valid');
    expect(send([item('a'), { ...item('b'), data: 'c' }])).toBe('mismatch');
    expect(send([item('a'), { data: 'b', at: SECONDS }])).toBe('missing_signature');
    expect(send([item('a'), item('b', '1')])).toBe('stale');
  });

  it('should refuse a body without items, or with too many', () => {
    expect([send([]), send({}), send(undefined)]).toEqual(['no_items', 'no_items', 'no_items']);
    expect(send(Array(201).fill(item('a')))).toBe('too_many_values');
    expect(tried(signature, { body: 'no json' })).toBe('body_not_json');
    expect(tried(signature, { body: '{"events":1,"events":[]}' })).toBe('body_duplicate_member');
  });

  it('should cover a part and remember all of it', () => {
    const nonces = [[item('a')], [item('b')], [item('a'), item('b')]].map((events) => {
      const verdict = verify(signature, { body: JSON.stringify({ shop: 's1', events }) });
      expect(verdict).toMatchObject({ valid: true, covers: 'part' });
      return verdict.valid && verdict.nonce;
    });
    expect(new Set(nonces).size).toBe(3);
  });
});

describe('tokens', () => {
  const bearer = { type: 'token', from: { header: 'authorization', prefix: 'Bearer ' } };

  it('should be the secret itself, and cover nothing', () => {
    const right = { headers: { authorization: `Bearer ${KEY}` }, body: 'x' };
    expect(verify(bearer, right)).toMatchObject({ valid: true, alternative: 'token0', covers: 'none' });
    const others = [`Bearer ${KEY}x`, 'Bearer x', `bearer ${KEY}`, KEY, 'Bearer '];
    const tries = others.map((authorization) => tried(bearer, { headers: { authorization } }));
    expect(tries).toEqual([
      'mismatch',
      'mismatch',
      'missing_signature',
      'missing_signature',
      'missing_signature',
    ]);
  });

  it('should be taken from the URL or the body, too', () => {
    const inQuery = { type: 'token', from: { query: 'token' } };
    expect(tried(inQuery, { target: `/hook?token=${encodeURIComponent(KEY)}` })).toBe('valid');
    const inBody = { type: 'token', from: { body: '/auth/token' } };
    expect(tried(inBody, { body: JSON.stringify({ auth: { token: KEY } }) })).toBe('valid');
  });

  it('should be told apart by the body', () => {
    const nonceOf = (body: string) => {
      const verdict = verify(bearer, { headers: { authorization: `Bearer ${KEY}` }, body });
      return verdict.valid && verdict.nonce;
    };
    expect(nonceOf('x')).toBe(nonceOf('x'));
    expect(nonceOf('x')).not.toBe(nonceOf('y'));
  });
});

describe('what is remembered of a request', () => {
  const withId = { ...TIMED, signed: '{id}.{body}', id: { header: 'x-id' } };
  const nonceOf = (verdict: Verdict) => (verdict.valid ? verdict.nonce : verdict.reason);

  it('should be the message id where that is signed', () => {
    const send = (id: string) =>
      nonceOf(
        verify(withId, {
          headers: { 'x-id': id, 'x-time': SECONDS, 'x-signature': mac(`${id}.x`) },
          body: 'x',
        }),
      );
    expect(send('msg_1')).toBe('id:msg_1');
    expect(send('m'.repeat(4000))).toMatch(/^id-sha256:[0-9a-f]{64}$/);
  });

  it('should be what was signed otherwise, not the text of the signature', () => {
    const plain = { type: 'hmac', from: { header: 'x-signature' } };
    const send = (signature: string) =>
      nonceOf(verify(plain, { headers: { 'x-signature': signature }, body: 'x' }));
    expect(send(mac('x'))).toBe(`sha256:${createHash('sha256').update('x').digest('hex')}`);
    expect(send(mac('x').toUpperCase())).toBe(send(mac('x')));
  });
});

describe('a signed request', () => {
  const signature = { ...TIMED, signed: '{id}.{timestamp}.{body}', id: { header: 'x-id' } };
  const partner = aPartner({ signature }, [KEY]);
  const verdictOf = (body: Buffer, headers: Record<string, string>) =>
    partner.verify(aRequest({ headers, body }), NOW).valid;

  it('should not verify after any change of what is signed', () => {
    const bodies = fc.uint8Array({ minLength: 1, maxLength: 64 });
    const place = fc.nat();
    const bit = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(
        bodies,
        place,
        bit,
        fc.constantFrom('body', 'x-id', 'x-time', 'x-signature'),
        (bytes, at, flip, what) => {
          const body = Buffer.from(bytes);
          const headers: Record<string, string> = { 'x-id': 'msg_1', 'x-time': SECONDS };
          headers['x-signature'] = mac(Buffer.concat([Buffer.from(`msg_1.${SECONDS}.`), body]));
          expect(verdictOf(body, headers)).toBe(true);
          const changed = Buffer.from(what === 'body' ? body : (headers[what] ?? ''));
          const index = at % changed.length;
          changed[index] = (changed[index] ?? 0) ^ (1 << flip);
          const isSameDigest =
            what === 'x-signature' && changed.toString('latin1').toLowerCase() === headers[what];
          fc.pre(!isSameDigest);
          const sent = what === 'body' ? headers : { ...headers, [what]: changed.toString('latin1') };
          expect(verdictOf(what === 'body' ? changed : body, sent)).toBe(false);
        },
      ),
    );
  });

  it('should never make the check throw, whatever it is', () => {
    const text = fc.string({ unit: 'binary-ascii', maxLength: 40 });
    const awkward = [
      signature,
      { type: 'hmac', from: { body: '/s' }, signed: '{body:/a/0}{url}{port}{form:sorted}', each: '/a' },
      { type: 'token', from: { query: ['a', 'b'], split: '&', prefix: ['', 'x'] } },
    ].map((one) => aPartner({ signature: one }, [KEY]));
    fc.assert(
      fc.property(text, text, fc.oneof(text, fc.json()), fc.webUrl(), (name, value, body, url) => {
        for (const one of awkward) {
          const request = aRequest({
            headers: { [name]: value, 'x-signature': value, 'x-id': name },
            body,
            url,
            target: value,
          });
          expect(typeof one.verify(request, NOW).valid).toBe('boolean');
        }
      }),
    );
  });
});
