import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AdminRequestLog } from './admin-request-log';
import { createLogger, type LoggingSettings } from './create-logger';
import { GatewayLogger } from './gateway-logger';
import { LineLogger } from './line-logger';
import { bufferedStdout } from './log-destination';

/** Create the application with `{ bufferLogs: true }` and call `app.useLogger(app.get(GatewayLogger))`. */
@Module({})
export class LoggingModule {
  static forRoot(settings: LoggingSettings): DynamicModule {
    const logger = createLogger(settings, bufferedStdout());
    return {
      module: LoggingModule,
      global: true,
      // No routes: its middleware would log every request and make every one of them pay for it.
      imports: [LoggerModule.forRoot({ pinoHttp: { logger }, forRoutes: [] })],
      providers: [
        GatewayLogger,
        AdminRequestLog,
        { provide: LineLogger, useFactory: () => new LineLogger(logger) },
      ],
      exports: [GatewayLogger, AdminRequestLog, LineLogger],
    };
  }
}
