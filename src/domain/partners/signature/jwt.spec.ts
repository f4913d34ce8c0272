import { createHash, createHmac } from 'node:crypto';
import { sign } from 'jsonwebtoken';
import { type Verdict } from '../compiled-partner';
import { aPartner, aRequest, NOW } from '../testing/builders';
import { ecPair, pemOf, rsaPair } from '../testing/key-pairs';

const KEY = 'the secret of both of us';
const SECONDS = NOW.getTime() / 1000;
const JWT = { type: 'jwt' };

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as no library would make it. */
function handMade(header: string, claims: string, key = KEY): string {
  const text = `${header}.${claims}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

const HS256 = encode({ alg: 'HS256', typ: 'JWT' });
const token = (claims: object = {}): string => handMade(HS256, encode(claims));

function verify(signature: object, text: string | undefined, secret = KEY, body = 'x'): Verdict {
  const headers: Record<string, string> = text === undefined ? {} : { authorization: `Bearer ${text}` };
  return aPartner({ signature }, [secret]).verify(aRequest({ headers, body }), NOW);
}

const tried = (...given: Parameters<typeof verify>): string => {
  const verdict = verify(...given);
  return verdict.valid ? 'valid' : verdict.reason;
};

describe('jwt', () => {
  it('should say who sends', () => {
    expect(verify(JWT, token())).toMatchObject({
      valid: true,
      alternative: 'jwt0',
      covers: 'none',
      secretId: 'secret-1',
    });
    expect(tried(JWT, token(), 'another secret')).toBe('mismatch');
    expect(tried(JWT, undefined)).toBe('missing_signature');
  });

  it.each(['HS256', 'HS384', 'HS512'] as const)('should know %s', (algorithm) => {
    const text = sign({}, KEY, { algorithm });
    expect(tried({ ...JWT, algorithms: [algorithm] }, text)).toBe('valid');
    expect(tried({ ...JWT, algorithms: [algorithm] }, text, 'other')).toBe('mismatch');
  });

  it.each(['RS256', 'RS512', 'PS256', 'PS384'] as const)('should know %s', (algorithm) => {
    const { publicKey, privateKey } = rsaPair();
    const text = sign({}, privateKey, { algorithm });
    expect(tried({ ...JWT, algorithms: ['ES256', algorithm] }, text, pemOf(publicKey))).toBe('valid');
    expect(tried({ ...JWT, algorithms: ['RS384'] }, text, pemOf(publicKey))).toBe('jwt_algorithm');
  });

  it('should know keys on curves, each with its own algorithm', () => {
    for (const [curve, algorithm] of [
      ['P-256', 'ES256'],
      ['P-384', 'ES384'],
      ['P-521', 'ES512'],
    ] as const) {
      const { publicKey, privateKey } = ecPair(curve);
      const signature = { ...JWT, algorithms: ['ES256', 'ES384', 'ES512'] };
      expect(tried(signature, sign({}, privateKey, { algorithm }), pemOf(publicKey))).toBe('valid');
    }
  });

  it('should never believe a token that says how it is to be checked', () => {
    const { publicKey } = rsaPair();
    const pem = pemOf(publicKey);
    const asShared = handMade(HS256, encode({}), pem);
    expect(tried({ ...JWT, algorithms: ['RS256'] }, asShared, pem)).toBe('jwt_algorithm');
    for (const alg of ['none', 'None', 'HS512', '', null, ['HS256']])
      expect(tried(JWT, handMade(encode({ alg }), encode({})))).toBe('jwt_algorithm');
    const unsigned = `${encode({ alg: 'none' })}.${encode({})}.`;
    expect(tried(JWT, unsigned)).toBe('malformed_jwt');
    for (const header of [
      { alg: 'HS256', crit: ['exp'] },
      { alg: 'HS256', b64: false },
    ])
      expect(tried(JWT, handMade(encode(header), encode({})))).toBe('malformed_jwt');
  });

  it('should take a token only as it is written', () => {
    const right = token({ a: 1 });
    const [head = '', claims = '', mac = ''] = right.split('.');
    const doubled = Buffer.from('{"alg":"none","alg":"HS256"}').toString('base64url');
    const spaced = Buffer.from(' {}').toString('base64');
    const malformed = [
      'abc',
      'a.b',
      `${right}.`,
      `${right}.${mac}`,
      `${head}.${claims}.${mac}=`,
      `${head}=.${claims}.${mac}`,
      `${head}.${claims}.${mac.slice(0, -1)}`,
      `${head}.${claims}.`,
      ` ${right}`,
      `${head} .${claims}.${mac}`,
      handMade(doubled, claims),
      handMade(encode([]), claims),
      handMade(head, encode('text')),
      handMade(head, Buffer.from([0xff]).toString('base64url')),
      handMade(head, `${spaced}=`),
    ];
    expect(tried(JWT, right)).toBe('valid');
    for (const text of malformed) expect([text, tried(JWT, text)]).toEqual([text, 'malformed_jwt']);
  });

  it('should say what the document asks for', () => {
    const signature = { ...JWT, claims: { iss: 'courier', live: true, aud: 'us' } };
    const right = { iss: 'courier', live: true, aud: 'us' };
    expect(tried(signature, token(right))).toBe('valid');
    expect(tried(signature, token({ ...right, aud: ['others', 'us'] }))).toBe('valid');
    const wrong = [
      { ...right, iss: 'Courier' },
      { ...right, iss: ['courier'] },
      { ...right, live: 'true' },
      { ...right, aud: 'use' },
      { iss: 'courier', live: true },
      { ...right, exp: 'never' },
      { ...right, nbf: null },
    ];
    for (const claims of wrong) expect(tried(signature, token(claims))).toBe('jwt_claim');
  });

  it('should hold for as long as it says, and a minute around that', () => {
    const at = (claims: object): string => tried(JWT, token(claims));
    expect([SECONDS + 1, SECONDS - 59].map((exp) => at({ exp }))).toEqual(['valid', 'valid']);
    expect(at({ exp: SECONDS - 60 })).toBe('stale');
    expect([SECONDS, SECONDS + 60].map((nbf) => at({ nbf }))).toEqual(['valid', 'valid']);
    expect(at({ nbf: SECONDS + 61 })).toBe('stale');
    expect(verify(JWT, token({ exp: 1 }))).toMatchObject({ code: 'STALE_TIMESTAMP' });
  });

  it('should give its claims for time, id and digest of the body', () => {
    const signature = {
      ...JWT,
      id: { claim: 'jti' },
      timestamp: { from: { claim: ['sent', 'iat'] } },
      bodyDigest: { from: { claim: 'digest' } },
    };
    const digest = createHash('sha256').update('x').digest('hex');
    const right = { jti: 'msg_1', iat: SECONDS, digest };
    const verdict = verify(signature, token(right));
    expect(verdict).toMatchObject({ valid: true, covers: 'body' });
    expect(verdict.valid && verdict.nonce).toBe('id:msg_1');
    expect(tried(signature, token(right), KEY, 'y')).toBe('body_digest_mismatch');
    expect(tried(signature, token({ ...right, iat: 1 }))).toBe('stale');
    expect(tried(signature, token({ ...right, iat: 1, digest: 'no' }))).toBe('body_digest_mismatch');
    expect(tried(signature, token({ ...right, jti: undefined }))).toBe('missing_id');
    expect(tried(signature, token({ ...right, iat: undefined }))).toBe('missing_timestamp');
    expect(tried(signature, 'no.token.here')).toBe('malformed_jwt');
  });

  it('should tell requests apart that come with the same token', () => {
    const nonceOf = (body: string): string => {
      const verdict = verify(JWT, token({ iss: 'courier' }), KEY, body);
      return verdict.valid ? verdict.nonce : verdict.reason;
    };
    expect(nonceOf('x')).toBe(nonceOf('x'));
    expect(nonceOf('x')).not.toBe(nonceOf('y'));
  });

  it('should be read from where the document says', () => {
    const signature = { ...JWT, from: { query: 'token' } };
    const partner = aPartner({ signature }, [KEY]);
    expect(partner.verify(aRequest({ target: `/hook?token=${token()}` }), NOW).valid).toBe(true);
    const listed = { ...JWT, from: { header: 'authorization', split: ',', prefix: 'Bearer ' } };
    expect(tried(listed, `${token()},Bearer ${token()}`)).toBe('ambiguous_value');
  });
});
