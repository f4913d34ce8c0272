import { type PartnerSecret } from '../document/partner-secret';
import { alternativeName, type AlternativeSpec } from '../document/signature-spec';
import { type Verdict, type WebhookRequest } from '../compiled-partner';
import { type Accepted, Alternative, type Refused } from './alternative';
import { RequestView, type ViewSettings } from './request-view';
import { SIGNATURE_TYPES } from './signature-types';

type Valid = Extract<Verdict, { readonly valid: true }>;

/** Digests what was signed only for those who ask. */
class ValidVerdict implements Valid {
  readonly valid = true;
  readonly covers: Valid['covers'];
  readonly secretId: string;
  readonly #accepted: Accepted;

  constructor(
    readonly alternative: string,
    accepted: Accepted,
  ) {
    this.covers = accepted.covers;
    this.secretId = accepted.secretId;
    this.#accepted = accepted;
  }

  get nonce(): string {
    return this.#accepted.nonce();
  }
}

const refusalOf = ({ reason }: Refused): Verdict => ({
  valid: false,
  code: reason === 'stale' ? 'STALE_TIMESTAMP' : 'INVALID_SIGNATURE',
  reason,
});

export interface VerifierSettings extends ViewSettings {
  readonly alternatives: readonly AlternativeSpec[];
  readonly secrets: readonly PartnerSecret[];
  readonly defaultToleranceSeconds: number;
}

/** Tries the alternatives in order; one is enough. */
export class Verifier {
  private readonly alternatives: readonly Alternative[];

  constructor(private readonly settings: VerifierSettings) {
    const { alternatives, secrets, defaultToleranceSeconds } = settings;
    this.alternatives = alternatives.flatMap((spec, index) => {
      const type = SIGNATURE_TYPES.get(spec.type);
      const name = alternativeName(spec, index);
      return type === undefined
        ? []
        : new Alternative({ name, spec, type, secrets, defaultToleranceSeconds });
    });
  }

  verify(request: WebhookRequest, now: Date): Verdict {
    const view = new RequestView(request, this.settings);
    let furthest: Refused = { ok: false, reason: 'no_live_secret', stage: -1 };
    for (const alternative of this.alternatives) {
      const attempt = alternative.verify(view, now.getTime());
      if (attempt.ok) return new ValidVerdict(alternative.name, attempt);
      if (attempt.stage > furthest.stage) furthest = attempt;
    }
    return refusalOf(furthest);
  }
}
