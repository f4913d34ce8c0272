import { isDeepStrictEqual } from 'node:util';
import { Injectable, Logger } from '@nestjs/common';
import { foldHistory, type ShipmentState } from '#domain/shipments/fold';
import { ParcelsRepository } from '#domain/shipments/parcels.repository';
import { type Shipment, type ShipmentKey } from '#domain/shipments/shipment';
import { type RecordedShipmentEvent } from '#domain/shipments/shipment-event';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { type ShipmentChange, ShipmentRepository } from '#domain/shipments/shipment.repository';
import { isOutage } from '#platform/mongo/outage';
import { saveUntilWon } from '../save-until-won';

export interface Rebuilt {
  /** Shipments that were not what their history says; by id. */
  readonly changed: readonly string[];
  /** Left as they were; the log says why. */
  readonly failed: readonly string[];
}

interface Draft {
  readonly id: string;
  readonly change: ShipmentChange;
  readonly wasRight: boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** Folds whole histories again, whatever their shipments say, and whoever else writes them meanwhile. */
@Injectable()
export class ShipmentRebuilder {
  private readonly logger = new Logger('Rebuild');

  constructor(
    private readonly parcels: ParcelsRepository,
    private readonly shipments: ShipmentRepository,
    private readonly history: ShipmentHistoryRepository,
  ) {}

  /**
   * A parcel without a history is left alone, and so is a shipment that is right; but not where the history itself was
   * `revised`: there the version rises in any case, so that who read it before reads again. Rejects on an outage.
   */
  async rebuild(ids: readonly string[], revised: ReadonlySet<string> = NONE): Promise<Rebuilt> {
    try {
      await this.parcels.numberVersions(ids);
      return await this.together(ids, revised);
    } catch (error) {
      if (isOutage(error)) throw error;
      if (ids.length > 1) return this.oneByOne(ids, revised);
      this.logger.warn({ err: error, shipmentIds: ids }, 'shipment could not be rebuilt');
      return { changed: [], failed: ids };
    }
  }

  /** One that the store does not take must not keep the others from it. */
  private async oneByOne(ids: readonly string[], revised: ReadonlySet<string>): Promise<Rebuilt> {
    const all: Rebuilt[] = [];
    for (const id of ids) all.push(await this.rebuild([id], revised));
    return {
      changed: all.flatMap(({ changed }) => changed),
      failed: all.flatMap(({ failed }) => failed),
    };
  }

  private async together(ids: readonly string[], revised: ReadonlySet<string>): Promise<Rebuilt> {
    const mended = new Set<string>();
    const incomplete = new Set<string>();
    const open = await saveUntilWon(this.shipments, ids, async (again) => {
      for (const id of again) mended.delete(id);
      const drafts = await this.drafts(again, revised, incomplete);
      for (const { id, wasRight } of drafts) if (!wasRight) mended.add(id);
      return drafts.map(({ change }) => change);
    });
    this.tell(open, 'shipments were changed by others all the time');
    this.tell([...incomplete], 'shipments are left as they are: some of their history may have expired');
    const changed = [...mended].filter((id) => !open.includes(id));
    return { changed, failed: [...open, ...incomplete] };
  }

  /** The shipments are read before their histories: what is told in between raises the version, and the write is lost. */
  private async drafts(
    ids: readonly string[],
    revised: ReadonlySet<string>,
    incomplete: Set<string>,
  ): Promise<readonly Draft[]> {
    const current = await this.shipments.load(ids);
    const histories = await this.history.ofShipments(ids);
    return ids.flatMap((id) => {
      const shipment = current.get(id);
      const draft = draftOf(id, shipment, histories.get(id) ?? []);
      if (draft === undefined || (draft.wasRight && !revised.has(id))) return [];
      if (shipment === undefined || this.history.isWhole(shipment)) return [draft];
      incomplete.add(id);
      return [];
    });
  }

  private tell(shipmentIds: readonly string[], what: string): void {
    if (shipmentIds.length > 0) this.logger.warn({ shipmentIds }, what);
  }
}

function draftOf(
  id: string,
  shipment: Shipment | undefined,
  history: readonly RecordedShipmentEvent[],
): Draft | undefined {
  const [first] = history;
  if (first === undefined) return undefined;
  const key = { partnerId: first.partnerId, trackingNumber: first.trackingNumber };
  const state = foldHistory(history);
  const wasRight = shipment !== undefined && isRight(shipment, key, state);
  const now = new Date();
  const change = {
    key,
    from: shipment?.version,
    createdAt: dateOf(shipment?.createdAt) ?? firstRecorded(history),
    updatedAt: wasRight ? shipment.updatedAt : now,
    state,
  };
  return { id, change, wasRight };
}

/** Spoilt by hand, it may hold anything. */
const dateOf = (value: unknown): Date | undefined => (value instanceof Date ? value : undefined);

/** Nothing is missing, and nothing is there beside it. */
function isRight(shipment: Shipment, key: ShipmentKey, state: ShipmentState): boolean {
  const { version, createdAt, updatedAt, ...told } = shipment;
  const isDated = dateOf(createdAt) !== undefined && dateOf(updatedAt) !== undefined;
  return version >= 1 && isDated && isDeepStrictEqual(told, { ...key, ...state });
}

const firstRecorded = (history: readonly RecordedShipmentEvent[]): Date =>
  new Date(Math.min(...history.map(({ recordedAt }) => recordedAt.getTime())));
