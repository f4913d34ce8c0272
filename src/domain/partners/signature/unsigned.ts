import { SENDER_PROOF } from './body-proof';
import { type Accepted, type Prover } from './outcome';
import { type RequestView } from './request-view';
import { Scope } from './scope';

/** Accepts every request: the addresses that may send, which are asked about before, are the only proof. */
export class Unsigned implements Prover {
  constructor(readonly name: string) {}

  verify(view: RequestView): Accepted {
    return {
      ok: true,
      secretId: null,
      covers: SENDER_PROOF.covers,
      nonce: () => SENDER_PROOF.nonce(new Scope(view)),
    };
  }
}
