import { type Delivery } from '../partner-simulator/partner-simulator';
import { type CastMember } from './cast';

/** Whether a courier published the body, we made it of such a one, or it is our own canonical event. */
export type Origin = 'real' | 'derived' | 'canonical';

/** A repaired body and why it was repaired. */
export interface Repair {
  readonly payload: unknown;
  readonly note: string;
}

export type Expected =
  | { readonly outcome: 'applied' }
  | { readonly outcome: 'ignored' }
  | { readonly outcome: 'dead_lettered'; readonly reasonCode: string }
  | { readonly outcome: 'replayed'; readonly reasonCode: string; readonly repair: Repair }
  | { readonly outcome: 'duplicate'; readonly of: DemoCase }
  | { readonly outcome: 'refused'; readonly status: number; readonly code: string };

/** One request, and what has to become of it. */
export interface DemoCase {
  readonly partner: CastMember;
  readonly name: string;
  readonly origin: Origin;
  readonly delivery: Delivery;
  readonly expected: Expected;
}

export interface ExpectedMoment {
  readonly of: DemoCase;
  readonly status: string;
  readonly occurredAt?: string;
  /** It came in after something that happened later. */
  readonly late: boolean;
}

/** Where a parcel has to stand in the end, and by which events, in the order in which they happened. */
export interface ExpectedShipment {
  readonly partnerId: string;
  readonly trackingNumber: string;
  readonly status: string;
  readonly timeline: readonly ExpectedMoment[];
}

export interface Act {
  readonly title: string;
  /** Sent one after the other, each when the one before has come to its end. */
  readonly cases: readonly DemoCase[];
}

export interface Scenario {
  readonly acts: readonly Act[];
  readonly shipments: readonly ExpectedShipment[];
}
