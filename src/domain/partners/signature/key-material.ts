/** Encodings of bytes, for every kind of key. */
export const BYTE_ENCODINGS = ['utf8', 'hex', 'base64', 'base64url'] as const;
export type ByteEncoding = (typeof BYTE_ENCODINGS)[number];

/** Forms that only public keys have. */
export const PUBLIC_KEY_FORMS = ['pem', 'jwk'] as const;

export const KEY_ENCODINGS = [...BYTE_ENCODINGS, ...PUBLIC_KEY_FORMS] as const;
export type KeyEncoding = (typeof KEY_ENCODINGS)[number];

export const NORMAL_FORMS = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** How the text of a secret becomes the bytes of a key. */
export interface KeyDecoding {
  readonly encoding?: KeyEncoding;
  /** Cut off where the text begins with it. */
  readonly strip?: string;
  /** Encoding of texts that do not begin with `strip`. */
  readonly otherwise?: ByteEncoding;
  readonly normalize?: (typeof NORMAL_FORMS)[number];
}

const DECODE: Readonly<Record<ByteEncoding, (text: string) => Buffer | undefined>> = {
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

const EXPECTED: Readonly<Record<ByteEncoding, string>> = {
  utf8: 'text',
  hex: 'hexadecimal digits, two for each byte',
  base64: 'base64',
  base64url: 'base64url',
};

const PRIVATE_PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const PUBLIC_PEM = /-----BEGIN [A-Z ]*(?:PUBLIC KEY|CERTIFICATE)-----/;
const JSON_WEB_KEY = /"kty"\s*:/;
const PRIVATE_MEMBER = /"[dk]"\s*:/;

/** In PEM, or as a JSON Web Key with the members that only its owner may know. */
export const isPrivateKey = (value: string): boolean =>
  PRIVATE_PEM.test(value) || (JSON_WEB_KEY.test(value) && PRIVATE_MEMBER.test(value));

/** A form in which bytes come; the document's check keeps the others away from shared secrets. */
const byteEncoding = (encoding: KeyEncoding = 'utf8'): ByteEncoding =>
  encoding === 'pem' || encoding === 'jwk' ? 'utf8' : encoding;

function readingOf(
  value: string,
  decoding: KeyDecoding,
): { readonly encoding: ByteEncoding; readonly text: string } {
  const { strip, normalize } = decoding;
  const encoding = byteEncoding(decoding.encoding);
  const { otherwise = encoding } = decoding;
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

/** What is wrong with the text of a shared secret, without a word of it. */
export function keyFaultOf(value: string, decoding: KeyDecoding): string | undefined {
  if (value.trim() === '') return 'must not be blank';
  if (isPrivateKey(value)) return 'must be a shared secret or a public key, never a private key';
  if (PUBLIC_PEM.test(value) || JSON_WEB_KEY.test(value)) {
    return 'must be a shared secret: a public key is known to everybody, and needs a type such as rsa or ed25519';
  }
  return encodingFaultOf(value, decoding);
}

/** Why the text gives no bytes; the encoding that was expected is in the message. */
export function encodingFaultOf(value: string, decoding: KeyDecoding): string | undefined {
  if (keyBytesOf(value, decoding) !== undefined) return undefined;
  const { strip } = decoding;
  const after = strip !== undefined && value.startsWith(strip) ? ` after "${strip}"` : '';
  return `must be ${EXPECTED[readingOf(value, decoding).encoding]}${after}, for signature.key says so`;
}
