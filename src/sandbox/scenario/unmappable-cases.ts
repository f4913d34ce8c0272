import { type Samples } from '../samples/samples';
import { type Cast } from './cast';
import { type DemoCase } from './demo-case';
import { replaced } from './derived-body';

const CUT_AT_BYTES = 600;

export type UnmappableCases = ReturnType<typeof unmappableCases>;

/** Signed right, so accepted and kept, but nothing that could be applied. One is repaired and replayed. */
export function unmappableCases(cast: Cast, samples: Samples, run: string) {
  const dispatched = samples.take('delhivery-out-for-delivery.json');
  const awb = `"AWB":"${dispatched.trackingNumber}"`;
  const trackingNumber = `AWB-${run}`;
  const repaired: unknown = JSON.parse(
    replaced(dispatched.body, awb, `"AWB":"${trackingNumber}"`).toString(),
  );
  return {
    /** The number that the repair puts in. */
    trackingNumber,
    told: { status: dispatched.status, occurredAt: dispatched.occurredAt },
    nameless: {
      partner: cast.delhivery,
      name: 'scan push without its AWB number',
      origin: 'derived',
      delivery: { body: replaced(dispatched.body, `${awb},`, '') },
      expected: {
        outcome: 'replayed',
        reasonCode: 'MISSING_TRACKING_NUMBER',
        repair: { payload: repaired, note: 'the courier told us the number on the phone' },
      },
    } satisfies DemoCase,
    cut: {
      partner: cast.shippo,
      name: 'track_updated, cut in the middle',
      origin: 'derived',
      delivery: { body: samples.take('shippo-track-updated.json').body.subarray(0, CUT_AT_BYTES) },
      expected: { outcome: 'dead_lettered', reasonCode: 'UNPARSABLE_BODY' },
    } satisfies DemoCase,
  };
}
