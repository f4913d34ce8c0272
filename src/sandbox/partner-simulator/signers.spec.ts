import { createHmac } from 'node:crypto';
import { Samples } from '../samples/samples';
import { easypostSigner, type Message, shippoSigner, standardWebhooksSigner, tokenSigner } from './signers';

const message = (over: Partial<Message> = {}): Message => ({
  id: 'msg_1',
  body: Buffer.from('{"test": 2432232314}'),
  sentAt: new Date(1_614_265_330_000),
  ...over,
});

describe('easypostSigner', () => {
  // EasyPost/easypost-node@ac2a73296f test/services/webhook.test.js, the body from EasyPost/examples@112a6d1906.
  it("makes the signature that EasyPost's own client library expects of its published body", () => {
    const { body } = Samples.read().take('easypost-tracker-updated.json');

    expect(easypostSigner('sécret')(message({ body }))).toEqual({
      'x-hmac-signature': 'hmac-sha256-hex=38f3f53c103713df81616a0a186d77141957323ec21d5fe9363db93840f527db',
    });
  });

  it('takes one secret for the same, however its letters are composed', () => {
    const composed = easypostSigner('s\u00e9cret')(message());

    expect(easypostSigner('se\u0301cret')(message())).toEqual(composed);
  });
});

describe('shippoSigner', () => {
  it('signs time and body as "t.body", hex, in one header', () => {
    const expected = createHmac('sha256', 'secret').update('1614265330.{"test": 2432232314}').digest('hex');

    expect(shippoSigner('secret')(message())).toEqual({
      'shippo-auth-signature': `t=1614265330,v1=${expected}`,
    });
  });
});

describe('tokenSigner', () => {
  it('puts the agreed value into the agreed header', () => {
    expect(tokenSigner('x-delhivery-token', 'agreed')(message())).toEqual({ 'x-delhivery-token': 'agreed' });
  });
});

describe('standardWebhooksSigner', () => {
  // standard-webhooks/standard-webhooks@b2fa7b8719 libraries/javascript/src/webhook.test.ts, "sign function works".
  it('makes the published signature', () => {
    const sign = standardWebhooksSigner('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');

    expect(sign(message({ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek' }))).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('takes the bytes of a secret without the prefix as they are', () => {
    const key = Buffer.from('twenty-four letters or more');
    const bare = standardWebhooksSigner(key.toString())(message());

    expect(standardWebhooksSigner(`whsec_${key.toString('base64')}`)(message())).toEqual(bare);
  });
});
