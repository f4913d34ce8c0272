import { type DynamicModule, Module } from '@nestjs/common';
import { AttemptEnds } from './attempt-ends';
import { DeadLetterWriter } from './dead-letter-writer';
import { EventApplier } from './event-applier';
import { FailureSettler } from './failure-settler';
import { JournalBatch } from './journal-batch.handler';
import { PartnerConsumers } from './partner-consumers';
import { ProcessBatch } from './process-batch.handler';
import { ProcessingSettings } from './processing-settings';
import { Reconciler } from './reconciler';
import { ShipmentProjector } from './shipment-projector';
import { StateGauges } from './state-gauges';

/** The worker half: from the queue to the shipment, or to a dead letter. */
@Module({})
export class ProcessingModule {
  static forRoot(settings: ProcessingSettings): DynamicModule {
    return {
      module: ProcessingModule,
      providers: [
        { provide: ProcessingSettings, useValue: settings },
        AttemptEnds,
        DeadLetterWriter,
        EventApplier,
        FailureSettler,
        JournalBatch,
        PartnerConsumers,
        ProcessBatch,
        Reconciler,
        ShipmentProjector,
        StateGauges,
      ],
    };
  }
}
