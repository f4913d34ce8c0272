import { Injectable } from '@nestjs/common';
import { type CompiledPartner } from '#domain/partners/compiled-partner';
import { admit } from '#platform/limits/admit';
import { Limiter } from '#platform/limits/limiter';
import { SharedBuckets } from '#platform/limits/shared-buckets';
import { IntakeSettings } from './intake-settings';

const SCOPE = 'partner';
/** What a partner without a `burst` of its own may send at once. */
const BURST_SECONDS = 2;

/** What each partner may send; asked after its signature, so that nobody else can use it up. */
@Injectable()
export class PartnerLimiters {
  /** By the compiled partner: a change of its document makes a new one. `null`: no limit. */
  private readonly limiters = new WeakMap<CompiledPartner, Limiter | null>();

  constructor(
    private readonly buckets: SharedBuckets,
    private readonly settings: IntakeSettings,
  ) {}

  /** Throws 429, or gives a promise that may reject with it; `undefined`: go on. */
  admit(partner: CompiledPartner): Promise<void> | undefined {
    let limiter = this.limiters.get(partner);
    if (limiter === undefined) this.limiters.set(partner, (limiter = this.limiterOf(partner)));
    return limiter === null ? undefined : admit(limiter, 'This partner sends more than it may.');
  }

  private limiterOf({ id, limits }: CompiledPartner): Limiter | null {
    const perSecond = limits.perSecond ?? this.settings.partnerPerSecond;
    if (perSecond === 0) return null;
    const limit = { perSecond, burst: limits.burst ?? Math.ceil(perSecond * BURST_SECONDS) };
    return new Limiter({ scope: SCOPE, key: this.buckets.keyOf(SCOPE, id), limit }, this.buckets);
  }
}
