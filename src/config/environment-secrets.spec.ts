import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentSecrets } from './environment-secrets';
import { SECRET_VARIABLES } from './variables';

describe('environmentSecrets', () => {
  const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
  const path = join(directory, 'secret');
  writeFileSync(path, 'from a file\n\n');
  const resolve = environmentSecrets({ PLAIN: 'from the environment', KEPT_FILE: path, EMPTY: '' });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([
    ['env:PLAIN', 'from the environment'],
    ['env:KEPT', 'from a file\n'],
    [`file:${path}`, 'from a file\n'],
    ['env:EMPTY', undefined],
    ['env:NOBODY', undefined],
    ['file:/no/such/file', undefined],
    ['file:relative', undefined],
    ['PLAIN', undefined],
  ])('%s gives %j', (reference, value) => expect(resolve(reference)).toBe(value));
});

describe('a file that is none', () => {
  it.each(['/dev/zero', '/dev', '/proc/self/environ-that-is-not-there'])('%s resolves to nothing', (path) => {
    expect(environmentSecrets({})(`file:${path}`)).toBeUndefined();
  });
});

describe('what is the gateway’s own', () => {
  const directory = mkdtempSync(join(tmpdir(), 'own-secrets-'));
  const file = (name: string) => join(directory, name);
  for (const name of ['mongo', 'signing', 'acme']) writeFileSync(file(name), `of ${name}`);
  symlinkSync('/proc/self/environ', file('to-environ'));
  symlinkSync(file('mongo'), file('to-mongo'));
  symlinkSync(file('acme'), file('to-acme'));
  const own = Object.fromEntries(SECRET_VARIABLES.map((name) => [name, 'own']));
  const resolve = environmentSecrets({
    ...own,
    MONGO_URI_FILE: file('to-mongo'),
    SIGNING_SECRET_FILE: file('signing'),
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('gives no secret variable but SIGNING_SECRET', () => {
    const given = SECRET_VARIABLES.filter((name) => resolve(`env:${name}`) !== undefined);
    expect(given).toEqual(['SIGNING_SECRET']);
    expect(resolve('env:MONGO_URI_FILE')).toBeUndefined();
  });

  it.each([
    ['/proc/self/environ', undefined],
    [file('to-environ'), undefined],
    [file('mongo'), undefined],
    [file('to-mongo'), undefined],
    [file('to-acme'), 'of acme'],
    [file('signing'), 'of signing'],
  ])('file:%s gives %j', (path, value) => expect(resolve(`file:${path}`)).toBe(value));
});
