import { type Sample, type Samples } from '../samples/samples';
import { type Cast, type CastMember } from './cast';
import { type DemoCase } from './demo-case';
import { replaced } from './derived-body';

export type CourierCases = ReturnType<typeof courierCases>;

/** What the couriers published, sent as it is. Two parcels are told of in the wrong order. */
export function courierCases(cast: Cast, samples: Samples) {
  const shippo = samples.take('shippo-track-updated.json');
  const real = (partner: CastMember, file: string, name: string): DemoCase => ({
    partner,
    name,
    origin: 'real',
    delivery: { body: samples.take(file).body },
    expected: { outcome: 'applied' },
  });
  return {
    easypost: real(cast.easypost, 'easypost-tracker-updated.json', 'tracker.updated, seven scans'),
    shippoTest: {
      ...real(cast.shippo, 'shippo-track-updated.json', 'track_updated, marked as a test'),
      expected: { outcome: 'ignored' },
    },
    shippoLive: liveShippo(cast, shippo),
    manifested: real(cast.delhivery, 'delhivery-manifested.json', 'scan push: manifested'),
    delivered: real(cast.delhivery, 'delhivery-delivered.json', 'scan push: delivered'),
    outForDelivery: real(cast.delhivery, 'delhivery-out-for-delivery.json', 'scan push: dispatched, late'),
    upsDelivered: real(cast.ups, 'ups-track-alert-delivered.json', 'Track Alert: delivered'),
    upsOutForDelivery: real(
      cast.ups,
      'ups-track-alert-out-for-delivery.json',
      'Track Alert: out for delivery, late',
    ),
  } as const satisfies Record<string, DemoCase>;
}

const liveShippo = ({ shippo: partner }: Cast, { body }: Sample): DemoCase => ({
  partner,
  name: 'the same, not marked as a test',
  origin: 'derived',
  delivery: { body: replaced(body, '"test":true', '"test":false') },
  expected: { outcome: 'applied' },
});
