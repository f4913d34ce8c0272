import { createHmac } from 'node:crypto';
import { PresetLibrary } from '../preset-library';
import { dryRun } from './dry-run';
import { offlinePartner } from './offline-partner';

const settings = {
  presets: PresetLibrary.load(),
  resolveReference: (reference: string) => (reference === 'env:ACME' ? 'the-secret' : undefined),
  defaultToleranceSeconds: 60,
  defaultBodyBytes: 262_144,
};
const ACME = {
  id: 'acme',
  signature: { type: 'hmac', from: { header: 'x-signature' } },
  mapping: { event: { trackingNumber: '/parcel' } },
};

describe('a partner without a server', () => {
  it.each(['the-secret', 'env:ACME'])('checks signatures by a secret that is %s', async (value) => {
    const made = offlinePartner({ ...ACME, secrets: [{ value }] }, settings);
    if (!made.ok) throw new Error(JSON.stringify(made.faults));
    const body = '{"parcel":"AC-1"}';
    const headers = {
      'content-type': 'application/json',
      'x-signature': createHmac('sha256', 'the-secret').update(body).digest('hex'),
    };
    expect(await dryRun(made.partner, { headers, body })).toMatchObject({
      signature: { valid: true },
      events: [{ trackingNumber: 'AC-1' }],
    });
  });

  it('tells what is wrong with its document, and which references lead nowhere', () => {
    const made = offlinePartner({ ...ACME, secrets: [{ value: 'env:NONE' }], more: 1 }, settings);
    expect(made.ok ? [] : made.faults.map(({ path }) => path)).toEqual(['/secrets/0/value', '/more']);
  });
});
