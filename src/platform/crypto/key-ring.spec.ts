import { randomBytes } from 'node:crypto';
import { KeyRing } from './key-ring';
import { SealBrokenError, UnknownEncryptionKeyError } from './seal-errors';

const older = { id: 'k1', key: randomBytes(32) };
const newer = { id: 'k2', key: randomBytes(32) };
const ring = new KeyRing([newer, older]);

describe('KeyRing', () => {
  it.each(['whsec_abc', '', 'ünïcode 🚚', 'x'.repeat(10_000)])('opens what it sealed: %.20s', (plain) => {
    expect(ring.open(ring.seal(plain, 'partner:acme'), 'partner:acme')).toBe(plain);
  });

  it('never seals the same text the same way', () => {
    expect(ring.seal('secret', 'c')).not.toBe(ring.seal('secret', 'c'));
    expect(ring.seal('secret', 'c')).not.toContain('secret');
  });

  it('opens what an older key sealed, and says that it should be sealed anew', () => {
    const sealed = new KeyRing([older]).seal('secret', 'c');
    expect(ring.open(sealed, 'c')).toBe('secret');
    expect(ring.needsReseal(sealed)).toBe(true);
    expect(ring.needsReseal(ring.seal('secret', 'c'))).toBe(false);
  });

  it('names the key that is missing', () => {
    const sealed = ring.seal('secret', 'c');
    const open = () => new KeyRing([older]).open(sealed, 'c');
    expect(open).toThrow(UnknownEncryptionKeyError);
    expect(open).toThrow(/"k2".*ENCRYPTION_KEYS/);
  });

  it('does not open in another place', () => {
    expect(() => ring.open(ring.seal('secret', 'partner:acme'), 'partner:other')).toThrow(SealBrokenError);
  });

  it('does not open what was changed', () => {
    const [version, id, encoded = ''] = ring.seal('secret', 'c').split(':');
    const bytes = Buffer.from(encoded, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => ring.open(`${version}:${id}:${changed.toString('base64url')}`, 'c')).toThrow(
        SealBrokenError,
      );
    }
  });

  it.each(['', 'plain', 'v1:k2:', 'v1:k2:AAAA', 'v2:k2:AAAA', 'v1:k2:AAAA:more'])(
    'refuses what is no seal: %j',
    (text) => expect(() => ring.open(text, 'c')).toThrow(SealBrokenError),
  );

  it('needs a key', () => {
    expect(() => new KeyRing([])).toThrow('ENCRYPTION_KEYS');
  });
});
