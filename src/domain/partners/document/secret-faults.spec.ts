import { parsePartnerDocument } from '../parse-partner-document';
import { isSecretReference } from './secret-faults';

const NO_PRESETS = { get: () => undefined, names: () => [] };

function faultsOf(value: string): readonly (readonly [string, string])[] {
  const parsed = parsePartnerDocument(
    { id: 'acme', signature: { type: 'hmac', from: { header: 'x-signature' } }, secrets: [{ value }] },
    NO_PRESETS,
  );
  return parsed.ok ? [] : parsed.faults.map(({ path, message }) => [path, message]);
}

describe('a secret by reference', () => {
  it.each([
    ['env:MONGO_URI', 'MONGO_URI'],
    ['env:REDIS_URL', 'REDIS_URL'],
    ['env:ENCRYPTION_KEYS', 'ENCRYPTION_KEYS'],
    ['env:ADMIN_API_KEY', 'ADMIN_API_KEY'],
    ['env:METRICS_TOKEN', 'METRICS_TOKEN'],
    // On systems where the case of a name does not count, it is the same variable.
    ['env:mongo_uri', 'mongo_uri'],
    ['env:MONGO_URI_FILE', 'MONGO_URI_FILE, a secret of the gateway'],
    ['env:ACME_SECRET_FILE', 'name ACME_SECRET instead'],
    ['file:/proc/self/environ', '/proc'],
    ['file:/sys/kernel/x', '/sys'],
    ['file:/dev/stdin', '/dev'],
    ['file:/proc', '/proc'],
    ['file://proc//self/environ', '/proc'],
    ['file:/run/../proc/self/environ', '/proc'],
  ])('must not be %s', (value, named) => {
    expect(faultsOf(value)).toEqual([['/secrets/0/value', expect.stringMatching(/^value must not /)]]);
    expect(faultsOf(value)[0]?.[1]).toContain(named);
    expect(isSecretReference(value)).toBe(false);
  });

  it.each([
    'env:SIGNING_SECRET',
    'env:ACME_SECRET',
    'env:MY_MONGO_URI',
    'env:PROFILE',
    'file:/run/secrets/acme',
    'file:/etc/acme/key',
    'file:/process/key',
    'file:/development/key',
  ])('may be %s', (value) => {
    expect(faultsOf(value)).toEqual([]);
    expect(isSecretReference(value)).toBe(true);
  });

  it('must be readable as one', () => {
    expect(faultsOf('file:relative')).toEqual([
      ['/secrets/0/value', 'value must be env:NAME or file:/absolute/path, where it is a reference'],
    ]);
  });
});

describe('the checks that one request may cause', () => {
  const FROM = { from: { header: 'x-signature' } };
  const signed = Array.from({ length: 5 }, (_, at) => `${at}{body}`);
  const signature = ['a', 'b', 'c'].map((name) => ({ type: 'hmac', name, ...FROM, signed }));
  const faultsWith = (count: number, use?: string): readonly unknown[] => {
    const secrets = Array.from({ length: count }, (_, at) => ({
      value: `one-of-many-secrets-${at}`,
      ...(use !== undefined && at > 0 && { use }),
    }));
    const parsed = parsePartnerDocument({ id: 'acme', signature, secrets }, NO_PRESETS);
    return parsed.ok ? [] : parsed.faults;
  };

  it('are at most 100', () => {
    expect(faultsWith(6)).toEqual([]);
    expect(faultsWith(7)).toEqual([
      { path: '/secrets', message: expect.stringMatching(/at most 100 checks .* not 105: /) as string },
    ]);
  });

  it('are fewer where secrets name their alternative', () => {
    expect(faultsWith(10, 'b')).toEqual([]);
  });
});
