import { constants, sign } from 'node:crypto';
import { aPartner, aRequest, NOW } from '../testing/builders';
import { ecPair, ed25519Pair, jwkOf, type KeyPair, pemOf, rsaPair } from '../testing/key-pairs';

const outcome = (signature: object, secret: string, text: string, body = 'x'): string => {
  const from = { header: 'x-signature' };
  const partner = aPartner({ signature: { from, ...signature } }, [secret]);
  const verdict = partner.verify(aRequest({ headers: { 'x-signature': text }, body }), NOW);
  return verdict.valid ? 'valid' : verdict.reason;
};

const rsaSignature = (bytes: string, algorithm = 'sha256', pair: KeyPair = rsaPair()): Buffer =>
  sign(algorithm, Buffer.from(bytes), pair.privateKey);

describe('rsa', () => {
  const rsa = pemOf(rsaPair().publicKey);

  it.each(['sha1', 'sha256', 'sha384', 'sha512'])('should know %s', (algorithm) => {
    const text = rsaSignature('x', algorithm).toString('base64');
    expect(outcome({ type: 'rsa', algorithm }, rsa, text)).toBe('valid');
    expect(outcome({ type: 'rsa', algorithm }, rsa, text, 'y')).toBe('mismatch');
  });

  it('should take the padding that the document names, and no other', () => {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const salted = (saltLength: number): string =>
      sign('sha256', Buffer.from('x'), {
        key: rsaPair().privateKey,
        padding,
        saltLength,
      }).toString('base64');
    const salts = [constants.RSA_PSS_SALTLEN_DIGEST, constants.RSA_PSS_SALTLEN_MAX_SIGN, 0];
    for (const text of salts.map(salted)) {
      expect(outcome({ type: 'rsa', padding: 'pss' }, rsa, text)).toBe('valid');
      expect(outcome({ type: 'rsa' }, rsa, text)).toBe('mismatch');
    }
    const pkcs1 = rsaSignature('x').toString('base64');
    expect(outcome({ type: 'rsa', padding: 'pss' }, rsa, pkcs1)).toBe('mismatch');
  });

  it.each([
    ['pem', {}, pemOf(rsaPair().publicKey)],
    ['pem, named', { encoding: 'pem' }, pemOf(rsaPair().publicKey)],
    ['jwk', { encoding: 'jwk' }, jwkOf(rsaPair().publicKey)],
    [
      'base64',
      { encoding: 'base64' },
      rsaPair().publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    ],
  ])('should read its key as %s', (_, key, secret) => {
    expect(outcome({ type: 'rsa', key }, secret, rsaSignature('x').toString('base64'))).toBe('valid');
  });

  it('should take nothing but the text that the bytes are encoded to', () => {
    const bytes = rsaSignature('x');
    const [hex, base64, url] = [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')];
    expect(outcome({ type: 'rsa' }, rsa, base64)).toBe('valid');
    for (const text of [url, base64.replace(/=+$/, ''), `${base64}=`, ` ${base64}`, `${base64}\n`, hex])
      expect(outcome({ type: 'rsa' }, rsa, text)).toBe('mismatch');
    expect(outcome({ type: 'rsa', encoding: 'hex' }, rsa, hex.toUpperCase())).toBe('valid');
    expect(outcome({ type: 'rsa', encoding: 'hex' }, rsa, `${hex}0`)).toBe('mismatch');
    expect(outcome({ type: 'rsa', encoding: 'base64url' }, rsa, url)).toBe('valid');
    expect(outcome({ type: 'rsa', encoding: 'base64url' }, rsa, base64)).toBe('mismatch');
  });
});

describe('ecdsa', () => {
  it.each([
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
    ['P-521', 'sha512'],
    ['secp256k1', 'sha256'],
  ])('should know %s', (curve, algorithm) => {
    const { publicKey, privateKey } = ecPair(curve);
    for (const dsaEncoding of ['der', 'ieee-p1363'] as const) {
      const signature = sign(algorithm, Buffer.from('x'), { key: privateKey, dsaEncoding });
      const text = signature.toString('base64');
      const other = dsaEncoding === 'der' ? 'ieee-p1363' : 'der';
      expect(outcome({ type: 'ecdsa', algorithm, dsaEncoding }, pemOf(publicKey), text)).toBe('valid');
      expect(outcome({ type: 'ecdsa', algorithm, dsaEncoding: other }, pemOf(publicKey), text)).toBe(
        'mismatch',
      );
    }
  });

  it('should refuse DER that was written in another way', () => {
    const { publicKey, privateKey } = ecPair();
    const der = sign('sha256', Buffer.from('x'), privateKey);
    const length = der[1] ?? 0;
    const rest = der.subarray(2);
    const rLength = rest[1] ?? 0;
    const padded = Buffer.concat([Buffer.from([2, rLength + 1, 0]), rest.subarray(2)]);
    const variants = [
      Buffer.concat([der, Buffer.from([0])]),
      Buffer.concat([Buffer.from([0x30, 0x81, length]), rest]),
      Buffer.concat([Buffer.from([0x30, 0x80]), rest, Buffer.from([0, 0])]),
      Buffer.concat([Buffer.from([0x30, length + 1]), padded]),
      der.subarray(0, -1),
    ];
    expect(outcome({ type: 'ecdsa' }, pemOf(publicKey), der.toString('base64'))).toBe('valid');
    for (const bytes of variants)
      expect(outcome({ type: 'ecdsa' }, pemOf(publicKey), bytes.toString('base64'))).toBe('mismatch');
  });
});

describe('ed25519', () => {
  const { publicKey, privateKey } = ed25519Pair();
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const signature = sign(null, Buffer.from('x'), privateKey);

  it.each([
    ['pem', { encoding: 'pem' }, pemOf(publicKey)],
    ['jwk', { encoding: 'jwk' }, jwkOf(publicKey)],
    ['32 bytes in hex', { encoding: 'hex' }, raw.toString('hex')],
    ['32 bytes in base64', { encoding: 'base64' }, raw.toString('base64')],
    ['a marked text', { encoding: 'base64', strip: 'whpk_' }, `whpk_${raw.toString('base64')}`],
  ])('should read its key as %s', (_, key, secret) => {
    expect(outcome({ type: 'ed25519', key }, secret, signature.toString('base64'))).toBe('valid');
    expect(outcome({ type: 'ed25519', key }, secret, signature.toString('base64'), 'y')).toBe('mismatch');
  });

  it('should verify any of several signatures and signed strings', () => {
    const spec = {
      type: 'ed25519',
      from: { header: 'x-signature', split: ' ', prefix: 'v1a,' },
      signed: ['v2:{body}', '{body}'],
    };
    const text = `v1,abc v1a,AAAA v1a,${signature.toString('base64')}`;
    expect(outcome(spec, pemOf(publicKey), text)).toBe('valid');
    expect(outcome({ ...spec, signed: ['v2:{body}'] }, pemOf(publicKey), text)).toBe('mismatch');
  });

  it('should say why the signed string cannot be had', () => {
    const text = signature.toString('base64');
    const spec = { type: 'ed25519', signed: '{body:/a}' };
    expect(outcome(spec, pemOf(publicKey), text, 'no json')).toBe('body_not_json');
    expect(outcome(spec, pemOf(publicKey), text, '{"a":1,"a":2}')).toBe('body_duplicate_member');
  });
});
