import { leaseMsFor } from '#domain/events/event-lease';
import { isUsableConnectionString } from '#platform/mongo/connection-string';
import type { Environment } from './environment';
import type { ConfigFault } from './fault';

/** Connections beside those of running events: intake groups, reconciler, partner refresh, health, admin. */
const SPARE_CONNECTIONS = 5;
const DAY_MS = 86_400_000;

interface Rule {
  /** A rule is asked only when each of these is valid by itself. */
  readonly about: readonly (keyof Environment)[];
  readonly check: (env: Environment) => ConfigFault | undefined;
}

/** The longest time from the first attempt to the end of the last one. */
export function longestRetryMs(env: Environment): number {
  const waits = Array.from(
    { length: env.RETRY_MAX_ATTEMPTS - 1 },
    (_, retry) => env.RETRY_BACKOFF_BASE_MS * env.RETRY_BACKOFF_MULTIPLIER ** retry,
  );
  const waiting = waits.reduce((sum, wait) => sum + wait, 0) * (1 + env.RETRY_JITTER_PERCENT / 100);
  return waiting + env.RETRY_MAX_ATTEMPTS * env.PROCESSING_TIMEOUT_MS;
}

/** An entry that expired too early is forgotten: the same event sent again would be taken as a new one. */
function journalOutlivesRetries(env: Environment): ConfigFault | undefined {
  const lease = leaseMsFor(env.PROCESSING_TIMEOUT_MS);
  const replayWindow = 2 * env.SIGNATURE_TOLERANCE_SECONDS * 1000;
  const neededDays = (longestRetryMs(env) + lease + replayWindow) / DAY_MS;
  if (env.PROCESSED_EVENTS_TTL_DAYS >= neededDays) return undefined;
  const days = Math.ceil(neededDays * 10_000) / 10_000;
  return {
    variable: 'PROCESSED_EVENTS_TTL_DAYS',
    expected: `at least ${days} days: all retries (RETRY_*, PROCESSING_TIMEOUT_MS), the lease and the replay window (SIGNATURE_TOLERANCE_SECONDS) must fit into it`,
    received: String(env.PROCESSED_EVENTS_TTL_DAYS),
  };
}

function historyOutlivesJournal(env: Environment): ConfigFault | undefined {
  if (env.HISTORY_TTL_DAYS === undefined || env.HISTORY_TTL_DAYS >= env.PROCESSED_EVENTS_TTL_DAYS) {
    return undefined;
  }
  return {
    variable: 'HISTORY_TTL_DAYS',
    expected: `at least PROCESSED_EVENTS_TTL_DAYS (${env.PROCESSED_EVENTS_TTL_DAYS}), or unset to keep it for ever`,
    received: String(env.HISTORY_TTL_DAYS),
  };
}

/** Else no call could ever end by its own time-out, and every slow one would cost the whole attempt. */
function routingEndsWithinAttempt(env: Environment): ConfigFault | undefined {
  const { ROUTING_URL: url, ROUTING_TIMEOUT_MS: callMs, PROCESSING_TIMEOUT_MS: attemptMs } = env;
  if (url === undefined || callMs < attemptMs) return undefined;
  return {
    variable: 'ROUTING_TIMEOUT_MS',
    expected: `less than PROCESSING_TIMEOUT_MS (${attemptMs}): a call of the routing service is part of an attempt`,
    received: String(callMs),
  };
}

function poolFitsConcurrency(env: Environment): ConfigFault | undefined {
  const needed = env.WORKER_CONCURRENCY + SPARE_CONNECTIONS;
  if (env.ROLE === 'api' || env.MONGO_MAX_POOL_SIZE >= needed) return undefined;
  return {
    variable: 'MONGO_MAX_POOL_SIZE',
    expected: `at least ${needed} with ROLE=${env.ROLE}: WORKER_CONCURRENCY (${env.WORKER_CONCURRENCY}) and ${SPARE_CONNECTIONS} for everything else; or a lower WORKER_CONCURRENCY`,
    received: String(env.MONGO_MAX_POOL_SIZE),
  };
}

function poolBoundsAreOrdered(env: Environment): ConfigFault | undefined {
  if (env.MONGO_MIN_POOL_SIZE <= env.MONGO_MAX_POOL_SIZE) return undefined;
  return {
    variable: 'MONGO_MIN_POOL_SIZE',
    expected: `at most MONGO_MAX_POOL_SIZE (${env.MONGO_MAX_POOL_SIZE})`,
    received: String(env.MONGO_MIN_POOL_SIZE),
  };
}

/** A CA turns TLS on, so that both together would only fail when the client is made. */
function mongoCaFileIsUsed({
  MONGO_TLS_CA_FILE: file,
  MONGO_URI: uri,
}: Environment): ConfigFault | undefined {
  if (file === undefined || isUsableConnectionString(uri, { tls: true })) return undefined;
  return {
    variable: 'MONGO_TLS_CA_FILE',
    expected: 'to be unset, or MONGO_URI without tls=false and ssl=false',
  };
}

function redisCaFileIsUsed(env: Environment): ConfigFault | undefined {
  if (env.REDIS_TLS_CA_FILE === undefined || env.REDIS_URL.startsWith('rediss:')) return undefined;
  return { variable: 'REDIS_TLS_CA_FILE', expected: 'to be unset, or REDIS_URL to begin with rediss://' };
}

const RULES: readonly Rule[] = [
  {
    about: [
      'PROCESSED_EVENTS_TTL_DAYS',
      'PROCESSING_TIMEOUT_MS',
      'RETRY_MAX_ATTEMPTS',
      'RETRY_BACKOFF_BASE_MS',
      'RETRY_BACKOFF_MULTIPLIER',
      'RETRY_JITTER_PERCENT',
      'SIGNATURE_TOLERANCE_SECONDS',
    ],
    check: journalOutlivesRetries,
  },
  { about: ['HISTORY_TTL_DAYS', 'PROCESSED_EVENTS_TTL_DAYS'], check: historyOutlivesJournal },
  {
    about: ['ROUTING_URL', 'ROUTING_TIMEOUT_MS', 'PROCESSING_TIMEOUT_MS'],
    check: routingEndsWithinAttempt,
  },
  { about: ['ROLE', 'MONGO_MAX_POOL_SIZE', 'WORKER_CONCURRENCY'], check: poolFitsConcurrency },
  { about: ['MONGO_MIN_POOL_SIZE', 'MONGO_MAX_POOL_SIZE'], check: poolBoundsAreOrdered },
  { about: ['MONGO_URI', 'MONGO_TLS_CA_FILE'], check: mongoCaFileIsUsed },
  { about: ['REDIS_URL', 'REDIS_TLS_CA_FILE'], check: redisCaFileIsUsed },
];

/** The rules across variables, as far as the variables themselves can be read. */
export function inconsistencies(env: Environment, faulty: ReadonlySet<string>): ConfigFault[] {
  return RULES.filter(({ about }) => !about.some((variable) => faulty.has(variable)))
    .map(({ check }) => check(env))
    .filter((fault) => fault !== undefined);
}
