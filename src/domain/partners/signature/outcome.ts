import { type RefusalReason } from './reading';
import { type RequestView } from './request-view';
import { type Coverage } from './signed-string';

/** How far a request got; of several alternatives the one that got furthest says why it was refused. */
export const STAGE = { keys: 0, candidates: 1, presence: 2, signature: 3, bodyDigest: 4, time: 5 } as const;

export interface Refused {
  readonly ok: false;
  readonly reason: RefusalReason;
  readonly stage: number;
}

export interface Accepted {
  readonly ok: true;
  /** `null`: none of the partner's own secrets, but a key that the sender publishes, or no key at all. */
  readonly secretId: string | null;
  readonly covers: Coverage;
  nonce(): string;
}

export const refused = (reason: RefusalReason, stage: number): Refused => ({ ok: false, reason, stage });

/** One way in which a request may prove where it is from. */
export interface Prover {
  readonly name: string;
  verify(view: RequestView, now: number): Accepted | Refused;
  /** Fetches what the check itself cannot wait for. Never rejects; `undefined` where there is nothing to wait for. */
  prepare?(view: RequestView): Promise<void> | undefined;
}
