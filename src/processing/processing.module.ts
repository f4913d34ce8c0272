import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { Metrics } from '#platform/telemetry/metrics';
import { AttemptEnds } from './attempt-ends';
import { BatchGroups } from './batch-groups';
import { BatchWork } from './batch-work';
import { DeadLetterWriter } from './dead-letter-writer';
import { EventApplier } from './event-applier';
import { EventReader } from './event-reader';
import { FailureSettler } from './failure-settler';
import { JournalBatch } from './journal-batch.handler';
import { OperationPages } from './operations/operation-pages';
import { OperationRounds } from './operations/operation-rounds';
import { RebuildShipments } from './operations/rebuild-shipments';
import { ReplayEvents } from './operations/replay-events';
import { ReplayedHistory } from './operations/replayed-history';
import { ShipmentRebuilder } from './operations/shipment-rebuilder';
import { OrphanedEvents } from './orphaned-events';
import { PartnerConsumers } from './partner-consumers';
import { ProcessBatch } from './process-batch.handler';
import { ProcessingSettings, type RoutingSettings } from './processing-settings';
import { Reconciler } from './reconciler';
import { ReconcilerRounds } from './reconciler-rounds';
import { BatchSizes } from './routing/batch-sizes';
import { HttpRoutingService } from './routing/http-routing-service';
import { RoutedAttempt } from './routing/routed-attempt';
import { RoutedBatches } from './routing/routed-batches';
import { RoutedClaims } from './routing/routed-claims';
import { RoutedEnds } from './routing/routed-ends';
import { RoutedEvents } from './routing/routed-events';
import { RoutingBreaker } from './routing/routing-breaker';
import { RoutingRoom } from './routing/routing-room';
import { RoutingService } from './routing/routing-service';
import { RoutingStep } from './routing/routing-step';
import { ShipmentProjector } from './shipment-projector';
import { Slots } from './routing/slots';
import { StateGauges } from './state-gauges';
import { StoreOutage } from './store-outage';
import { Suspects } from './suspects';

/** The worker half: from the queue to the shipment, or to a dead letter. */
@Module({})
export class ProcessingModule {
  static forRoot(settings: ProcessingSettings): DynamicModule {
    return {
      module: ProcessingModule,
      providers: [
        { provide: ProcessingSettings, useValue: settings },
        AttemptEnds,
        BatchGroups,
        BatchSizes,
        BatchWork,
        DeadLetterWriter,
        EventApplier,
        EventReader,
        FailureSettler,
        JournalBatch,
        OperationPages,
        OperationRounds,
        OrphanedEvents,
        PartnerConsumers,
        ProcessBatch,
        RebuildShipments,
        Reconciler,
        ReconcilerRounds,
        ReplayEvents,
        ReplayedHistory,
        ShipmentProjector,
        ShipmentRebuilder,
        StateGauges,
        StoreOutage,
        Suspects,
        ...(settings.routing === undefined ? [] : routing(settings.routing)),
      ],
    };
  }
}

const routing = (settings: RoutingSettings): Provider[] => [
  { provide: RoutingService, useFactory: () => new HttpRoutingService(settings) },
  {
    provide: RoutingBreaker,
    inject: [Metrics],
    useFactory: (metrics: Metrics) => new RoutingBreaker((state) => metrics.breakerState('routing', state)),
  },
  { provide: Slots, useFactory: () => new Slots(settings.concurrency) },
  RoutedAttempt,
  RoutedBatches,
  RoutedClaims,
  RoutedEnds,
  RoutedEvents,
  RoutingRoom,
  RoutingStep,
];
