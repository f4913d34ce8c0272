import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { AppConfig } from './app-config';
import { inconsistencies } from './consistency';
import { Environment } from './environment';
import type { ConfigFault } from './fault';
import { readVariables } from './read-variables';
import { HIDDEN_VARIABLES } from './variables';

export type LoadedConfig =
  | { readonly ok: true; readonly config: AppConfig; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly faults: readonly ConfigFault[]; readonly warnings: readonly string[] };

const ADMIN_BODY_LIMIT_BYTES = 64 * 1024;

/** The class itself says which variables there are: its fields, set or not. */
const VARIABLE_NAMES = Object.keys(new Environment());

/** Reads and checks the whole environment before anything is opened, and tells every fault at once. */
export function loadConfig(source: NodeJS.ProcessEnv): LoadedConfig {
  const { values, faults: unreadable, warnings } = readVariables(source, VARIABLE_NAMES);
  const env = plainToInstance(Environment, values);
  const invalid = validateSync(env, { forbidUnknownValues: false, stopAtFirstError: true })
    .filter(({ property }) => !unreadable.some(({ variable }) => variable === `${property}_FILE`))
    .map((error) => toFault(error, values));
  const faults = [...unreadable, ...invalid];
  faults.push(...inconsistencies(env, new Set(faults.map(({ variable }) => variable))));
  const { ENCRYPTION_KEYS: keys } = env;
  if (faults.length > 0 || keys === undefined) return { ok: false, faults, warnings };
  return { ok: true, config: Object.freeze(toConfig(env, { keys })), warnings };
}

function toFault({ property, constraints }: ValidationError, values: ReadValues): ConfigFault {
  const expected = Object.values(constraints ?? {}).join('; ');
  const received = HIDDEN_VARIABLES.has(property) ? undefined : values[property];
  return { variable: property, expected, ...(received !== undefined && { received }) };
}

type ReadValues = Readonly<Record<string, string>>;

function toConfig(env: Environment, encryption: AppConfig['encryption']): AppConfig {
  return {
    role: env.ROLE,
    http: {
      host: env.HOST,
      port: env.PORT,
      trustProxy: env.TRUST_PROXY,
      adminBodyLimitBytes: ADMIN_BODY_LIMIT_BYTES,
    },
    logging: { level: env.LOG_LEVEL },
    ...storesOf(env),
    signing: {
      toleranceSeconds: env.SIGNATURE_TOLERANCE_SECONDS,
      ...(env.SIGNING_SECRET !== undefined && { secret: env.SIGNING_SECRET }),
    },
    intake: { ackTimeoutMs: env.ACK_TIMEOUT_MS, bodyLimitBytes: env.BODY_LIMIT_BYTES },
    limits: {
      perAddressPerMinute: env.RATE_LIMIT_PER_IP_PER_MINUTE,
      refusedPerAddressPerMinute: env.RATE_LIMIT_REFUSED_PER_IP_PER_MINUTE,
      perPartnerPerSecond: env.RATE_LIMIT_PER_PARTNER_PER_SECOND,
    },
    ...processingOf(env),
    partners: { ...(env.PARTNERS_DIR !== undefined && { directory: env.PARTNERS_DIR }) },
    admin: { ...(env.ADMIN_API_KEY !== undefined && { apiKey: env.ADMIN_API_KEY }) },
    encryption,
    metrics: { ...(env.METRICS_TOKEN !== undefined && { token: env.METRICS_TOKEN }) },
    autoMigrate: env.AUTO_MIGRATE,
  };
}

function storesOf(env: Environment): Pick<AppConfig, 'mongo' | 'redis' | 'queue' | 'retention'> {
  return {
    mongo: {
      uri: env.MONGO_URI,
      dbName: env.MONGO_DB_NAME,
      minPoolSize: env.MONGO_MIN_POOL_SIZE,
      maxPoolSize: env.MONGO_MAX_POOL_SIZE,
      reviewReadPreference: env.MONGO_REVIEW_READ_PREFERENCE,
      ...(env.MONGO_TLS_CA_FILE !== undefined && { tlsCaFile: env.MONGO_TLS_CA_FILE }),
    },
    redis: {
      url: env.REDIS_URL,
      ...(env.REDIS_TLS_CA_FILE !== undefined && { tlsCaFile: env.REDIS_TLS_CA_FILE }),
    },
    queue: { prefix: env.QUEUE_PREFIX },
    retention: {
      processedEventsTtlDays: env.PROCESSED_EVENTS_TTL_DAYS,
      dlqTtlDays: env.DLQ_TTL_DAYS,
      ...(env.HISTORY_TTL_DAYS !== undefined && { historyTtlDays: env.HISTORY_TTL_DAYS }),
    },
  };
}

function processingOf(env: Environment): Pick<AppConfig, 'worker' | 'processing' | 'routing' | 'retry'> {
  return {
    worker: { concurrency: env.WORKER_CONCURRENCY, drainTimeoutMs: env.WORKER_DRAIN_TIMEOUT_MS },
    processing: {
      timeoutMs: env.PROCESSING_TIMEOUT_MS,
      requeuePerSecond: env.RECONCILER_REQUEUE_PER_SECOND,
    },
    ...(env.ROUTING_URL !== undefined && {
      routing: {
        url: env.ROUTING_URL,
        timeoutMs: env.ROUTING_TIMEOUT_MS,
        concurrency: env.ROUTING_CONCURRENCY,
      },
    }),
    retry: {
      maxAttempts: env.RETRY_MAX_ATTEMPTS,
      backoffBaseMs: env.RETRY_BACKOFF_BASE_MS,
      multiplier: env.RETRY_BACKOFF_MULTIPLIER,
      jitterPercent: env.RETRY_JITTER_PERCENT,
    },
  };
}
