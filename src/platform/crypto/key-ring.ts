import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SealBrokenError, UnknownEncryptionKeyError } from './seal-errors';

export interface EncryptionKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

interface Sealed {
  readonly keyId: string;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

/** `v1:<key id>:<base64url of iv, ciphertext, tag>`: one text, so that it can stand wherever a secret stood. */
function parse(sealed: string): Sealed {
  const [version, keyId, encoded, ...rest] = sealed.split(':');
  const bytes = Buffer.from(encoded ?? '', 'base64url');
  if (version !== VERSION || !keyId || rest.length > 0 || bytes.length < IV_BYTES + TAG_BYTES) {
    throw new SealBrokenError();
  }
  return {
    keyId,
    iv: bytes.subarray(0, IV_BYTES),
    ciphertext: bytes.subarray(IV_BYTES, -TAG_BYTES),
    tag: bytes.subarray(-TAG_BYTES),
  };
}

/** Encrypts what is stored (AES-256-GCM). Several keys may be live: the newest seals, all of them open. */
export class KeyRing {
  private readonly newest: EncryptionKey;
  private readonly keys: ReadonlyMap<string, Buffer>;

  constructor(keys: readonly EncryptionKey[]) {
    const [newest] = keys;
    if (newest === undefined) throw new Error('a key ring needs at least one key: set ENCRYPTION_KEYS');
    this.newest = newest;
    this.keys = new Map(keys.map(({ id, key }) => [id, key]));
  }

  /** `context` says where the secret belongs, e.g. `partner:acme:secret:s1`: moved elsewhere it does not open. */
  seal(plain: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.newest.key, iv).setAAD(Buffer.from(context, 'utf8'));
    const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    const bytes = Buffer.concat([iv, ciphertext, cipher.getAuthTag()]);
    return `${VERSION}:${this.newest.id}:${bytes.toString('base64url')}`;
  }

  open(sealed: string, context: string): string {
    const { keyId, iv, ciphertext, tag } = parse(sealed);
    const key = this.keys.get(keyId);
    if (key === undefined) throw new UnknownEncryptionKeyError(keyId);
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context, 'utf8'))
      .setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
    } catch {
      throw new SealBrokenError();
    }
  }

  /** True where another key than the newest sealed it: seal it anew and the old key can go. */
  needsReseal(sealed: string): boolean {
    return !sealed.startsWith(`${VERSION}:${this.newest.id}:`);
  }

  /** The same under the newest key. What does not open stays as it is. */
  resealed(sealed: string, context: string): string {
    if (!this.needsReseal(sealed)) return sealed;
    try {
      return this.seal(this.open(sealed, context), context);
    } catch {
      return sealed;
    }
  }
}
