import { type DynamicModule, Global, Module } from '@nestjs/common';
import { RedisConnections } from './redis-connections';
import { type RedisSettings } from './redis-settings';
import { SharedState } from './shared-state';

@Global()
@Module({})
export class RedisModule {
  static forRoot(settings: RedisSettings): DynamicModule {
    const connections = { provide: RedisConnections, useFactory: () => new RedisConnections(settings) };
    return {
      module: RedisModule,
      providers: [connections, SharedState],
      exports: [RedisConnections, SharedState],
    };
  }
}
