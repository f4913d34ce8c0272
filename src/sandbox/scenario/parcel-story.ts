import { type CastMember } from './cast';
import { type DemoCase } from './demo-case';

const HOUR_MS = 3_600_000;

interface Scene {
  readonly status: string;
  readonly hoursAgo: number;
  readonly location: string;
  readonly description: string;
}

const SCENES = {
  announced: { status: 'info_received', hoursAgo: 72, location: 'Hamburg, DE', description: 'Label created' },
  pickedUp: {
    status: 'picked_up',
    hoursAgo: 60,
    location: 'Hamburg, DE',
    description: 'Picked up by the driver',
  },
  delivered: {
    status: 'delivered',
    hoursAgo: 1,
    location: 'Leipzig, DE',
    description: 'Handed over at the door',
  },
  inTransit: {
    status: 'in_transit',
    hoursAgo: 48,
    location: 'Hannover, DE',
    description: 'Left the sorting centre',
  },
  onTheVan: { status: 'out_for_delivery', hoursAgo: 6, location: 'Leipzig, DE', description: 'On the van' },
} as const satisfies Record<string, Scene>;

type SceneName = keyof typeof SCENES;

export type ParcelStory = ReturnType<typeof parcelStory>;

/** One parcel of a partner that sends canonical events, and tells the end before the middle. */
export function parcelStory(partner: CastMember, run: string) {
  const now = Date.now();
  const trackingNumber = `DEMO-${run}`;
  const told = (scene: SceneName) => ({
    status: SCENES[scene].status,
    occurredAt: new Date(now - SCENES[scene].hoursAgo * HOUR_MS).toISOString(),
  });
  const tell = (scene: SceneName, name: string): DemoCase => ({
    partner,
    name,
    origin: 'canonical',
    delivery: { body: canonicalEvent(run, scene, told(scene).occurredAt) },
    expected: { outcome: 'applied' },
  });
  return {
    trackingNumber,
    told,
    announced: tell('announced', 'info_received'),
    pickedUp: tell('pickedUp', 'picked_up'),
    delivered: tell('delivered', 'delivered'),
    inTransit: tell('inTransit', 'in_transit, late'),
    onTheVan: tell('onTheVan', 'out_for_delivery, late'),
  };
}

function canonicalEvent(run: string, scene: SceneName, occurredAt: string): Buffer {
  const { status, location, description } = SCENES[scene];
  const key = `demo-${run}-${status}`;
  return Buffer.from(
    JSON.stringify({
      schemaVersion: '1',
      eventId: key,
      eventType: 'shipment.status_changed',
      occurredAt,
      source: 'demonstration',
      idempotencyKey: key,
      payload: {
        shipmentId: `SHP-${run}`,
        orderId: `ORD-${run}`,
        trackingNumber: `DEMO-${run}`,
        status,
        location,
        description,
      },
    }),
  );
}
