import { Injectable } from '@nestjs/common';
import { KeyRing } from '#platform/crypto/key-ring';
import { type PartnerSecret } from './document/partner-secret';
import { reservedSourceFault } from './document/reserved-sources';
import { isSecretReference } from './document/secret-faults';
import { type StoredSecret } from './stored-partner';

/** Gives the text behind `env:NAME` or `file:/path`; `undefined` where there is none. */
export type ResolveReference = (reference: string) => string | undefined;

/** A value that this process cannot get at: a fault of the deployment, never of the sender. */
export class SecretUnavailableError extends Error {
  override readonly name = 'SecretUnavailableError';
  readonly code = 'SECRET_UNAVAILABLE';
}

/** A sealed value opens for this partner and this secret only. */
const contextOf = (partnerId: string, secretId: string): string => `partner:${partnerId}:secret:${secretId}`;

const digestContextOf = (partnerId: string): string => `partner:${partnerId}:file`;

/** The way of secret values into the database and out of it: encrypted, or not at all. */
@Injectable()
export class PartnerSecrets {
  constructor(
    private readonly keyRing: KeyRing,
    /** Reads what a reference leads to. */
    readonly resolve: ResolveReference,
  ) {}

  toStored(partnerId: string, { value, ...facts }: PartnerSecret): StoredSecret {
    if (isSecretReference(value)) return { ...facts, reference: value };
    return { ...facts, sealed: this.keyRing.seal(value, contextOf(partnerId, facts.id)) };
  }

  /** The value that keys are made of. Throws where it cannot be had. */
  valueOf(partnerId: string, secret: StoredSecret): string {
    if ('sealed' in secret) return this.open(partnerId, secret);
    // It may have been stored by a version that allowed more.
    const fault = reservedSourceFault(secret.reference);
    if (fault !== undefined) throw new SecretUnavailableError(`secret "${secret.id}" ${fault}`);
    const value = this.resolve(secret.reference);
    if (value !== undefined) return value;
    throw new SecretUnavailableError(
      `secret "${secret.id}" is ${secret.reference}, and there is nothing in this process: ` +
        'set it and start again, or give the secret anew',
    );
  }

  valueIfAny(partnerId: string, secret: StoredSecret): string | undefined {
    try {
      return this.valueOf(partnerId, secret);
    } catch (error) {
      if (error instanceof SecretUnavailableError) return undefined;
      throw error;
    }
  }

  /** Under the newest key. One that does not open stays as it is: nobody loses it by a change beside it. */
  resealed(partnerId: string, secret: StoredSecret): StoredSecret {
    if (!('sealed' in secret)) return secret;
    return { ...secret, sealed: this.keyRing.resealed(secret.sealed, contextOf(partnerId, secret.id)) };
  }

  /** True where an older key, or one that is gone, sealed it. */
  needsReseal(secret: StoredSecret): boolean {
    return 'sealed' in secret && this.keyRing.needsReseal(secret.sealed);
  }

  /** A digest of what may hold secrets could be guessed at, so it is sealed like one. */
  sealedDigest(partnerId: string, digest: string): string {
    return this.keyRing.seal(digest, digestContextOf(partnerId));
  }

  resealedDigest(partnerId: string, sealed: string): string {
    return this.keyRing.resealed(sealed, digestContextOf(partnerId));
  }

  /** False also where its key is gone. */
  isDigest(partnerId: string, sealed: string, digest: string): boolean {
    try {
      return this.keyRing.open(sealed, digestContextOf(partnerId)) === digest;
    } catch {
      return false;
    }
  }

  private open(partnerId: string, { id, sealed }: StoredSecret & { readonly sealed: string }): string {
    try {
      return this.keyRing.open(sealed, contextOf(partnerId, id));
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'it does not open';
      throw new SecretUnavailableError(`secret "${id}": ${reason}`, { cause: error });
    }
  }
}
