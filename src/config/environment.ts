import { IsDefined, IsOptional } from 'class-validator';
import {
  parseMongoUri,
  parseRedisUrl,
  parseServiceUrl,
  parseTrustProxy,
  type TrustProxy,
} from './address-formats';
import type { EncryptionKey } from './secret-formats';
import { parseAdminApiKey, parseEncryptionKeys, parseSigningSecret, parseToken } from './secret-formats';
import { matching, parseReadableDirectory, parseReadableFile } from './text-formats';
import { Decimal, Flag, OneOf, Parsed, Whole } from './variable-kinds';

export const ROLE_NAMES = ['api', 'worker', 'both'] as const;
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export const READ_PREFERENCES = [
  'primary',
  'primaryPreferred',
  'secondary',
  'secondaryPreferred',
  'nearest',
] as const;

const HOUR_MS = 3_600_000;
const MAX_BODY_BYTES = 4 * 1024 * 1024;
const MAX_DAYS = 36_500;

/** The environment, variable by variable: what each may be, and what it is where it is not set. */
export class Environment {
  @OneOf(ROLE_NAMES) ROLE: (typeof ROLE_NAMES)[number] = 'both';
  @Parsed(matching(/^\S+$/, 'a host name or address to listen on')) HOST = '0.0.0.0';
  @Whole(0, 65_535) PORT = 3000;
  @OneOf(LOG_LEVELS) LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';
  @Parsed(parseTrustProxy) TRUST_PROXY: TrustProxy = false;

  @Parsed(parseMongoUri) MONGO_URI = 'mongodb://localhost:27017';
  @Parsed(matching(/^[A-Za-z0-9_-]{1,63}$/, 'up to 63 letters, digits, _ and -'))
  MONGO_DB_NAME = 'courier_gateway';
  @Whole(0, 1000) MONGO_MIN_POOL_SIZE = 1;
  @Whole(1, 1000) MONGO_MAX_POOL_SIZE = 20;
  @IsOptional() @Parsed(parseReadableFile) MONGO_TLS_CA_FILE?: string;
  @OneOf(READ_PREFERENCES)
  MONGO_REVIEW_READ_PREFERENCE: (typeof READ_PREFERENCES)[number] = 'secondaryPreferred';

  @Parsed(parseRedisUrl) REDIS_URL = 'redis://localhost:6379';
  @IsOptional() @Parsed(parseReadableFile) REDIS_TLS_CA_FILE?: string;
  @Parsed(matching(/^[A-Za-z0-9_-]{1,40}$/, 'up to 40 letters, digits, _ and -')) QUEUE_PREFIX = 'gw';

  @IsOptional() @Parsed(parseSigningSecret) SIGNING_SECRET?: string;
  @Whole(1, 300) SIGNATURE_TOLERANCE_SECONDS = 60;
  @Whole(100, 60_000) ACK_TIMEOUT_MS = 2000;
  @Whole(1, MAX_BODY_BYTES) BODY_LIMIT_BYTES = 262_144;

  @Whole(0, 1_000_000_000) RATE_LIMIT_PER_IP_PER_MINUTE = 60_000;
  @Whole(0, 1_000_000) RATE_LIMIT_PER_PARTNER_PER_SECOND = 1000;
  @Whole(0, 1_000_000_000) RATE_LIMIT_REFUSED_PER_IP_PER_MINUTE = 600;

  @Whole(1, 1000) WORKER_CONCURRENCY = 10;
  @Whole(0, HOUR_MS) WORKER_DRAIN_TIMEOUT_MS = 15_000;
  @Whole(100, HOUR_MS) PROCESSING_TIMEOUT_MS = 30_000;
  @Whole(10, 100_000) RECONCILER_REQUEUE_PER_SECOND = 500;
  @IsOptional() @Parsed(parseServiceUrl) ROUTING_URL?: string;
  @Whole(1, HOUR_MS) ROUTING_TIMEOUT_MS = 5000;
  @Whole(1, 10_000) ROUTING_CONCURRENCY = 50;

  @Whole(1, 50) RETRY_MAX_ATTEMPTS = 5;
  @Whole(1, HOUR_MS) RETRY_BACKOFF_BASE_MS = 1000;
  @Decimal(1, 10) RETRY_BACKOFF_MULTIPLIER = 2;
  @Decimal(0, 100) RETRY_JITTER_PERCENT = 20;

  @Decimal(0, MAX_DAYS) PROCESSED_EVENTS_TTL_DAYS = 30;
  @Decimal(0, MAX_DAYS) DLQ_TTL_DAYS = 90;
  @IsOptional() @Decimal(0, MAX_DAYS) HISTORY_TTL_DAYS?: number;

  @IsOptional() @Parsed(parseAdminApiKey) ADMIN_API_KEY?: string;
  @IsDefined({ message: 'id:base64 of 32 random bytes: it encrypts the stored secrets and has no default' })
  @Parsed(parseEncryptionKeys)
  ENCRYPTION_KEYS?: readonly EncryptionKey[];
  @IsOptional() @Parsed(parseToken) METRICS_TOKEN?: string;
  @IsOptional() @Parsed(parseReadableDirectory) PARTNERS_DIR?: string;
  @Flag() AUTO_MIGRATE = true;
}
