import { Global, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { HealthProbe, type ProbeKind } from '#health/health-probe';
import { HealthModule } from '#health/health.module';
import { Readiness } from '#health/readiness';
import { createFastifyAdapter } from '#platform/http/fastify-adapter';
import { HttpModule } from '#platform/http/http.module';
import { HttpMetrics } from '#platform/telemetry/http-metrics';
import { TelemetryModule } from '#platform/telemetry/telemetry.module';

const TOKEN = 'a-token-for-the-metrics';

@Injectable()
class MongoProbe extends HealthProbe {
  readonly name: string = 'mongo';
  readonly kind: ProbeKind = 'store';
  up = true;

  check(): Promise<boolean> {
    return this.up ? Promise.resolve(true) : Promise.reject(new Error('CANARY: why it is away'));
  }
}

@Injectable()
class RedisProbe extends MongoProbe {
  override readonly name = 'redis';
}

@Global()
@Module({ providers: [MongoProbe, RedisProbe], exports: [MongoProbe, RedisProbe] })
class ProbesModule {}

@Module({
  imports: [
    ProbesModule,
    TelemetryModule.forRoot({ token: TOKEN, nodeMetrics: false }),
    HttpModule.forRoot({ observers: [HttpMetrics] }),
    HealthModule.forRoot({ storesNeeded: 'any', probes: [MongoProbe, RedisProbe], cacheMs: 0 }),
  ],
})
class OperationsModule {}

let app: NestFastifyApplication;
let url: string;
beforeAll(async () => {
  const adapter = createFastifyAdapter({ trustProxy: false, bodyLimitBytes: 1000 });
  app = await NestFactory.create<NestFastifyApplication>(OperationsModule, adapter, {
    bodyParser: false,
    logger: false,
  });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

async function ask(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url + path, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe('/metrics', () => {
  it.each([
    ['no token', {}],
    ['a wrong one', { authorization: 'Bearer another-token' }],
    ['a longer one', { authorization: `Bearer ${TOKEN}x` }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
  ])('is closed with %s', async (_, headers) => {
    const { status, text, headers: answered } = await ask('/metrics', headers);
    expect(status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
    expect(answered.get('www-authenticate')).toBe('Bearer');
  });

  it('shows requests by their route', async () => {
    await ask('/health/live');
    await ask('/no/such/address');
    const { status, headers, text } = await ask('/metrics', { authorization: `Bearer ${TOKEN}` });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    for (const labels of [
      'route="/health/live",method="GET",status="200"',
      'route="(none)",method="GET",status="404"',
      'route="/metrics",method="GET",status="401"',
    ]) {
      expect(text).toMatch(
        new RegExp(`^gateway_http_request_duration_seconds_count\\{${escaped(labels)}\\} \\d`, 'm'),
      );
    }
    expect(text).not.toContain('/no/such/address');
  });
});

function escaped(text: string): string {
  return text.replace(/[()"]/g, '\\$&');
}

describe('/health', () => {
  afterEach(() => {
    for (const probe of [app.get(MongoProbe), app.get(RedisProbe)]) probe.up = true;
  });

  const ready = async () => {
    const { status, text } = await ask('/health/ready');
    return { status, report: JSON.parse(text) as unknown, text };
  };

  it('tells of each dependency, not why', async () => {
    expect(await ready()).toMatchObject({
      status: 200,
      report: { status: 'ok', checks: { mongo: 'up', redis: 'up' } },
    });
    app.get(RedisProbe).up = false;
    expect(await ready()).toMatchObject({
      status: 200,
      report: { status: 'degraded', checks: { mongo: 'up', redis: 'down' } },
    });
    app.get(MongoProbe).up = false;
    const neither = await ready();
    expect(neither).toMatchObject({ status: 503, report: { status: 'error' } });
    expect(neither.text).not.toContain('CANARY');
    expect((await ask('/health/live')).status).toBe(200);
  });

  it('is not ready once the end has begun, and alive until it comes', async () => {
    app.get(Readiness).beginShutdown();
    expect(await ready()).toMatchObject({ status: 503, report: { status: 'error' } });
    expect(await ask('/health/live')).toMatchObject({
      status: 200,
      text: '{"status":"ok","checks":{"process":"up"}}',
    });
  });
});

it('describes itself in OpenAPI', () => {
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  const operations = ['/metrics', '/health/live', '/health/ready'].map((path) => document.paths[path]?.get);
  for (const operation of operations) {
    expect(operation?.summary).toBeTruthy();
    expect(JSON.stringify(operation?.responses)).toContain('example');
  }
  expect(Object.keys(operations[2]?.responses ?? {})).toEqual(['200', '503']);
  expect(document.paths['/metrics']?.get?.security).toEqual([{ 'metrics-token': [] }]);
  expect(document.components?.schemas).toHaveProperty('ProblemDto');
});
