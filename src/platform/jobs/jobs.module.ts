import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, Reflector } from '@nestjs/core';
import { RedisConnections } from '#platform/redis/redis-connections';
import { JobDispatcher } from './job-dispatcher';
import { JobProducer } from './job-producer';
import { JobWorkers } from './job-workers';
import { type JobsSettings } from './jobs-settings';
import { QueueMarker } from './queue-marker';

/** Producers are there in every role, so that every role can enqueue; workers take nothing before `start`. */
@Global()
@Module({})
export class JobsModule {
  static forRoot(settings: JobsSettings): DynamicModule {
    return {
      module: JobsModule,
      imports: [DiscoveryModule],
      providers: [
        {
          provide: JobProducer,
          inject: [RedisConnections],
          useFactory: (connections: RedisConnections) => new JobProducer(connections, settings),
        },
        {
          provide: JobDispatcher,
          inject: [DiscoveryService, Reflector],
          useFactory: (discovery: DiscoveryService, reflector: Reflector) =>
            new JobDispatcher(discovery, reflector),
        },
        {
          provide: JobWorkers,
          inject: [RedisConnections, JobDispatcher, JobProducer],
          useFactory: (connections: RedisConnections, dispatcher: JobDispatcher, producer: JobProducer) =>
            new JobWorkers(connections, dispatcher, producer, settings),
        },
        {
          provide: QueueMarker,
          inject: [RedisConnections],
          useFactory: (connections: RedisConnections) => new QueueMarker(connections, settings),
        },
      ],
      exports: [JobProducer, JobWorkers, QueueMarker],
    };
  }
}
