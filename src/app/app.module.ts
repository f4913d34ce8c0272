import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AdminModule } from '#admin/admin.module';
import { type AppConfig } from '#config/app-config';
import { type ResolveSecret } from '#config/environment-secrets';
import { DlqReviewModule } from '#dlq-review/dlq-review.module';
import { PartnersModule } from '#domain/partners/partners.module';
import { HealthModule } from '#health/health.module';
import { IngestionModule } from '#ingestion/ingestion.module';
import { IntakeSettings } from '#ingestion/intake-settings';
import { CryptoModule } from '#platform/crypto/crypto.module';
import { HttpModule } from '#platform/http/http.module';
import { JobsModule } from '#platform/jobs/jobs.module';
import { AdminRequestLog } from '#platform/logging/admin-request-log';
import { LimitsModule } from '#platform/limits/limits.module';
import { LoggingModule } from '#platform/logging/logging.module';
import { MongoModule } from '#platform/mongo/mongo.module';
import { RedisModule } from '#platform/redis/redis.module';
import { StoreBreakersModule } from '#platform/store-breakers/store-breakers.module';
import { HttpMetrics } from '#platform/telemetry/http-metrics';
import { TelemetryModule } from '#platform/telemetry/telemetry.module';
import { ProcessingModule } from '#processing/processing.module';
import { ProcessingSettings } from '#processing/processing-settings';
import { BootMigration } from './boot-migration';
import { CAPABILITIES } from './capabilities';
import { COLLECTIONS } from './collections';
import { DomainModule } from './domain.module';
import { PoolMetrics } from './pool-metrics';
import { PROBES, ProbesModule } from './probes';

/** How long a sender may take to hand over its body. */
const BODY_TIMEOUT_MS = 10_000;
/** Part of `ACK_TIMEOUT_MS` that one call of the queue may take: the journal comes first, and needs its share. */
const QUEUE_SHARE = 0.25;

type Import = DynamicModule | Type;

/** The composition root: every module gets its settings from here, and nothing else knows the configuration. */
@Module({})
export class AppModule {
  static forRoot(config: AppConfig, resolveSecret: ResolveSecret): DynamicModule {
    const { servesHttp, consumesJobs } = CAPABILITIES[config.role];
    return {
      module: AppModule,
      imports: [
        ...platform(config),
        ...domain(config, resolveSecret),
        ProbesModule,
        HealthModule.forRoot({ storesNeeded: servesHttp ? 'any' : 'all', probes: PROBES }),
        ...(servesHttp ? intakeAndAdmin(config) : []),
        ...(consumesJobs ? [processing(config)] : []),
      ],
      providers: [PoolMetrics, ...(config.autoMigrate ? [BootMigration] : [])],
    };
  }
}

function platform({
  role,
  logging,
  metrics,
  encryption,
  mongo,
  redis,
  queue,
  intake,
  limits,
  worker,
}: AppConfig): Import[] {
  const queueTimeoutMs = Math.round(intake.ackTimeoutMs * QUEUE_SHARE);
  return [
    LoggingModule.forRoot({ level: logging.level, role }),
    TelemetryModule.forRoot(metrics),
    HttpModule.forRoot({ observers: [HttpMetrics, AdminRequestLog] }),
    CryptoModule.forRoot(encryption),
    MongoModule.forRoot(mongo, COLLECTIONS),
    RedisModule.forRoot({ ...redis, commandTimeoutMs: queueTimeoutMs }),
    StoreBreakersModule.forRoot({ keyPrefix: queue.prefix }),
    LimitsModule.forRoot({
      keyPrefix: queue.prefix,
      perAddress: {
        perMinute: limits.perAddressPerMinute,
        refusedPerMinute: limits.refusedPerAddressPerMinute,
      },
    }),
    JobsModule.forRoot({
      queuePrefix: queue.prefix,
      enqueueTimeoutMs: queueTimeoutMs,
      drainTimeoutMs: worker.drainTimeoutMs,
    }),
  ];
}

const domain = (config: AppConfig, resolveReference: ResolveSecret): Import[] => [
  DomainModule.forRoot(config),
  PartnersModule.forRoot({
    defaultToleranceSeconds: config.signing.toleranceSeconds,
    defaultBodyBytes: config.intake.bodyLimitBytes,
    defaultQueue: {
      concurrency: config.worker.concurrency,
      timeoutMs: config.processing.timeoutMs,
      attempts: config.retry.maxAttempts,
    },
    signingSecretSet: config.signing.secret !== undefined,
    resolveReference,
    // Who takes events also knows who sends them; a worker finds in the database what was applied.
    ...(config.partners.directory !== undefined &&
      CAPABILITIES[config.role].servesHttp && { partnersDirectory: config.partners.directory }),
  }),
];

const intakeAndAdmin = ({ intake, limits, queue, admin }: AppConfig): Import[] => [
  IngestionModule.forRoot(
    new IntakeSettings({
      ackTimeoutMs: intake.ackTimeoutMs,
      bodyTimeoutMs: BODY_TIMEOUT_MS,
      partnerPerSecond: limits.perPartnerPerSecond,
      keyPrefix: queue.prefix,
    }),
  ),
  AdminModule.forRoot(admin),
  DlqReviewModule,
];

const processing = ({ retry, processing: { requeuePerSecond }, routing }: AppConfig): Import =>
  ProcessingModule.forRoot(new ProcessingSettings(retry, requeuePerSecond, routing));
