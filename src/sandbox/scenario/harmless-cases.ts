import { tokenSigner } from '../partner-simulator/signers';
import { type Cast } from './cast';
import { type CourierCases } from './courier-cases';
import { type DemoCase, type Expected } from './demo-case';
import { replaced } from './derived-body';
import { type ParcelStory } from './parcel-story';

const AN_HOUR = 3_600;

/** Sent again: signed anew, with the same content. */
const again = (first: DemoCase, name: string): DemoCase => ({
  ...first,
  name,
  expected: { outcome: 'duplicate', of: first },
});

export const repeatedCases = (couriers: CourierCases, story: ParcelStory): readonly DemoCase[] => [
  again(couriers.easypost, 'tracker.updated, sent again'),
  again(couriers.outForDelivery, 'scan push: dispatched, sent again'),
  again(story.delivered, 'delivered, sent again'),
];

const refusedAs = (code: string): Expected => ({ outcome: 'refused', status: 401, code });

/** Captured or made up by somebody who does not know the secret, or captured and played again much later. */
export function refusedCases(cast: Cast, couriers: CourierCases, story: ParcelStory): readonly DemoCase[] {
  const { body } = couriers.easypost.delivery;
  return [
    {
      partner: cast.easypost,
      name: 'forged: number changed after signing',
      origin: 'derived',
      delivery: {
        body: replaced(Buffer.from(body), '"tracking_code":"1"', '"tracking_code":"2"'),
        signedBody: body,
      },
      expected: refusedAs('INVALID_SIGNATURE'),
    },
    {
      ...couriers.manifested,
      name: 'forged: a guessed token',
      delivery: { ...couriers.manifested.delivery, signer: tokenSigner('x-delhivery-token', 'guessed') },
      expected: refusedAs('INVALID_SIGNATURE'),
    },
    {
      ...couriers.shippoTest,
      name: 'stale: signed an hour ago',
      delivery: { ...couriers.shippoTest.delivery, ageSeconds: AN_HOUR },
      expected: refusedAs('STALE_TIMESTAMP'),
    },
    {
      ...story.announced,
      name: 'stale: signed an hour ago',
      delivery: { ...story.announced.delivery, ageSeconds: AN_HOUR },
      expected: refusedAs('STALE_TIMESTAMP'),
    },
  ];
}
