import { createHmac, randomUUID } from 'node:crypto';
import { ADMIN_API_KEY, type GatewayProcess } from '../support/gateway-process';
import { type Answer, call } from '../support/http';
import { until } from '../support/until';

const SECRET = 'the secret of a partner of these tests';
const DOCUMENT = {
  signature: { type: 'hmac', from: { header: 'x-signature' } },
  dedupe: { body: '/id' },
  mapping: { event: { trackingNumber: '/parcel', status: '/state' }, status: { MOVING: 'in_transit' } },
  secrets: [{ value: SECRET }],
};

const HEADERS = { 'content-type': 'application/json' };

export const aBody = (over: object = {}): string =>
  JSON.stringify({ id: randomUUID(), parcel: 'P-1', state: 'MOVING', ...over });

/** A partner that signs the body, or what `over` says, in every process of a test. */
export class HmacPartner {
  constructor(
    readonly id: string,
    private readonly gateways: readonly GatewayProcess[],
  ) {}

  async make(over: object = {}): Promise<this> {
    const [first] = this.gateways;
    const json = { id: this.id, ...DOCUMENT, ...over };
    const made = await call('POST', `${first?.url}/v1/admin/partners`, { bearer: ADMIN_API_KEY, json });
    if (made.status !== 201) throw new Error(made.text);
    await Promise.all(this.gateways.map((gateway) => this.known(gateway)));
    return this;
  }

  /** `signed`: what the signature is about where that is not the body. */
  send(body: string, { gateway, signed = body, headers, query = '' }: SendOptions = {}): Promise<Answer> {
    const signature = createHmac('sha256', SECRET).update(signed).digest('hex');
    return call('POST', `${(gateway ?? this.gateways[0])?.url}/v1/webhooks/${this.id}${query}`, {
      headers: { ...HEADERS, 'x-signature': signature, ...headers },
      body,
    });
  }

  unsigned(gateway = this.gateways[0], headers: Record<string, string> = {}): Promise<Answer> {
    const init = { headers: { ...HEADERS, ...headers }, body: aBody() };
    return call('POST', `${gateway?.url}/v1/webhooks/${this.id}`, init);
  }

  /** Asked without a signature, so that nothing is taken from its limit. */
  private async known(gateway: GatewayProcess): Promise<void> {
    const answers = async () => (await this.unsigned(gateway)).status !== 404;
    await until(answers, { what: `partner ${this.id} at ${gateway.url}` });
  }
}

export interface SendOptions {
  readonly gateway?: GatewayProcess | undefined;
  readonly signed?: string;
  readonly headers?: Record<string, string>;
  readonly query?: string;
}
