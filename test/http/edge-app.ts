import {
  Body,
  Controller,
  Get,
  Global,
  HttpCode,
  Injectable,
  Module,
  Param,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsString } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Access, CurrentPrincipal } from '#platform/http/access';
import { Authenticator, type Principal } from '#platform/http/authenticator';
import { createFastifyAdapter } from '#platform/http/fastify-adapter';
import { HttpModule } from '#platform/http/http.module';
import type { HttpSettings } from '#platform/http/http-settings';
import { PageQuery } from '#platform/http/pagination';
import { readRawBody } from '#platform/http/raw-body';
import { type ObserveRequest, RequestObserver } from '#platform/http/request-observer';
import { BodyLimit, RawBodyRoute } from '#platform/http/route-body';
import { DtoPipe } from '#platform/http/validation';
import { RawConnection } from './raw-connection';

export const LIMIT_BYTES = 1000;
export const SLOW_MS = 150;

export class NoteDto {
  @IsString() readonly note: string = '';
}

@Access('signed-webhook')
@Controller('v1/webhooks')
class WebhookController {
  @Post(':partnerId')
  @HttpCode(202)
  @RawBodyRoute()
  async take(@Param('partnerId') partner: string, @Req() request: FastifyRequest) {
    const body = await readRawBody(request.raw, { limitBytes: LIMIT_BYTES, timeoutMs: SLOW_MS });
    return { partner, base64: body.toString('base64'), ...request.trace, ip: request.ip };
  }
}

@Access('viewer')
@Controller('v1/admin/things')
class AdminController {
  @Get()
  list(@Query(DtoPipe) query: PageQuery, @CurrentPrincipal() principal: Principal) {
    return { limit: query.limit, principal };
  }

  @Post()
  @Access('operator')
  @BodyLimit(500)
  add(@Body(DtoPipe) note: NoteDto) {
    return note;
  }

  @Post('remove')
  @Access('admin')
  remove() {
    return {};
  }
}

@Access('public')
@Controller()
class OddController {
  @Get('boom')
  boom() {
    throw new Error('the password is hunter2');
  }

  @Get('pages/one')
  page() {
    return 'page';
  }
}

/** Keys by name: a real authenticator as the port asks for, with its keys in memory. */
@Injectable()
class KnownKeys extends Authenticator {
  override authenticate(bearer: string | undefined): Promise<Principal | null> {
    const [, role] = /^key-(viewer|operator|admin)$/.exec(bearer ?? '') ?? [];
    const known = role === 'viewer' || role === 'operator' || role === 'admin';
    return Promise.resolve(known ? { name: `the ${role}`, role } : null);
  }
}

export interface Observed {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly durationMs: number;
  readonly traceId: string;
  readonly principal: string | undefined;
}

@Injectable()
export class Recorder implements RequestObserver {
  readonly seen: Observed[] = [];

  forRoute(route: string, method: string): ObserveRequest {
    return ({ trace, principal }, status, durationMs) => {
      this.seen.push({
        route,
        method,
        status,
        durationMs,
        traceId: trace.traceId,
        principal: principal?.name,
      });
    };
  }
}

@Global()
@Module({
  providers: [Recorder, { provide: Authenticator, useClass: KnownKeys }],
  exports: [Recorder, Authenticator],
})
class PortsModule {}

@Module({
  imports: [PortsModule, HttpModule.forRoot({ observers: [Recorder] })],
  controllers: [WebhookController, AdminController, OddController],
})
class EdgeModule {}

export interface EdgeApp {
  readonly app: NestFastifyApplication;
  readonly port: number;
  readonly url: string;
  readonly recorder: Recorder;
  connect(): Promise<RawConnection>;
  close(): Promise<void>;
}

/** The HTTP edge on a free port, with a few routes of each kind behind it. */
export async function startEdge(settings: Partial<HttpSettings> = {}): Promise<EdgeApp> {
  const adapter = createFastifyAdapter({
    trustProxy: false,
    bodyLimitBytes: 64 * 1024,
    pagePrefixes: ['/pages'],
    ...settings,
    timeouts: { bodyMs: SLOW_MS, ...settings.timeouts },
  });
  const options = { bodyParser: false, logger: false as const };
  const app = await NestFactory.create<NestFastifyApplication>(EdgeModule, adapter, options);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const port = Number(new URL(url).port);
  return {
    app,
    port,
    url,
    recorder: app.get(Recorder),
    connect: () => RawConnection.open(port),
    close: () => app.close(),
  };
}
