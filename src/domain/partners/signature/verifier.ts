import { type Verdict, type WebhookRequest } from '../compiled-partner';
import { type AlternativesSettings, compileAlternatives } from './compile-alternatives';
import { KeySetUnavailableError } from './key-set-unavailable';
import { type Accepted, type Prover, type Refused } from './outcome';
import { RequestView, type ViewSettings } from './request-view';

type Valid = Extract<Verdict, { readonly valid: true }>;

/** Digests what was signed only for those who ask. */
class ValidVerdict implements Valid {
  readonly valid = true;
  readonly covers: Valid['covers'];
  readonly secretId: Valid['secretId'];
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

export type VerifierSettings = ViewSettings & AlternativesSettings;

/** Tries the alternatives in order; one is enough. */
export class Verifier {
  /** False for partners that have all they need at hand. */
  readonly mustPrepare: boolean;
  private readonly provers: readonly Prover[];

  constructor(private readonly settings: VerifierSettings) {
    this.provers = compileAlternatives(settings);
    this.mustPrepare = settings.alternatives.some(({ key }) => key?.jwks !== undefined);
  }

  /** Throws `KeySetUnavailableError` where a key out of reach could have made the difference. */
  verify(request: WebhookRequest, now: Date): Verdict {
    const view = new RequestView(request, this.settings);
    let furthest: Refused = { ok: false, reason: 'no_live_secret', stage: -1 };
    let undecided: string | undefined;
    for (const prover of this.provers) {
      const attempt = prover.verify(view, now.getTime());
      if (attempt.ok) return new ValidVerdict(prover.name, attempt);
      if (attempt.reason === 'key_set_unavailable') undecided = prover.name;
      if (attempt.stage > furthest.stage) furthest = attempt;
    }
    if (undecided === undefined) return refusalOf(furthest);
    throw new KeySetUnavailableError(
      `the key set of the signature alternative "${undecided}" could not be read: see that its address answers`,
    );
  }

  /** Fetches what `verify` cannot wait for. Never rejects: `verify` knows what is missing. */
  prepare(request: WebhookRequest): Promise<unknown> | undefined {
    const view = new RequestView(request, this.settings);
    const pending = this.provers.flatMap((prover) => prover.prepare?.(view) ?? []);
    return pending.length === 0 ? undefined : Promise.all(pending);
  }
}
