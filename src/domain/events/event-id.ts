import { hash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** Two characters at once, by their ten bits: an id is made for every event. */
const PAIRS = [...ALPHABET].flatMap((first) => [...ALPHABET].map((second) => first + second));
const LENGTH_IN_PAIRS = 13;
const BITS_PER_PAIR = 10;

/** First 26 characters of the bytes (as a text of one character each) in base32 (RFC 4648, lower case, no padding). */
function base32(bytes: string): string {
  let text = '';
  let from = 0;
  let bits = 0;
  let pending = 0;
  for (let pair = 0; pair < LENGTH_IN_PAIRS; pair += 1) {
    while (pending < BITS_PER_PAIR) {
      bits = ((bits << 8) | bytes.charCodeAt(from)) & 0x3ffff;
      from += 1;
      pending += 8;
    }
    pending -= BITS_PER_PAIR;
    text += PAIRS[(bits >> pending) & 0x3ff] ?? '';
  }
  return text;
}

const withLength = (part: string): string => `${Buffer.byteLength(part)}:${part}`;

/**
 * Identity of an inbound event: the same for the same partner and dedupe key, in every process, by every path.
 * The lengths keep `ab` + `c` apart from `a` + `bc`.
 */
export const eventIdOf = (partnerId: string, dedupeKey: string): string =>
  `evt_${base32(hash('sha256', withLength(partnerId) + withLength(dedupeKey), 'binary'))}`;
