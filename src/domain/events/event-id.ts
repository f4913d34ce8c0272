import { hash } from 'node:crypto';

const ALPHABET = Buffer.from('abcdefghijklmnopqrstuvwxyz234567', 'latin1');
const LENGTH = 26;
const BITS_PER_CHAR = 5;

/** Reused for every id: it is read before anything else can run. */
const scratch = Buffer.alloc(LENGTH);

/** First 26 characters of the bytes in base32 (RFC 4648, lower case, no padding). */
function base32(bytes: Uint8Array): string {
  let from = 0;
  let bits = 0;
  let pending = 0;
  for (let at = 0; at < LENGTH; at += 1) {
    if (pending < BITS_PER_CHAR) {
      bits = ((bits << 8) | (bytes[from] ?? 0)) & 0xfff;
      from += 1;
      pending += 8;
    }
    pending -= BITS_PER_CHAR;
    scratch[at] = ALPHABET[(bits >> pending) & 31] ?? 0;
  }
  return scratch.toString('latin1');
}

const withLength = (part: string): string => `${Buffer.byteLength(part)}:${part}`;

/**
 * Identity of an inbound event: the same for the same partner and dedupe key, in every process, by every path.
 * The lengths keep `ab` + `c` apart from `a` + `bc`.
 */
export const eventIdOf = (partnerId: string, dedupeKey: string): string =>
  `evt_${base32(hash('sha256', withLength(partnerId) + withLength(dedupeKey), 'buffer'))}`;
