import { randomBytes } from 'node:crypto';
import { KeyRing } from '#platform/crypto/key-ring';
import { PartnerSecrets, SecretUnavailableError } from './partner-secrets';

const FACTS = { id: 's1', createdAt: new Date(0) };
const secrets = new PartnerSecrets(
  new KeyRing([{ id: 'k1', key: randomBytes(32) }]),
  (reference) => `behind ${reference}`,
);

describe('PartnerSecrets', () => {
  it('reads what a reference leads to', () => {
    expect(secrets.valueOf('acme', { ...FACTS, reference: 'env:ACME' })).toBe('behind env:ACME');
  });

  it.each(['env:MONGO_URI', 'env:ENCRYPTION_KEYS_FILE', 'file:/proc/self/environ'])(
    'does not read %s, whenever it was stored, and says why',
    (reference) => {
      const read = () => secrets.valueOf('acme', { ...FACTS, reference });
      expect(read).toThrow(SecretUnavailableError);
      expect(read).toThrow(/^secret "s1" must not /);
      expect(secrets.valueIfAny('acme', { ...FACTS, reference })).toBeUndefined();
    },
  );
});
