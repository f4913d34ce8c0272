import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

/** Nest tells of every module and route at boot; what matters then, the application says itself. */
const VERBOSE_CONTEXTS: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

/** What `app.useLogger` gets: from then on every `Logger` of Nest writes JSON lines. */
@Injectable()
export class GatewayLogger extends Logger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (VERBOSE_CONTEXTS.has(rest.at(-1))) super.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}
