import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { advance, foldHistory, foldOnto, NO_STATE, type ShipmentState } from '#domain/shipments/fold';
import { type Shipment, shipmentIdOf } from '#domain/shipments/shipment';
import { type RecordedShipmentEvent, type ShipmentEvent } from '#domain/shipments/shipment-event';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { type ShipmentChange, ShipmentRepository } from '#domain/shipments/shipment.repository';
import { historyIdOf } from '#domain/shipments/shipments.schema';
import { groupBy } from '#platform/grouping/group-by';
import { together } from '#platform/grouping/together';
import { saveUntilWon } from './save-until-won';

/** Others kept changing the same parcels; time heals it. */
export class ContentionError extends Error {
  constructor(parcels: number) {
    super(`${parcels} parcel(s) were changed by others all the time`);
  }
}

/** What events of one parcel would make of its shipment. */
export interface ParcelPreview {
  /** As it stands. */
  readonly shipment: Shipment | undefined;
  readonly events: readonly ShipmentEvent[];
  /**
   * The one that would be the state and is not yet: one of these, or one that the history has had for long and that
   * became nothing when it came.
   */
  readonly becomesState: ShipmentEvent | RecordedShipmentEvent | undefined;
}

/** Brings shipments up to what their history says, whoever else writes them meanwhile. */
@Injectable()
export class ShipmentProjector {
  /** Asked for many events one by one at the same moment. */
  private readonly asItStands = together(async (wanted: readonly (readonly ShipmentEvent[])[]) => {
    const events = wanted.flat();
    const ids = [...new Set(events.map(shipmentIdOf))];
    const current = await this.shipments.load(ids);
    const recorded = await this.history.recorded(events);
    return wanted.map(() => ({ current, recorded }));
  });

  constructor(
    private readonly shipments: ShipmentRepository,
    private readonly history: ShipmentHistoryRepository,
  ) {}

  /**
   * Which of these events, of one parcel each or many, would be the state of its shipment once all of them are in the
   * history. Nothing is written.
   */
  async preview(events: readonly ShipmentEvent[]): Promise<readonly ParcelPreview[]> {
    const parcels = groupBy(events, shipmentIdOf);
    const { current, recorded } = await this.asItStands(events);
    const next = new Map([...parcels].map(([id, told]) => [id, advanceAll(current.get(id), told)]));
    const toFold = [...parcels.keys()].filter((id) => next.get(id) === undefined);
    const histories: ReadonlyMap<string, readonly RecordedShipmentEvent[]> =
      toFold.length > 0 ? await this.history.ofShipments(toFold) : new Map();
    return [...parcels].map(([id, told]) => {
      const shipment = current.get(id);
      const history = histories.get(id) ?? [];
      const fresh = told.filter((event) => !recorded.has(historyIdOf(event)));
      const state = next.get(id) ?? this.fold(shipment, [...history, ...fresh]);
      // What the history has is taken as it is there, with what was decided about it.
      const events = told.map((event) => recorded.get(historyIdOf(event)) ?? event);
      const isState = ({ eventKey }: ShipmentEvent): boolean => eventKey === state.place?.eventKey;
      const isNews = state.place?.eventKey !== shipment?.place?.eventKey;
      const known = isNews ? [...events, ...history].find(isState) : undefined;
      return { shipment, events, becomesState: fresh.find(isState) ?? known };
    });
  }

  /** The events must be in the history already: a race that is lost is settled by reading it again. */
  async project(events: readonly ShipmentEvent[]): Promise<void> {
    const parcels = groupBy(events, shipmentIdOf);
    const open = await saveUntilWon(this.shipments, [...parcels.keys()], (ids) =>
      this.changesFor(ids, parcels),
    );
    if (open.length > 0) throw new ContentionError(open.length);
  }

  private async changesFor(
    ids: readonly string[],
    parcels: ReadonlyMap<string, readonly ShipmentEvent[]>,
  ): Promise<ShipmentChange[]> {
    const current = await this.shipments.load(ids);
    const next = new Map<string, ShipmentState | undefined>();
    for (const id of ids) next.set(id, advanceAll(current.get(id), parcels.get(id) ?? []));
    const toFold = ids.filter((id) => next.get(id) === undefined);
    if (toFold.length > 0) {
      for (const [id, history] of await this.history.ofShipments(toFold))
        next.set(id, this.fold(current.get(id), history));
    }
    const folded = new Set(toFold);
    return ids.flatMap((id) => changeOf(current.get(id), parcels.get(id)?.[0], next.get(id), folded.has(id)));
  }

  /** Of a shipment that is older than what is kept, some of the history may have expired: its state stands for that. */
  private fold(shipment: Shipment | undefined, history: readonly ShipmentEvent[]): ShipmentState {
    if (shipment === undefined || this.history.isWhole(shipment)) return foldHistory(history);
    return foldOnto(stateOf(shipment), history);
  }
}

const stateOf = ({
  partnerId,
  trackingNumber,
  version,
  createdAt,
  updatedAt,
  ...state
}: Shipment): ShipmentState => state;

/** `undefined`: only the whole history can tell. */
function advanceAll(
  shipment: Shipment | undefined,
  events: readonly ShipmentEvent[],
): ShipmentState | undefined {
  let state: ShipmentState | undefined = shipment ? stateOf(shipment) : NO_STATE;
  for (const event of events) {
    if (state === undefined) return undefined;
    state = advance(state, event);
  }
  return state;
}

/**
 * A fold is written also where it changes nothing: another writer may have read the history before this event was in
 * it, and learns only by the version that it must read again.
 */
function changeOf(
  shipment: Shipment | undefined,
  event: ShipmentEvent | undefined,
  state: ShipmentState | undefined,
  folded: boolean,
): ShipmentChange[] {
  if (event === undefined || state === undefined) return [];
  const same = shipment !== undefined && isDeepStrictEqual(stateOf(shipment), state);
  if (same && !folded) return [];
  const { partnerId, trackingNumber } = event;
  const now = new Date();
  return [
    {
      key: { partnerId, trackingNumber },
      from: shipment?.version,
      createdAt: shipment?.createdAt ?? now,
      updatedAt: same ? shipment.updatedAt : now,
      state,
    },
  ];
}
