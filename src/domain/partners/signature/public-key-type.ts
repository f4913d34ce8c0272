import { type KeyObject } from 'node:crypto';
import { listOf } from '../body/json-value';
import { type AlternativeSpec } from '../document/signature-spec';
import { type KeyDemand, publicKeyFaultOf, publicKeyOf } from './public-key';
import { type RefusalReason, Unreadable } from './reading';
import { type Scope } from './scope';
import { type KeyMatcher, type PublicMatcherFactory, type SignatureType } from './signature-type';
import { type Proof, SignedString, type Sink } from './signed-string';
import { decodeStrictly } from './strict-decoding';
import { DIGEST_ENCODINGS, type DigestEncoding } from './text-comparison';

/** Whether these bytes are the signature of that data, by this key. */
export type Check = (data: Buffer, signature: Buffer) => boolean;

/** Public-key signatures are checked over the whole at once. */
class Pieces implements Sink {
  private readonly pieces: Buffer[] = [];

  update(piece: string | Buffer): void {
    this.pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  }

  bytes(): Buffer {
    const [only] = this.pieces;
    return only !== undefined && this.pieces.length === 1 ? only : Buffer.concat(this.pieces);
  }
}

function holds(check: Check, data: Buffer, signature: Buffer): boolean {
  try {
    return check(data, signature);
  } catch {
    // A key and a digest that do not go together: OpenSSL throws where others say no.
    return false;
  }
}

class PublicKeyMatcher implements KeyMatcher {
  constructor(
    private readonly check: Check,
    private readonly encoding: DigestEncoding,
    private readonly signed: readonly SignedString[],
  ) {}

  match(candidates: readonly string[], scope: Scope): Proof | RefusalReason {
    const signatures = candidates
      .map((text) => decodeStrictly(text, this.encoding))
      .filter((bytes) => bytes !== undefined);
    let reason: RefusalReason = 'mismatch';
    for (const text of this.signed) {
      const pieces = new Pieces();
      const fed = text.feed(scope, pieces);
      if (fed instanceof Unreadable) reason = fed.reason;
      if (fed !== true) continue;
      const data = pieces.bytes();
      if (signatures.some((signature) => holds(this.check, data, signature))) return text;
    }
    return reason;
  }
}

interface PublicKeyTypeSettings {
  readonly properties: SignatureType['properties'];
  readonly demand: (alternative: AlternativeSpec) => KeyDemand;
  readonly checkOf: (alternative: AlternativeSpec) => (key: KeyObject) => Check;
}

/** What `rsa`, `ecdsa` and `ed25519` have in common. */
export function publicKeyType({ properties, demand, checkOf }: PublicKeyTypeSettings): SignatureType {
  const compilePublic = (alternative: AlternativeSpec): PublicMatcherFactory => {
    const { encoding = 'base64', signed = '{body}' } = alternative;
    const strings = listOf(signed).map((text) => new SignedString(text));
    const check = checkOf(alternative);
    const demanded = demand(alternative);
    return (key) =>
      demanded.fault(key) === undefined ? new PublicKeyMatcher(check(key), encoding, strings) : undefined;
  };
  return {
    properties: {
      ...properties,
      encoding: { enum: DIGEST_ENCODINGS },
      signed: { $ref: '#/$defs/templates' },
      bodyDigest: { $ref: '#/$defs/bodyDigest' },
    },
    keyKind: () => 'public',
    secretFault: (alternative, secret) =>
      publicKeyFaultOf(secret, alternative.key ?? {}, demand(alternative)),
    compile: (alternative) => {
      const matcherOf = compilePublic(alternative);
      return (secret) => {
        const key = publicKeyOf(secret, alternative.key ?? {}, demand(alternative));
        return key === undefined ? undefined : matcherOf(key);
      };
    },
    compilePublic,
  };
}
