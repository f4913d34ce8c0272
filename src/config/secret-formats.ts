import { Expected } from './variable-kinds';

export interface EncryptionKey {
  readonly id: string;
  readonly key: Buffer;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
const KEY_BYTES = 32;
const MIN_TEXT_SECRET = 24;

/** `Buffer.from` skips what is not base64; a mistyped key must not quietly become another one. */
function decodeBase64(text: string): Buffer | undefined {
  return BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function parseKey(entry: string): EncryptionKey | undefined {
  const [, id, encoded] = /^([A-Za-z0-9_-]{1,32}):(.+)$/.exec(entry.trim()) ?? [];
  const key = encoded === undefined ? undefined : decodeBase64(encoded);
  return id !== undefined && key?.length === KEY_BYTES ? { id, key } : undefined;
}

/** `id:base64(32 bytes),…`, newest first. */
export function parseEncryptionKeys(text: string): readonly EncryptionKey[] | Expected {
  const keys = text.split(',').map(parseKey);
  const read = keys.filter((key) => key !== undefined);
  if (read.length < keys.length) {
    const position = keys.indexOf(undefined) + 1;
    return new Expected(
      `id:base64 of ${KEY_BYTES} random bytes, separated by commas, newest first (entry ${position} is not)`,
    );
  }
  const ids = new Set(read.map(({ id }) => id));
  return ids.size === read.length ? read : new Expected('keys with different ids: one id stands twice');
}

/** A Standard Webhooks secret (`whsec_` and base64), or any text whose bytes are the key. */
export function parseSigningSecret(text: string): string | Expected {
  if (!text.startsWith('whsec_')) {
    return text.length >= MIN_TEXT_SECRET
      ? text
      : new Expected(`whsec_ followed by base64, or a text of at least ${MIN_TEXT_SECRET} characters`);
  }
  const bytes = decodeBase64(text.slice('whsec_'.length))?.length ?? 0;
  return bytes >= 24 && bytes <= 64 ? text : new Expected('whsec_ followed by the base64 of 24 to 64 bytes');
}

export function parseAdminApiKey(text: string): string | Expected {
  // What no Authorization header can carry would let nobody in.
  return /^[\x21-\x7e]{32,}$/.test(text)
    ? text
    : new Expected(
        'at least 32 printable ASCII characters without blanks, e.g. the output of `openssl rand -hex 32`',
      );
}

export function parseToken(text: string): string | Expected {
  return /^[\x21-\x7e]+$/.test(text) ? text : new Expected('printable ASCII characters without blanks');
}
