import { randomBytes } from 'node:crypto';
import { parseMongoUri, parseRedisUrl, parseTrustProxy } from './address-formats';
import { parseAdminApiKey, parseEncryptionKeys, parseSigningSecret, parseToken } from './secret-formats';
import { Expected } from './variable-kinds';

const key = (id: string, bytes = 32) => `${id}:${randomBytes(bytes).toString('base64')}`;
const refused = (value: unknown) => value instanceof Expected;

describe('ENCRYPTION_KEYS', () => {
  it('takes several keys, newest first', () => {
    const keys = parseEncryptionKeys(`${key('new')}, ${key('old')}`);
    expect(keys instanceof Expected ? [] : keys.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  it.each([
    ['31 bytes', key('k', 31)],
    ['no id', key('')],
    ['not base64', 'k:***'],
    ['the same id twice', `${key('k')},${key('k')}`],
    ['an empty entry', `${key('k')},`],
  ])('refuses %s', (_, text) => expect(refused(parseEncryptionKeys(text))).toBe(true));
});

describe('SIGNING_SECRET', () => {
  it.each([
    ['whsec_ and 24 bytes', `whsec_${randomBytes(24).toString('base64')}`, false],
    ['whsec_ and 64 bytes', `whsec_${randomBytes(64).toString('base64')}`, false],
    ['whsec_ and 23 bytes', `whsec_${randomBytes(23).toString('base64')}`, true],
    ['whsec_ and no base64', `whsec_${'ü'.repeat(40)}`, true],
    ['a text of 24 characters', 'x'.repeat(24), false],
    ['a text of 23 characters', 'x'.repeat(23), true],
  ])('%s', (_, text, isRefused) => expect(refused(parseSigningSecret(text))).toBe(isRefused));
});

describe('TRUST_PROXY', () => {
  it.each([
    ['false', false],
    ['0', false],
    ['2', 2],
    ['10.0.0.1', ['10.0.0.1']],
    ['10.0.0.0/8,fd00::/8', ['10.0.0.0/8', 'fd00::/8']],
  ])('takes %s', (text, value) => expect(parseTrustProxy(text)).toEqual(value));

  it.each(['true', '17', '0.0.0.0/0', '::/0', '10.0.0.0/33', 'proxy.internal', '', '10.0.0.1,'])(
    'refuses %s',
    (text) => expect(refused(parseTrustProxy(text))).toBe(true),
  );
});

describe('addresses of the stores', () => {
  it.each(['mongodb://localhost', 'mongodb+srv://u:p@cluster.example/db', 'mongodb://h?replicaSet=rs0'])(
    'takes %s',
    (uri) => expect(parseMongoUri(uri)).toBe(uri),
  );
  it.each([
    'nonsense',
    'http://h',
    'mongodb://',
    'mongodb://u:p?x@h',
    'mongodb://u:%zz@h/',
    'mongodb://h/?unheard=1',
  ])('refuses %s', (uri) => expect(refused(parseMongoUri(uri))).toBe(true));
  it.each(['redis://h', 'redis://:p%40%25@[::1]:6379', 'rediss://u:p@h:6380/3', 'redis://h?family=6'])(
    'takes %s',
    (url) => expect(parseRedisUrl(url)).toBe(url),
  );
  it.each([
    'h:6379',
    'http://h',
    'redis:///0',
    'redis://h/name',
    'redis://u:%zz@h',
    'redis://%zz:p@h',
    'redis://h%zz',
    'redis://h:99999',
    'redis://h:0',
    'redis://h:port',
    ' redis://h',
    'redis://h\n',
    // The client looks for the scheme in lower case, and would go on without TLS.
    'REDISS://h',
    // The client takes every parameter for an option, and rather than ours.
    'redis://h?keyPrefix=x',
    'redis://h?family=5',
    'redis://h?family=4&family=6',
    'redis://h#1',
  ])('refuses %j', (url) => expect(refused(parseRedisUrl(url))).toBe(true));
});

describe('ADMIN_API_KEY', () => {
  it.each([
    ['32 characters', '!~'.repeat(16), false],
    ['31 characters', 'x'.repeat(31), true],
    ['a blank around it', `${'x'.repeat(32)} `, true],
    ['a blank in it', `${'x'.repeat(16)} ${'x'.repeat(16)}`, true],
    ['a line feed at its end', `${'x'.repeat(32)}\n`, true],
    ['a letter beyond ASCII', `${'x'.repeat(32)}ü`, true],
  ])('%s', (_, text, isRefused) => expect(refused(parseAdminApiKey(text))).toBe(isRefused));
});

it('refuses a token that cannot stand in a header', () => {
  expect(refused(parseToken('with blank'))).toBe(true);
  expect(refused(parseToken('zeichenü'))).toBe(true);
});
