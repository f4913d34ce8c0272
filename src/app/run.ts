import { NestFactory } from '@nestjs/core';
import { Logger } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type AppConfig } from '#config/app-config';
import { environmentSecrets, type ResolveSecret } from '#config/environment-secrets';
import { EXIT_CODE_CONFIG, formatFaults } from '#config/fault';
import { loadConfig } from '#config/load-config';
import { processEnvironment } from '#config/process-environment';
import { summarize } from '#config/summary';
import { Readiness } from '#health/readiness';
import { createFastifyAdapter } from '#platform/http/fastify-adapter';
import { GatewayLogger } from '#platform/logging/gateway-logger';
import { AppModule } from './app.module';
import { CAPABILITIES } from './capabilities';
import { serveDocumentation } from './documentation';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Starts a gateway process from its environment; a faulty one ends it before anything is opened. */
export async function run(): Promise<void> {
  const environment = processEnvironment();
  const loaded = loadConfig(environment);
  if (!loaded.ok) {
    process.stderr.write(formatFaults(loaded.faults));
    process.exitCode = EXIT_CODE_CONFIG;
    return;
  }
  // Until there is something to drain, a stop is simply the end.
  const endAtOnce = (): void => process.exit(0);
  for (const signal of STOP_SIGNALS) process.once(signal, endAtOnce);
  const app = await createApplication(loaded.config, environmentSecrets(environment));
  const logger = new Logger('Boot');
  for (const warning of loaded.warnings) logger.warn(warning);
  stopOnSignal(app);
  for (const signal of STOP_SIGNALS) process.off(signal, endAtOnce);
  const { host, port } = loaded.config.http;
  await app.listen(port, host);
  logger.log({ config: summarize(loaded.config) }, `listening on ${host}:${port}`);
}

/** The application, wired and ready to listen; opens nothing by itself but what its modules open at boot. */
export async function createApplication(
  config: AppConfig,
  resolveSecret: ResolveSecret,
): Promise<NestFastifyApplication> {
  const adapter = createFastifyAdapter({
    trustProxy: config.http.trustProxy,
    bodyLimitBytes: config.http.adminBodyLimitBytes,
    pagePrefixes: ['/docs'],
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, resolveSecret),
    adapter,
    {
      bodyParser: false,
      bufferLogs: true,
    },
  );
  app.useLogger(app.get(GatewayLogger));
  if (CAPABILITIES[config.role].servesHttp) serveDocumentation(app);
  return app;
}

/** Readiness turns first, so that balancers look elsewhere; then work is drained, then stores are closed. */
function stopOnSignal(app: NestFastifyApplication): void {
  for (const signal of STOP_SIGNALS) process.once(signal, () => app.get(Readiness).beginShutdown());
  app.enableShutdownHooks([...STOP_SIGNALS], { useProcessExit: true });
}
