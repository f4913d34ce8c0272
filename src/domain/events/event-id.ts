import { hash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 26;
const BITS_PER_CHAR = 5;

/** First 26 characters of the bytes in base32 (RFC 4648, lower case, no padding). */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let pending = 0;
  for (let at = 0; text.length < LENGTH; at += 1) {
    bits = (bits << 8) | (bytes[at] ?? 0);
    pending += 8;
    while (pending >= BITS_PER_CHAR && text.length < LENGTH) {
      pending -= BITS_PER_CHAR;
      text += ALPHABET.charAt((bits >> pending) & 31);
    }
    bits &= (1 << pending) - 1;
  }
  return text;
}

const withLength = (part: string): string => `${Buffer.byteLength(part)}:${part}`;

/**
 * Identity of an inbound event: the same for the same partner and dedupe key, in every process, by every path.
 * The lengths keep `ab` + `c` apart from `a` + `bc`.
 */
export const eventIdOf = (partnerId: string, dedupeKey: string): string =>
  `evt_${base32(hash('sha256', withLength(partnerId) + withLength(dedupeKey), 'buffer'))}`;
