import { type DynamicModule, Module } from '@nestjs/common';
import { AttemptEnds } from './attempt-ends';
import { BatchWork } from './batch-work';
import { DeadLetterWriter } from './dead-letter-writer';
import { EventApplier } from './event-applier';
import { FailureSettler } from './failure-settler';
import { JournalBatch } from './journal-batch.handler';
import { PartnerConsumers } from './partner-consumers';
import { ProcessBatch } from './process-batch.handler';
import { ProcessingSettings } from './processing-settings';
import { Reconciler } from './reconciler';
import { ReconcilerRounds } from './reconciler-rounds';
import { ShipmentProjector } from './shipment-projector';
import { StateGauges } from './state-gauges';
import { StoreOutage } from './store-outage';

/** The worker half: from the queue to the shipment, or to a dead letter. */
@Module({})
export class ProcessingModule {
  static forRoot(settings: ProcessingSettings): DynamicModule {
    return {
      module: ProcessingModule,
      providers: [
        { provide: ProcessingSettings, useValue: settings },
        AttemptEnds,
        BatchWork,
        DeadLetterWriter,
        EventApplier,
        FailureSettler,
        JournalBatch,
        PartnerConsumers,
        ProcessBatch,
        Reconciler,
        ReconcilerRounds,
        ShipmentProjector,
        StateGauges,
        StoreOutage,
      ],
    };
  }
}
