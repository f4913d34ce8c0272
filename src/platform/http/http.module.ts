import { type DynamicModule, Inject, Injectable, Module, Optional, type Type } from '@nestjs/common';
import { APP_FILTER, HttpAdapterHost } from '@nestjs/core';
import { Authenticator } from './authenticator';
import { GatewayAdapter } from './fastify-adapter';
import { ProblemFilter } from './problem.filter';
import { RefusalLimit } from './refusal-limit';
import type { RequestObserver } from './request-observer';

const OBSERVERS = Symbol('request observers');

export interface HttpModuleOptions {
  /** Exported by global modules; told of every answered request. */
  readonly observers?: readonly Type<RequestObserver>[];
}

/** Hands the edge what Nest has made. Constructors run before routes are registered, as observers need it. */
@Injectable()
class EdgeBinding {
  constructor(
    host: HttpAdapterHost,
    @Inject(OBSERVERS) observers: readonly RequestObserver[],
    @Optional() authenticator?: Authenticator,
    @Optional() refusals?: RefusalLimit,
  ) {
    const adapter: unknown = host.httpAdapter;
    if (adapter instanceof GatewayAdapter) adapter.bind({ observers, authenticator, refusals });
  }
}

@Module({})
export class HttpModule {
  static forRoot({ observers = [] }: HttpModuleOptions = {}): DynamicModule {
    return {
      module: HttpModule,
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: OBSERVERS, inject: [...observers], useFactory: (...made: RequestObserver[]) => made },
        EdgeBinding,
      ],
    };
  }
}
