/** What one pass over the bytes of a JSON text tells, before anything is built from it. */
export interface JsonOutline {
  readonly depth: number;
  readonly members: number;
  /** A run of 16 digits or more before any decimal point: a number that may not be read exactly. */
  readonly longNumber: boolean;
}

const QUOTE = 0x22;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** `[` and `{` differ in one bit only, and so do `]` and `}`. */
const BRACKET_BIT = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

const EXACT_DIGITS = 15;
/** Far enough below zero that the digits of a fraction never count as a long number. */
const IN_FRACTION = -0x7fffffff;

/** Index of the quote that ends the string which begins at `start`, or the length. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1;
  }
  return at;
}

/** Right for every valid JSON text in UTF-8; of other bytes it only promises to end. Runs on every body, so it is one plain loop. */
export function outlineOf(bytes: Uint8Array): JsonOutline {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let digits = 0;
  let longNumber = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(bytes, at);
      digits = 0;
    } else if (byte >= ZERO && byte <= NINE) {
      digits += 1;
      if (digits > EXACT_DIGITS) longNumber = true;
    } else {
      digits = byte === DOT ? IN_FRACTION : 0;
      if (byte === COLON) members += 1;
      else if ((byte | BRACKET_BIT) === OPENING) {
        depth += 1;
        if (depth > deepest) deepest = depth;
      } else if ((byte | BRACKET_BIT) === CLOSING) depth -= 1;
    }
  }
  return { depth: deepest, members, longNumber };
}
