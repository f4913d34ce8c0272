import { type DynamicModule, Module } from '@nestjs/common';
import { Authenticator } from '#platform/http/authenticator';
import { EnvironmentApiKey, type EnvironmentApiKeySettings } from './environment-api-key';

/** Says whose key it is, to every controller of the admin API. */
@Module({})
export class AccessModule {
  static forRoot(settings: EnvironmentApiKeySettings): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      providers: [{ provide: Authenticator, useFactory: () => new EnvironmentApiKey(settings) }],
      exports: [Authenticator],
    };
  }
}
