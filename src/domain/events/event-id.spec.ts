import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { eventIdOf } from './event-id';

/** The same by another way: the digest as one big number, 5 bits at a time. */
function expectedId(partnerId: string, dedupeKey: string): string {
  const [partner, key] = [Buffer.from(partnerId), Buffer.from(dedupeKey)];
  const digest = createHash('sha256')
    .update(`${partner.length}:`)
    .update(partner)
    .update(`${key.length}:`)
    .update(key)
    .digest('hex');
  const bits = BigInt(`0x${digest}`).toString(2).padStart(256, '0');
  const chars = Array.from({ length: 26 }, (_, at) => parseInt(bits.slice(at * 5, at * 5 + 5), 2));
  return `evt_${chars.map((value) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(value)).join('')}`;
}

describe('eventIdOf', () => {
  it('should be the base32 of the digest of both parts with their lengths', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (partnerId, dedupeKey) => {
          expect(eventIdOf(partnerId, dedupeKey)).toBe(expectedId(partnerId, dedupeKey));
        },
      ),
    );
  });

  it('should never change, for it is the key of what is stored', () => {
    expect(eventIdOf('default', 'key-1')).toBe('evt_zxvst7dslfx6g3b4yxd3mc7od3');
  });

  it('should keep parts apart that give the same text when joined', () => {
    expect(eventIdOf('ab', 'c')).not.toBe(eventIdOf('a', 'bc'));
    expect(eventIdOf('a', '1:b')).not.toBe(eventIdOf('a1', ':b'));
  });
});
