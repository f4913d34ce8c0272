import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentSecrets } from './environment-secrets';

describe('environmentSecrets', () => {
  const directory = mkdtempSync(join(tmpdir(), 'secrets-'));
  const path = join(directory, 'secret');
  writeFileSync(path, 'from a file\n\n');
  const resolve = environmentSecrets({ PLAIN: 'from the environment', BY_FILE_FILE: path, EMPTY: '' });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([
    ['env:PLAIN', 'from the environment'],
    ['env:BY_FILE', 'from a file\n'],
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
