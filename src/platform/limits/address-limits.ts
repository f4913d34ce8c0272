import { Injectable } from '@nestjs/common';
import { type ProblemError } from '#platform/http/problem';
import { RefusalLimit } from '#platform/http/refusal-limit';
import { addressKey } from './address-key';
import { admit } from './admit';
import { Limiter } from './limiter';
import { rateLimited } from './rate-limited';
import { Recent } from './recent';
import { SharedBuckets } from './shared-buckets';

/** 0: no limit. */
export interface AddressLimitsSettings {
  readonly perMinute: number;
  readonly refusedPerMinute: number;
}

/** Addresses that a process remembers, some 500 bytes each; of the others Redis alone knows. */
const KNOWN_ADDRESSES = 20_000;
/** What a trusted proxy hands on may be anything; an IPv6 address with a zone stays below this. */
const LONGEST_ADDRESS = 64;
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404]);

/** What one address may send, whoever it says it is. */
@Injectable()
export class AddressLimits extends RefusalLimit {
  private readonly all: Recent<Limiter> | undefined;
  private readonly refused: Recent<Limiter> | undefined;

  constructor(
    private readonly buckets: SharedBuckets,
    settings: AddressLimitsSettings,
  ) {
    super();
    this.all = this.limiters('address', settings.perMinute);
    this.refused = this.limiters('refused', settings.refusedPerMinute);
  }

  /** Throws 429, or gives a promise that may reject with it; `undefined`: go on. */
  admit(address: string): Promise<void> | undefined {
    if (this.all === undefined) return undefined;
    return admit(limiterOf(this.all, address), 'Too many requests came from this address.');
  }

  override async insteadOf(address: string, refusal: ProblemError): Promise<ProblemError> {
    if (this.refused === undefined || !REFUSALS.has(refusal.status)) return refusal;
    const limiter = limiterOf(this.refused, address);
    const wait = await limiter.take();
    if (wait === 0) return refusal;
    return rateLimited(limiter.limited, wait, 'Too many requests from this address were refused.');
  }

  /** A minute's worth at once, and as much in every further minute. */
  private limiters(scope: string, perMinute: number): Recent<Limiter> | undefined {
    if (perMinute === 0) return undefined;
    const limit = { perSecond: perMinute / 60, burst: perMinute };
    const make = (name: string): Limiter =>
      new Limiter({ scope, key: this.buckets.keyOf(scope, name), limit }, this.buckets);
    const byKey = new Recent(KNOWN_ADDRESSES, make);
    // By the text as it came: to read an IPv6 address costs as much as to check a signature.
    return new Recent(KNOWN_ADDRESSES, (address) => byKey.of(addressKey(address)));
  }
}

const limiterOf = (known: Recent<Limiter>, address: string): Limiter =>
  known.of(address.length > LONGEST_ADDRESS ? '' : address);
