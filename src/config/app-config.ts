import type { TrustProxy } from './address-formats';
import type { LOG_LEVELS, READ_PREFERENCES, ROLE_NAMES } from './environment';
import type { EncryptionKey } from './secret-formats';

/** The settings of a process, checked and grouped by who gets them. */
export interface AppConfig {
  readonly role: (typeof ROLE_NAMES)[number];
  readonly http: HttpConfig;
  readonly logging: { readonly level: (typeof LOG_LEVELS)[number] };
  readonly mongo: MongoConfig;
  readonly redis: { readonly url: string; readonly tlsCaFile?: string };
  readonly queue: { readonly prefix: string };
  readonly signing: { readonly secret?: string; readonly toleranceSeconds: number };
  readonly intake: { readonly ackTimeoutMs: number; readonly bodyLimitBytes: number };
  /** 0: no limit. */
  readonly limits: {
    readonly perAddressPerMinute: number;
    readonly refusedPerAddressPerMinute: number;
    readonly perPartnerPerSecond: number;
  };
  readonly worker: { readonly concurrency: number; readonly drainTimeoutMs: number };
  readonly processing: { readonly timeoutMs: number; readonly requeuePerSecond: number };
  /** Unset: there is no routing step. */
  readonly routing?: RoutingConfig;
  readonly retry: RetryConfig;
  readonly retention: RetentionConfig;
  /** Where partner files are that are applied at boot. */
  readonly partners: { readonly directory?: string };
  readonly admin: { readonly apiKey?: string };
  /** Newest first: the first one seals, all of them open. */
  readonly encryption: { readonly keys: readonly EncryptionKey[] };
  readonly metrics: { readonly token?: string };
  readonly autoMigrate: boolean;
}

export interface HttpConfig {
  readonly host: string;
  readonly port: number;
  readonly trustProxy: TrustProxy;
  readonly adminBodyLimitBytes: number;
}

export interface MongoConfig {
  readonly uri: string;
  readonly dbName: string;
  readonly minPoolSize: number;
  readonly maxPoolSize: number;
  readonly tlsCaFile?: string;
  readonly reviewReadPreference: (typeof READ_PREFERENCES)[number];
}

export interface RoutingConfig {
  readonly url: string;
  readonly timeoutMs: number;
  /** Calls under way in one process. */
  readonly concurrency: number;
}

export interface RetryConfig {
  /** Attempts in all, the first one included. */
  readonly maxAttempts: number;
  readonly backoffBaseMs: number;
  readonly multiplier: number;
  readonly jitterPercent: number;
}

export interface RetentionConfig {
  readonly processedEventsTtlDays: number;
  readonly dlqTtlDays: number;
  /** Unset: history is kept for ever. */
  readonly historyTtlDays?: number;
}
