import { type Sample, type Samples } from '../samples/samples';
import { type CourierCases } from './courier-cases';
import { type DemoCase, type ExpectedMoment, type ExpectedShipment } from './demo-case';
import { type ParcelStory } from './parcel-story';
import { type UnmappableCases } from './unmappable-cases';

type Told = Pick<ExpectedMoment, 'status' | 'occurredAt'>;

const moment = (of: DemoCase, { status, occurredAt }: Told, late = false): ExpectedMoment => ({
  of,
  status,
  ...(occurredAt !== undefined && { occurredAt }),
  late,
});

/** The parcel that the published body is about. */
const parcelOf = (
  { partner }: DemoCase,
  { trackingNumber, status }: Sample,
  timeline: readonly ExpectedMoment[],
): ExpectedShipment => ({ partnerId: partner.id, trackingNumber, status, timeline });

export function courierShipments(cases: CourierCases, samples: Samples): readonly ExpectedShipment[] {
  const easypost = samples.take('easypost-tracker-updated.json');
  const shippo = samples.take('shippo-track-updated.json');
  const manifested = samples.take('delhivery-manifested.json');
  const dispatched = samples.take('delhivery-out-for-delivery.json');
  const delivered = samples.take('delhivery-delivered.json');
  const upsOut = samples.take('ups-track-alert-out-for-delivery.json');
  const upsDelivered = samples.take('ups-track-alert-delivered.json');
  return [
    parcelOf(cases.easypost, easypost, easypostHistory(cases.easypost, easypost)),
    parcelOf(cases.shippoLive, shippo, [moment(cases.shippoLive, shippo)]),
    parcelOf(cases.manifested, manifested, [moment(cases.manifested, manifested)]),
    parcelOf(cases.delivered, delivered, [
      moment(cases.outForDelivery, dispatched, true),
      moment(cases.delivered, delivered),
    ]),
    parcelOf(cases.upsDelivered, upsDelivered, [
      moment(cases.upsOutForDelivery, upsOut, true),
      moment(cases.upsDelivered, upsDelivered),
    ]),
  ];
}

/** Told by one body: the label, then scans of which the newest is the parcel's state. */
function easypostHistory(of: DemoCase, newest: Sample): readonly ExpectedMoment[] {
  const scansBetween = Array.from({ length: newest.scans - 2 }, () => moment(of, { status: 'in_transit' }));
  return [moment(of, { status: 'info_received' }), ...scansBetween, moment(of, newest)];
}

export function storyShipment(story: ParcelStory): ExpectedShipment {
  const { announced, pickedUp, inTransit, onTheVan, delivered, told } = story;
  return {
    partnerId: delivered.partner.id,
    trackingNumber: story.trackingNumber,
    status: 'delivered',
    timeline: [
      moment(announced, told('announced')),
      moment(pickedUp, told('pickedUp')),
      moment(inTransit, told('inTransit'), true),
      moment(onTheVan, told('onTheVan'), true),
      moment(delivered, told('delivered')),
    ],
  };
}

export function repairedShipment({ nameless, trackingNumber, told }: UnmappableCases): ExpectedShipment {
  return {
    partnerId: nameless.partner.id,
    trackingNumber,
    status: told.status,
    timeline: [moment(nameless, told)],
  };
}
