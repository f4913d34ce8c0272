import { randomUUID } from 'node:crypto';
import { type Answer, send } from '../gateway/http';
import { type Signer } from './signers';

/** What a partner puts on the wire. */
export interface Delivery {
  readonly body: Uint8Array;
  /** What is signed where it is not the body that is sent: a forgery. */
  readonly signedBody?: Uint8Array;
  /** How old the signature claims to be. */
  readonly ageSeconds?: number;
  /** Instead of the partner's own: somebody who does not know the secret. */
  readonly signer?: Signer;
}

/** A courier's side of the line: signs as that courier does and posts to the gateway. */
export class PartnerSimulator {
  constructor(
    private readonly webhookUrl: string,
    private readonly signer: Signer,
  ) {}

  deliver({ body, signedBody = body, ageSeconds = 0, signer = this.signer }: Delivery): Promise<Answer> {
    const sentAt = new Date(Date.now() - ageSeconds * 1000);
    const signed = signer({ id: `msg_${randomUUID()}`, body: signedBody, sentAt });
    return this.post(body, signed);
  }

  /** Refused by a gateway that knows the partner, not found by one that does not. */
  knock(): Promise<Answer> {
    return this.post(Buffer.from('{}'), {});
  }

  private post(body: Uint8Array, signed: Readonly<Record<string, string>>): Promise<Answer> {
    return send('POST', this.webhookUrl, {
      body,
      headers: { 'content-type': 'application/json', ...signed },
    });
  }
}
