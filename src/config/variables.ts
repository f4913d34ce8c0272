/** May be given by a file named in `<NAME>_FILE`; their values are never shown. */
export const SECRET_VARIABLES = [
  'SIGNING_SECRET',
  'ADMIN_API_KEY',
  'ENCRYPTION_KEYS',
  'METRICS_TOKEN',
  'MONGO_URI',
  'REDIS_URL',
] as const;

/** What of a faulty value must not be told: the secrets, and an address that somebody gave a password. */
export const HIDDEN_VARIABLES: ReadonlySet<string> = new Set([...SECRET_VARIABLES, 'ROUTING_URL']);

/** Read by other commands, or by versions to come: known, so that setting them early is no mistake. */
const READ_ELSEWHERE: ReadonlySet<string> = new Set([
  'REDIS_SENTINELS',
  'REDIS_SENTINEL_NAME',
  'REDIS_CLUSTER_NODES',
  'REDIS_SERVER_BINARY',
]);

const PREFIXES = [
  'ACK_',
  'ADMIN_',
  'AUTO_MIGRATE',
  'BODY_LIMIT',
  'DLQ_',
  'ENCRYPTION_',
  'HISTORY_',
  'METRICS_',
  'MONGO_',
  'PARTNERS_',
  'PROCESSED_EVENTS_',
  'PROCESSING_',
  'QUEUE_',
  'RATE_LIMIT_',
  'REDIS_',
  'RETRY_',
  'ROUTING_',
  'SIGNATURE_',
  'SIGNING_',
  'TRUST_PROXY',
  'WORKER_',
];

/** Kubernetes describes every service of a namespace by such variables, e.g. `REDIS_PORT_6379_TCP_ADDR`. */
const SERVICE_LINK = /_(SERVICE_(HOST|PORT)(_\w+)?|PORT(_\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)?)$/;

/** A name that looks like one of ours and is read by nobody: most likely a slip of the pen. */
export function isUnknownVariable(name: string, known: ReadonlySet<string>): boolean {
  return (
    PREFIXES.some((prefix) => name.startsWith(prefix)) &&
    !known.has(name) &&
    !READ_ELSEWHERE.has(name) &&
    !SERVICE_LINK.test(name)
  );
}
