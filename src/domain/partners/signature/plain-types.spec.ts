import { createHash, createHmac } from 'node:crypto';
import { type Verdict } from '../compiled-partner';
import { aPartner, aRequest, aSecret, NOW, type RequestParts } from '../testing/builders';
import { ed25519Pair, pemOf } from '../testing/key-pairs';

const KEY = 'the secret of both of us';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const mac = (text: string): string => createHmac('sha256', KEY).update(text).digest('hex');

const verify = (signature: object, request: RequestParts, secrets = [aSecret(KEY)], over = {}): Verdict =>
  aPartner({ signature, ...over }, secrets).verify(aRequest(request), NOW);

const tried = (...given: Parameters<typeof verify>): string => {
  const verdict = verify(...given);
  return verdict.valid ? 'valid' : verdict.reason;
};

describe('hash', () => {
  const hash = { type: 'hash', from: { header: 'sign' }, signed: '{body}/{secret}' };

  it('should be the digest of a text in which the secret stands', () => {
    const right = { headers: { sign: sha256(`x/${KEY}`) }, body: 'x' };
    expect(verify(hash, right)).toMatchObject({ valid: true, covers: 'body', secretId: 'secret-1' });
    expect(tried(hash, { ...right, body: 'y' })).toBe('mismatch');
    expect(tried(hash, { headers: { sign: sha256('x/') }, body: 'x' })).toBe('mismatch');
    expect(tried(hash, { headers: { sign: sha256('x/{secret}') }, body: 'x' })).toBe('mismatch');
  });

  it('should take the bytes of the secret, and md5 where the sender has nothing better', () => {
    const signature = { ...hash, algorithm: 'md5', key: { encoding: 'hex' } };
    const digest = createHash('md5').update('x/').update(Buffer.from('ff00', 'hex')).digest('hex');
    expect(tried(signature, { headers: { sign: digest }, body: 'x' }, [aSecret('ff00')])).toBe('valid');
  });

  it('should be remembered without the secret', () => {
    const verdict = verify(hash, { headers: { sign: sha256(`x/${KEY}`) }, body: 'x' });
    expect(verdict.valid && verdict.nonce).toBe(`sha256:${sha256('x/{secret}')}`);
  });
});

describe('basic', () => {
  const basic = { type: 'basic' };
  const pair = [aSecret('courier:pä:ss')];
  const encoded = Buffer.from('courier:pä:ss').toString('base64');
  const send = (authorization: string): string => tried(basic, { headers: { authorization } }, pair);

  it('should be the user and the password of HTTP', () => {
    expect([send(`Basic ${encoded}`), send(`basic ${encoded}`)]).toEqual(['valid', 'valid']);
    expect(verify(basic, { headers: { authorization: `Basic ${encoded}` } }, pair)).toMatchObject({
      covers: 'none',
    });
    const others = ['courier:pä:s', 'courier:', ':pä:ss', 'Courier:pä:ss'].map(
      (text) => `Basic ${Buffer.from(text).toString('base64')}`,
    );
    const variants = [
      `Basic ${encoded}=`,
      `Basic ${encoded.replace(/=+$/, '')}`,
      `Basic  ${encoded}`,
      `Basic ${encoded} `,
      `Basic ${encoded.slice(0, -4)}`,
    ];
    for (const text of [...others, ...variants.filter((one) => one !== `Basic ${encoded}`)])
      expect(send(text)).toBe('mismatch');
    expect([send(encoded), send(`Bearer ${encoded}`), send('Basic ')]).toEqual(
      Array(3).fill('missing_signature'),
    );
  });

  it('should be read from another place where the document says so', () => {
    const proxied = { ...basic, from: { header: 'x-authorization', prefix: 'Basic ' } };
    expect(tried(proxied, { headers: { 'x-authorization': `Basic ${encoded}` } }, pair)).toBe('valid');
  });
});

describe('none', () => {
  it('should believe whoever has an address of the list', () => {
    const over = { allowIps: ['203.0.113.0/24'] };
    const verdict = verify({ type: 'none' }, { body: 'x' }, [], over);
    expect(verdict).toMatchObject({ valid: true, alternative: 'none0', covers: 'none', secretId: null });
    expect(verdict.valid && verdict.nonce).toBe(`sha256:${sha256('x')}`);
    expect(aPartner({ signature: { type: 'none' }, ...over }, []).allowsAddress('203.0.114.1')).toBe(false);
  });
});

describe('a digest of the body beside the signature', () => {
  const signature = {
    type: 'hmac',
    from: { header: 'x-signature' },
    signed: '{timestamp}.{header:digest}',
    timestamp: { from: { header: 'x-time' } },
    bodyDigest: { from: { header: 'Digest', split: ',', prefix: 'SHA-256=' }, encoding: 'base64' },
  };
  const digestOf = (body: string): string => `SHA-256=${createHash('sha256').update(body).digest('base64')}`;
  const seconds = String(NOW.getTime() / 1000);
  const send = (body: string, digest: string | undefined, time = seconds): string =>
    tried(signature, {
      headers: {
        'x-time': time,
        'x-signature': mac(`${time}.${digest ?? ''}`),
        ...(digest !== undefined && { digest }),
      },
      body,
    });

  it('should make the signature cover the body', () => {
    const headers = {
      'x-time': seconds,
      digest: digestOf('x'),
      'x-signature': mac(`${seconds}.${digestOf('x')}`),
    };
    expect(verify(signature, { headers, body: 'x' })).toMatchObject({ valid: true, covers: 'body' });
    expect(send('y', digestOf('x'))).toBe('body_digest_mismatch');
    expect(send('x', 'SHA-512=abc')).toBe('body_digest_mismatch');
    expect(send('x', `${digestOf('x')},${digestOf('y')}`)).toBe('ambiguous_value');
    expect(send('x', undefined)).toBe('mismatch');
  });

  it('should be asked after the signature and before the time', () => {
    expect(send('y', digestOf('x'), '1')).toBe('body_digest_mismatch');
    expect(send('x', digestOf('x'), '1')).toBe('stale');
    const headers = { 'x-time': seconds, digest: digestOf('x'), 'x-signature': 'no' };
    expect(tried(signature, { headers, body: 'y' })).toBe('mismatch');
  });

  it('may stand in a parameter of a signed address', () => {
    const inUrl = {
      type: 'hmac',
      from: { header: 'x-signature' },
      signed: '{target}',
      bodyDigest: { from: { query: 'bodySHA256' } },
    };
    const target = `/hook?bodySHA256=${sha256('x')}`;
    const headers = { 'x-signature': mac(target) };
    expect(tried(inUrl, { target, headers, body: 'x' })).toBe('valid');
    expect(tried(inUrl, { target, headers, body: 'y' })).toBe('body_digest_mismatch');
  });
});

describe('shared secrets beside key pairs', () => {
  it('should serve only the alternative that they name', () => {
    const pem = pemOf(ed25519Pair().publicKey);
    const signature = [
      { name: 'pair', type: 'ed25519', from: { header: 'x-pair' } },
      { name: 'shared', type: 'hmac', from: { header: 'x-signature' } },
    ];
    const forged = createHmac('sha256', pem).update('x').digest('hex');
    const request = { headers: { 'x-signature': forged }, body: 'x' };
    expect(tried(signature, request, [aSecret(pem)])).toBe('no_live_secret');
    expect(tried(signature, request, [aSecret(pem, { use: 'pair' })])).not.toBe('valid');
    expect(
      tried(signature, { ...request, headers: { 'x-signature': mac('x') } }, [
        aSecret(KEY, { use: 'shared' }),
      ]),
    ).toBe('valid');
  });
});
