import { keyBytesOf, keyFaultOf, type KeyDecoding } from './key-material';

const text = (value: string, decoding: KeyDecoding): string | undefined =>
  keyBytesOf(value, decoding)?.toString('latin1');

describe('keys', () => {
  it.each<[string, KeyDecoding, string]>([
    ['abc', {}, 'abc'],
    ['616263', { encoding: 'hex' }, 'abc'],
    ['6A6b', { encoding: 'hex' }, 'jk'],
    ['YWJj', { encoding: 'base64' }, 'abc'],
    ['YWI=', { encoding: 'base64' }, 'ab'],
    ['YWI', { encoding: 'base64' }, 'ab'],
    ['-_8', { encoding: 'base64url' }, '\u00fb\u00ff'],
    ['whsec_YWJj', { encoding: 'base64', strip: 'whsec_' }, 'abc'],
    ['YWJj', { encoding: 'base64', strip: 'whsec_' }, 'abc'],
    ['whsec_YWJj', { encoding: 'base64', strip: 'whsec_', otherwise: 'utf8' }, 'abc'],
    ['YWJj', { encoding: 'base64', strip: 'whsec_', otherwise: 'utf8' }, 'YWJj'],
    ['whsec_YWJj', {}, 'whsec_YWJj'],
    [' a ', {}, ' a '],
  ])('%s with %j', (value, decoding, bytes) => {
    expect(text(value, decoding)).toBe(bytes);
  });

  it('should normalise as the sender does', () => {
    expect(keyBytesOf('s\u00e9cret', { normalize: 'NFKD' })).toEqual(Buffer.from('se\u0301cret'));
  });

  it.each<[string, KeyDecoding, RegExp]>([
    ['', {}, /must not be blank/],
    [' \t', {}, /must not be blank/],
    ['abc', { encoding: 'hex' }, /hexadecimal/],
    ['xy', { encoding: 'hex' }, /hexadecimal/],
    ['a b c d', { encoding: 'base64' }, /must be base64/],
    ['YWJ\u00e9', { encoding: 'base64' }, /must be base64/],
    ['+/8=', { encoding: 'base64url' }, /must be base64url/],
    ['whsec_', { encoding: 'base64', strip: 'whsec_' }, /base64 after "whsec_"/],
    ['whsec_***', { encoding: 'base64', strip: 'whsec_', otherwise: 'utf8' }, /base64 after "whsec_"/],
    ['-----BEGIN PRIVATE KEY-----\nx', {}, /never a private key/],
    ['-----BEGIN RSA PRIVATE KEY-----\nx', {}, /never a private key/],
  ])('should refuse %j with %j and not repeat it', (value, decoding, message) => {
    expect(keyFaultOf(value, decoding)).toMatch(message);
    expect(keyFaultOf(value, decoding)).not.toContain('***');
  });
});
