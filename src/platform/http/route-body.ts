import { RouteConfig } from '@nestjs/platform-fastify';

/** The handler reads the body itself, with `readRawBody`: after its first checks, with a limit of its own. */
export const RawBodyRoute = (): MethodDecorator => RouteConfig({ rawBody: true });

/** A parsed body may have so many bytes here. */
export const BodyLimit = (bodyLimitBytes: number): MethodDecorator => RouteConfig({ bodyLimitBytes });
