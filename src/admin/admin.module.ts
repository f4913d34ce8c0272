import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module';
import { type EnvironmentApiKeySettings } from './access/environment-api-key';
import { EventsAdminModule } from './events/events-admin.module';
import { OperationsAdminModule } from './operations/operations-admin.module';
import { PartnersAdminModule } from './partners/partners-admin.module';
import { PresetsAdminModule } from './presets/presets-admin.module';
import { QueuesAdminModule } from './queues/queues-admin.module';
import { ShipmentsAdminModule } from './shipments/shipments-admin.module';

/** Everything below `/v1/admin` but the dead letters, and whose key opens it. */
@Module({})
export class AdminModule {
  static forRoot(settings: EnvironmentApiKeySettings): DynamicModule {
    return {
      module: AdminModule,
      imports: [
        AccessModule.forRoot(settings),
        EventsAdminModule,
        OperationsAdminModule,
        PartnersAdminModule,
        PresetsAdminModule,
        QueuesAdminModule,
        ShipmentsAdminModule,
      ],
    };
  }
}
