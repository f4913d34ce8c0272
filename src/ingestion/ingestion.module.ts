import { type DynamicModule, Module } from '@nestjs/common';
import { RequestReader } from './request-reader';
import { EventWriter } from './event-writer';
import { FrontDoor } from './front-door';
import { GroupWriter } from './group-writer';
import { Handshakes } from './handshakes';
import { IntakeReport } from './intake-report';
import { IntakeSettings } from './intake-settings';
import { IntakeService } from './intake.service';
import { NonceMemory } from './nonce-memory';
import { PartnerLimiters } from './partner-limiters';
import { ReplayGuard } from './replay-guard';
import { WebhookRoutes } from './webhook.routes';

/** The HTTP half: from the open port to a durable store. */
@Module({})
export class IngestionModule {
  static forRoot(settings: IntakeSettings): DynamicModule {
    return {
      module: IngestionModule,
      providers: [
        { provide: IntakeSettings, useValue: settings },
        RequestReader,
        EventWriter,
        FrontDoor,
        GroupWriter,
        Handshakes,
        IntakeReport,
        IntakeService,
        NonceMemory,
        PartnerLimiters,
        ReplayGuard,
        WebhookRoutes,
      ],
    };
  }
}
