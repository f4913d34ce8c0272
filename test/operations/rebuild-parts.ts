import { type OperationOf } from '#domain/operations/operation';
import { OperationRepository } from '#domain/operations/operation.repository';
import { OPERATIONS } from '#domain/operations/operations.schema';
import { PARTNERS } from '#domain/partners/partners.schema';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { type ParcelFilter } from '#domain/shipments/parcel-filter';
import { ParcelsToRebuild } from '#domain/shipments/parcels-to-rebuild';
import { ParcelsRepository } from '#domain/shipments/parcels.repository';
import { type ShipmentEvent } from '#domain/shipments/shipment-event';
import { HistoryRevisionRepository } from '#domain/shipments/history-revision.repository';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { type ShipmentDocument, SHIPMENT_EVENTS, SHIPMENTS } from '#domain/shipments/shipments.schema';
import { Database } from '#platform/mongo/database';
import { LEASES } from '#platform/mongo/leases.schema';
import { RebuildShipments } from '#processing/operations/rebuild-shipments';
import { ShipmentRebuilder } from '#processing/operations/shipment-rebuilder';
import { ShipmentProjector } from '#processing/shipment-projector';
import { migratedDatabase } from '../support/migrated-database';

export type RebuildParts = Awaited<ReturnType<typeof startRebuildParts>>;
type Rebuild = OperationOf<'rebuild_shipments'>;

const DECLARATIONS = [SHIPMENT_EVENTS, SHIPMENTS, OPERATIONS, PARTNERS, LEASES];

export interface PartsOptions {
  readonly historyTtlDays?: number;
  /** A database that somebody else has made; default: one of this test file. */
  readonly uri?: string;
  readonly dbName?: string;
}

function given(uri: string, dbName: string) {
  const pool = { minPoolSize: 1, maxPoolSize: 20 };
  const database = new Database({ uri, dbName, ...pool, reviewReadPreference: 'primary' });
  return { database, close: () => database.onApplicationShutdown() };
}

/** What the live projection and the rebuild are made of, on a real database; nothing runs by itself. */
export async function startRebuildParts({ historyTtlDays, uri, dbName }: PartsOptions = {}) {
  const { database, close } =
    uri === undefined || dbName === undefined ? await migratedDatabase(DECLARATIONS) : given(uri, dbName);
  const history = new ShipmentHistoryRepository(database, new HistoryRevisionRepository(database), {
    historyTtlDays,
  });
  const shipments = new ShipmentRepository(database);
  const parcels = new ParcelsRepository(database);
  const projector = new ShipmentProjector(shipments, history);
  const toRebuild = new ParcelsToRebuild(parcels, shipments, new PartnersRepository(database));
  const rebuilder = new ShipmentRebuilder(parcels, shipments, history);
  const operations = new OperationRepository(database);
  const work = new RebuildShipments(toRebuild, rebuilder);

  /** All pages of it, and what came of them. */
  const run = async (operation: Rebuild, limit = 200) => {
    const total = { done: 0, failed: 0, changed: 0, pages: 0 };
    for (let current = operation; ; total.pages += 1) {
      const { done, failed, changed, cursor } = await work.page(current, limit);
      total.done += done;
      total.failed += failed;
      total.changed += changed;
      if (cursor === undefined) return total;
      current = { ...current, cursor };
    }
  };
  const start = async (filter: ParcelFilter = {}): Promise<Rebuild> => {
    const matched = await toRebuild.count(filter);
    const started = await operations.start({
      kind: 'rebuild_shipments',
      filter,
      matched,
      requestedBy: 'tests',
    });
    if (started.kind !== 'rebuild_shipments') throw new Error('another kind was started');
    return started;
  };

  return {
    database,
    close,
    history,
    shipments,
    projector,
    operations,
    rebuilder,
    toRebuild,
    rebuildShipments: work,
    documents: database.collection(SHIPMENTS),
    start,
    run,
    rebuild: async (filter: ParcelFilter = {}, limit?: number) => run(await start(filter), limit),
    /** As the worker applies a batch. */
    apply: async (events: readonly ShipmentEvent[]): Promise<void> => {
      await history.append(events);
      await projector.project(events);
    },
    /** All shipments without what counts and dates their writes. */
    told: async (): Promise<readonly Partial<ShipmentDocument>[]> => {
      const all = await database.collection(SHIPMENTS).find().sort({ _id: 1 }).toArray();
      return all.map(({ version: _version, updatedAt: _updatedAt, createdAt: _createdAt, ...told }) => told);
    },
  };
}
