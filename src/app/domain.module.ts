import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { type AppConfig } from '#config/app-config';
import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { DeadLetterReviewRepository } from '#domain/dead-letters/dead-letter-review.repository';
import { DeadLetterRepository } from '#domain/dead-letters/dead-letter.repository';
import { EventClaimsRepository } from '#domain/events/event-claims.repository';
import { EventEndsRepository } from '#domain/events/event-ends.repository';
import { EventReviewRepository } from '#domain/events/event-review.repository';
import { InboundEventRepository } from '#domain/events/inbound-event.repository';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { UnfinishedEventsRepository } from '#domain/events/unfinished-events.repository';
import { OperationRepository } from '#domain/operations/operation.repository';
import { KeptEventReader } from '#domain/replay/kept-event-reader';
import { KeptEventsRepository } from '#domain/replay/kept-events.repository';
import { ReplayPages } from '#domain/replay/replay-pages';
import { HistoryRevisionRepository } from '#domain/shipments/history-revision.repository';
import { ParcelsToRebuild } from '#domain/shipments/parcels-to-rebuild';
import { ParcelsRepository } from '#domain/shipments/parcels.repository';
import { ShipmentHistoryRepository } from '#domain/shipments/shipment-history.repository';
import { ShipmentRepository } from '#domain/shipments/shipment.repository';
import { Database } from '#platform/mongo/database';

/** What all modules share: the journal, the history, the projection and the dead letters. */
@Global()
@Module({})
export class DomainModule {
  static forRoot({ retention }: AppConfig): DynamicModule {
    const providers: Provider[] = [
      DeadLetterListRepository,
      EventClaimsRepository,
      EventReviewRepository,
      HistoryRevisionRepository,
      InboundEventRepository,
      KeptEventReader,
      KeptEventsRepository,
      OperationRepository,
      OverdueEventRepository,
      ParcelsRepository,
      ParcelsToRebuild,
      ReplayPages,
      ShipmentRepository,
      UnfinishedEventsRepository,
      withRetention(EventEndsRepository, (database) => new EventEndsRepository(database, retention)),
      withRetention(DeadLetterRepository, (database) => new DeadLetterRepository(database, retention)),
      withRetention(
        DeadLetterReviewRepository,
        (database) => new DeadLetterReviewRepository(database, retention),
      ),
      {
        provide: ShipmentHistoryRepository,
        inject: [Database, HistoryRevisionRepository],
        useFactory: (database: Database, revisions: HistoryRevisionRepository) =>
          new ShipmentHistoryRepository(database, revisions, { historyTtlDays: retention.historyTtlDays }),
      },
    ];
    return { module: DomainModule, providers, exports: providers };
  }
}

const withRetention = <T>(
  provide: abstract new (...args: never[]) => T,
  useFactory: (database: Database) => T,
): Provider => ({ provide, inject: [Database], useFactory });
