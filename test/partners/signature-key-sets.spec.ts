import { sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { sign as signToken } from 'jsonwebtoken';
import { OutboundClient } from '#platform/outbound/outbound-client';
import { compilePartner } from '#domain/partners/compile-partner';
import { type CompiledPartner, type WebhookRequest } from '#domain/partners/compiled-partner';
import { aDocument, aRequest, aSecret, NOW } from '#domain/partners/testing/builders';
import { ecPair, jwkOf, rsaPair } from '#domain/partners/testing/key-pairs';
import { KeySets } from '#domain/partners/signature/key-sets';
import { KeySetUnavailableError } from '#domain/partners/signature/key-set-unavailable';

Logger.overrideLogger(false);

const MINUTE = 60_000;
const PLACE = 'https://keys.example';
const RSA = {
  type: 'rsa',
  from: { header: 'x-signature' },
  key: { encoding: 'jwk', jwks: `${PLACE}/jwks`, id: { header: 'x-key' } },
};

const jwk = (kid: string, key = rsaPair().publicKey): object => ({
  ...(JSON.parse(jwkOf(key)) as object),
  kid,
});
const signed = (kid: string | undefined, body = 'x', key = rsaPair().privateKey): WebhookRequest =>
  aRequest({
    headers: {
      'x-signature': sign('sha256', Buffer.from(body), key).toString('base64'),
      ...(kid !== undefined && { 'x-key': kid }),
    },
    body,
  });

/** A sender that publishes its keys, and the clock by which they grow old. */
class Publisher {
  calls = 0;
  status = 200;
  text = '';
  now = 0;
  private readonly server: Server;
  private readonly client = new OutboundClient({ allowPrivateAddresses: true });

  constructor() {
    this.server = createServer((_, response) => {
      this.calls += 1;
      response.writeHead(this.status).end(this.text);
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  publish(...keys: readonly object[]): void {
    this.status = 200;
    this.text = JSON.stringify({ keys });
  }

  /** Partners name an https address; the test's own server stands there. */
  keySets(): KeySets {
    const { port } = this.server.address() as AddressInfo;
    const read = (url: string) => this.client.getText(url.replace(PLACE, `http://127.0.0.1:${port}`));
    return new KeySets(read, () => this.now);
  }

  async stop(): Promise<void> {
    await this.client.close();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('keys that the sender publishes', () => {
  let publisher: Publisher;
  let keySets: KeySets;

  beforeEach(async () => {
    publisher = await new Publisher().start();
    keySets = publisher.keySets();
    publisher.publish(jwk('k1'));
  });
  afterEach(() => publisher.stop());

  const partnerOf = (
    signature: object,
    secrets: readonly ReturnType<typeof aSecret>[] = [],
  ): CompiledPartner =>
    compilePartner(aDocument({ signature }), {
      defaultToleranceSeconds: 60,
      defaultBodyBytes: 1000,
      revision: 1,
      secrets,
      keySets,
    });

  async function outcome(partner: CompiledPartner, request: WebhookRequest): Promise<string> {
    await partner.prepare?.(request);
    try {
      const verdict = partner.verify(request, NOW);
      return verdict.valid ? 'valid' : verdict.reason;
    } catch (error) {
      if (error instanceof KeySetUnavailableError) return 'unavailable';
      throw error;
    }
  }

  it('should be read once, and kept for ten minutes', async () => {
    const partner = partnerOf(RSA);
    const requests = ['a', 'b', 'c'].map((body) => outcome(partner, signed('k1', body)));
    expect(await Promise.all(requests)).toEqual(['valid', 'valid', 'valid']);
    expect(partner.prepare?.(signed('k1'))).toBeUndefined();
    publisher.now = 10 * MINUTE - 1;
    expect(await outcome(partner, signed('k1'))).toBe('valid');
    expect(publisher.calls).toBe(1);
    publisher.now = 10 * MINUTE;
    expect(await outcome(partner, signed('k1'))).toBe('valid');
    expect(publisher.calls).toBe(2);
  });

  it('should verify nothing else', async () => {
    const partner = partnerOf(RSA);
    expect(await outcome(partner, signed('k1', 'x', rsaPair(3072).privateKey))).toBe('mismatch');
    expect(await outcome(partner, signed(undefined))).toBe('no_live_secret');
    expect(partner.verify(signed('k1'), NOW)).toMatchObject({ secretId: null, covers: 'body' });
  });

  it('should be read again for an id that is not known, but once a minute only', async () => {
    const partner = partnerOf(RSA);
    expect(await outcome(partner, signed('k1'))).toBe('valid');
    publisher.publish(jwk('k1'), jwk('k2', rsaPair(3072).publicKey));
    const rotated = signed('k2', 'x', rsaPair(3072).privateKey);
    publisher.now = MINUTE - 1;
    expect(await outcome(partner, rotated)).toBe('no_live_secret');
    expect(publisher.calls).toBe(1);
    publisher.now = MINUTE;
    expect(await outcome(partner, rotated)).toBe('valid');
    expect(await outcome(partner, signed('k3'))).toBe('no_live_secret');
    expect(publisher.calls).toBe(2);
  });

  it('should be forgotten when the sender takes them back', async () => {
    const partner = partnerOf(RSA);
    expect(await outcome(partner, signed('k1'))).toBe('valid');
    publisher.publish(jwk('k2', rsaPair(3072).publicKey));
    publisher.now = 10 * MINUTE;
    expect(await outcome(partner, signed('k1'))).toBe('no_live_secret');
  });

  it('should give no verdict while nobody can read them', async () => {
    const partner = partnerOf(RSA);
    publisher.status = 500;
    expect(await outcome(partner, signed('k1'))).toBe('unavailable');
    expect(await outcome(partner, signed('k1'))).toBe('unavailable');
    expect(publisher.calls).toBe(1);
    publisher.publish(jwk('k1'));
    publisher.now = MINUTE;
    expect(await outcome(partner, signed('k1'))).toBe('valid');
  });

  it('should go on serving while they cannot be read anew', async () => {
    const partner = partnerOf(RSA);
    expect(await outcome(partner, signed('k1'))).toBe('valid');
    publisher.status = 500;
    for (const minutes of [10, 11, 60 * 24]) {
      publisher.now = minutes * MINUTE;
      expect(await outcome(partner, signed('k1'))).toBe('valid');
      // It may be a new one.
      expect(await outcome(partner, signed('k2'))).toBe('unavailable');
    }
    expect(publisher.calls).toBe(4);
  });

  it.each(['', 'no json', '[]', '{"keys":{}}', JSON.stringify({ keys: Array(101).fill({}) })])(
    'should not be taken out of what is no key set: %.20s',
    async (text) => {
      publisher.text = text;
      expect(await outcome(partnerOf(RSA), signed('k1'))).toBe('unavailable');
    },
  );

  it('should leave out what cannot be a public key of this type', async () => {
    const shared = { kty: 'oct', k: Buffer.from('secret').toString('base64url'), kid: 'k1' };
    const forEncryption = { ...jwk('k1', rsaPair(3072).publicKey), use: 'enc' };
    publisher.publish(shared, forEncryption, jwk('k1', ecPair().publicKey), { kid: 'k1' }, jwk('k1'));
    const partner = partnerOf(RSA);
    expect(await outcome(partner, signed('k1'))).toBe('valid');
    expect(await outcome(partner, signed('k1', 'x', rsaPair(3072).privateKey))).toBe('mismatch');
  });

  it('should be found by the id that a token names', async () => {
    publisher.publish(jwk('e1', ecPair().publicKey), jwk('k1'));
    const signature = { type: 'jwt', algorithms: ['ES256', 'RS256'], key: { jwks: `${PLACE}/jwks` } };
    const partner = partnerOf(signature);
    const bearer = (keyid: string, algorithm: 'ES256' | 'RS256'): WebhookRequest => {
      const { privateKey } = algorithm === 'ES256' ? ecPair() : rsaPair();
      const token = signToken({ iss: 'x' }, privateKey, { algorithm, keyid });
      return aRequest({ headers: { authorization: `Bearer ${token}` } });
    };
    expect(await outcome(partner, bearer('e1', 'ES256'))).toBe('valid');
    expect(await outcome(partner, bearer('k1', 'RS256'))).toBe('valid');
    expect(await outcome(partner, bearer('e1', 'RS256'))).toBe('mismatch');
    expect(await outcome(partner, bearer('e2', 'ES256'))).toBe('no_live_secret');
    expect(await outcome(partner, aRequest())).toBe('missing_signature');
  });

  it('should not stand in the way of another alternative', async () => {
    publisher.status = 500;
    const token = { type: 'token', from: { header: 'x-token' } };
    const partner = partnerOf([RSA, token], [aSecret('the token')]);
    expect(await outcome(partner, aRequest({ headers: { 'x-token': 'the token' } }))).toBe('valid');
    expect(await outcome(partner, aRequest({ headers: { 'x-token': 'no' } }))).toBe('mismatch');
    const both = { 'x-token': 'no', 'x-key': 'k1', 'x-signature': 'AAAA' };
    expect(await outcome(partner, aRequest({ headers: both }))).toBe('unavailable');
    expect(await outcome(partner, aRequest({ headers: { ...both, 'x-signature': '' } }))).toBe('mismatch');
  });

  it('should serve each item of a body', async () => {
    const signature = { ...RSA, each: '', from: { item: '/sig' }, signed: '{item:/id}' };
    const partner = partnerOf({ ...signature, key: { ...RSA.key, id: { item: '/key' } } });
    const item = (id: string, key: string) => {
      const sig = sign('sha256', Buffer.from(id), rsaPair().privateKey).toString('base64');
      return { id, key, sig };
    };
    const send = (...items: readonly object[]) => outcome(partner, aRequest({ body: JSON.stringify(items) }));
    expect(await send(item('a', 'k1'), item('b', 'k1'))).toBe('valid');
    publisher.now = MINUTE;
    publisher.publish(jwk('k1'), jwk('k2'));
    expect(await send(item('a', 'k1'), item('b', 'k2'))).toBe('valid');
  });

  it('should be shared by all who name their address', async () => {
    expect(await outcome(partnerOf(RSA), signed('k1'))).toBe('valid');
    expect(await outcome(partnerOf(RSA), signed('k1'))).toBe('valid');
    expect(publisher.calls).toBe(1);
  });

  it('should cost nothing where there are none', () => {
    const partner = partnerOf({ type: 'token', from: { header: 'x-token' } }, [aSecret('t')]);
    expect(partner.prepare).toBeUndefined();
  });
});
