export const KEY_ENCODINGS = ['utf8', 'hex', 'base64', 'base64url'] as const;
export type KeyEncoding = (typeof KEY_ENCODINGS)[number];

export const NORMAL_FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** How the text of a secret becomes the bytes of a key. */
export interface KeyDecoding {
  readonly encoding?: KeyEncoding;
  /** Cut off where the text begins with it. */
  readonly strip?: string;
  /** Encoding of texts that do not begin with `strip`. */
  readonly otherwise?: KeyEncoding;
  readonly normalize?: (typeof NORMAL_FORMS)[number];
}

const DECODE: Readonly<Record<KeyEncoding, (text: string) => Buffer | undefined>> = {
  utf8: (text) => Buffer.from(text, 'utf8'),
  hex: (text) => (/^(?:[0-9A-Fa-f]{2})+$/.test(text) ? Buffer.from(text, 'hex') : undefined),
  base64: (text) => decodeBase64(text, 'base64'),
  base64url: (text) => decodeBase64(text, 'base64url'),
};

const withoutPadding = (text: string): string => text.replace(/={1,2}$/, '');

function decodeBase64(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return withoutPadding(bytes.toString(encoding)) === withoutPadding(text) ? bytes : undefined;
}

const EXPECTED: Readonly<Record<KeyEncoding, string>> = {
  utf8: 'text',
  hex: 'hexadecimal digits, two for each byte',
  base64: 'base64',
  base64url: 'base64url',
};

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

function readingOf(
  value: string,
  decoding: KeyDecoding,
): { readonly encoding: KeyEncoding; readonly text: string } {
  const { encoding = 'utf8', strip, otherwise = encoding, normalize } = decoding;
  const isMarked = strip !== undefined && value.startsWith(strip);
  const text = isMarked ? value.slice(strip.length) : value;
  return {
    encoding: isMarked || strip === undefined ? encoding : otherwise,
    text: normalize === undefined ? text : text.normalize(normalize),
  };
}

/** `undefined` where the text is not in the encoding, or has nothing in it. */
export function keyBytesOf(value: string, decoding: KeyDecoding): Buffer | undefined {
  const { encoding, text } = readingOf(value, decoding);
  const bytes = text.trim() === '' ? undefined : DECODE[encoding](text);
  return bytes === undefined || bytes.length === 0 ? undefined : bytes;
}

/** What is wrong with a secret's text, without a word of it. */
export function keyFaultOf(value: string, decoding: KeyDecoding): string | undefined {
  if (value.trim() === '') return 'must not be blank';
  if (PRIVATE_KEY.test(value)) return 'must be a shared secret or a public key, never a private key';
  if (keyBytesOf(value, decoding) !== undefined) return undefined;
  const { strip } = decoding;
  const after = strip !== undefined && value.startsWith(strip) ? ` after "${strip}"` : '';
  return `must be ${EXPECTED[readingOf(value, decoding).encoding]}${after}, for signature.key says so`;
}
