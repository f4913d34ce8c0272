import { type Files } from './broken-tree';

export interface DependencyCase {
  readonly rule: string;
  readonly from: string;
  readonly imports: string;
}

/** Files that the cases import. */
export const TARGETS: Files = {
  ...stubs([
    'src/main.ts',
    'src/openapi.main.ts',
    'src/app/root.ts',
    'src/config/settings.ts',
    'src/config/process-environment.ts',
    'src/ingestion/intake.ts',
    'src/processing/worker.ts',
    'src/dlq-review/review.ts',
    'src/admin/keys.ts',
    'src/health/probe.ts',
    'src/sandbox/demo.ts',
    'src/domain/events/journal.ts',
    'src/domain/events/journal.spec.ts',
    'src/platform/http/problem.ts',
    'src/platform/jobs/catalogue.ts',
    'src/platform/crypto/keys.ts',
    'src/parcels/weight.ts',
    'test/support/builder.ts',
  ]),
  'src/domain/partners/right.ts': "export { type Used } from './left';\n",
  // An old build: of a file that still exists, and of one that does not.
  'dist/platform/crypto/keys.js': 'exports.thing = 1;\n',
  'dist/platform/crypto/gone.js': 'exports.thing = 1;\n',
};

/** Each of these files must be reported for its rule and for no other. */
export const BROKEN: readonly DependencyCase[] = [
  broken('second-tier-modules-stay-apart', 'ingestion/peer.ts', '#processing/worker'),
  broken('second-tier-modules-stay-apart', 'dlq-review/peer.ts', '../admin/keys'),
  broken('second-tier-modules-stay-apart', 'alerts/peer.ts', '#health/probe'),
  broken('domain-knows-only-platform', 'domain/events/upwards.ts', '#ingestion/intake'),
  broken('domain-knows-only-platform', 'domain/events/settings.ts', '#config/settings'),
  broken('domain-knows-only-platform', 'domain/events/root.ts', '#app/root'),
  broken('platform-knows-only-itself', 'platform/http/journal.ts', '#domain/events/journal'),
  broken('platform-knows-only-itself', 'platform/http/settings.ts', '#config/settings'),
  broken('platform-knows-only-itself', 'platform/http/probe.ts', '#health/probe'),
  broken('config-knows-nothing-above-it', 'config/root.ts', '#app/root'),
  broken('config-knows-nothing-above-it', 'config/intake.ts', '#ingestion/intake'),
  broken('config-is-read-by-app-only', 'processing/settings.ts', '#config/settings'),
  broken('config-is-read-by-app-only', 'sandbox/environment.ts', '#config/process-environment'),
  broken('entry-points-read-only-the-environment', 'sandbox/demo.main.ts', '#config/settings'),
  broken('app-is-imported-by-main-only', 'admin/root.ts', '#app/root'),
  broken('main-imports-app-and-config-only', 'main.ts', '#processing/worker'),
  broken('entry-points-are-not-imported', 'app/again.ts', '../main'),
  broken('entry-points-are-not-imported', 'app/document.ts', '../openapi.main'),
  broken('every-module-has-a-place', 'app/parcels.ts', '../parcels/weight'),
  broken('no-cycles', 'domain/partners/left.ts', './right'),
  broken('mongodb-in-stores-only', 'processing/driver.ts', 'mongodb'),
  broken('mongodb-in-stores-only', 'domain/events/bytes.ts', 'mongodb'),
  broken('no-mongoose', 'platform/mongo/models.ts', 'mongoose'),
  broken('no-mongoose', 'app/models.ts', '@nestjs/mongoose'),
  broken('bullmq-in-platform-jobs-only', 'processing/queue.ts', 'bullmq'),
  broken('bullmq-in-platform-jobs-only', 'platform/redis/queue.ts', 'bullmq'),
  broken('ioredis-in-platform-redis-only', 'platform/jobs/client.ts', 'ioredis'),
  broken('fastify-at-the-http-edge-only', 'ingestion/request.ts', 'fastify'),
  broken('fastify-at-the-http-edge-only', 'health/adapter.ts', '@nestjs/platform-fastify'),
  broken('fastify-at-the-http-edge-only', 'console/files.ts', '@fastify/static'),
  broken('domain-has-no-http-and-no-queue', 'domain/events/problem.ts', '#platform/http/problem'),
  broken('domain-has-no-http-and-no-queue', 'domain/events/job.ts', '#platform/jobs/catalogue'),
  broken('domain-has-no-http-and-no-queue', 'domain/events/document.ts', '@nestjs/swagger'),
  broken('domain-has-no-http-and-no-queue', 'domain/events/client.ts', 'node:http'),
  broken('production-code-uses-no-test-code', 'app/builder.ts', '../../test/support/builder'),
  broken('nothing-imports-a-spec', 'domain/events/reuse.ts', './journal.spec'),
  broken('production-code-uses-no-dev-dependency', 'app/random.ts', 'fast-check'),
  broken('dependencies-are-declared', 'platform/http/plugins.ts', 'avvio'),
  broken('source-does-not-use-the-build', 'platform/http/stale.ts', '#platform/crypto/gone'),
  broken('imports-resolve', 'app/nowhere.ts', '#platform/crypto/nowhere'),
  broken('imports-resolve', 'app/no-package.ts', 'no-such-package'),
];

/** Each of these files must not be reported at all. */
export const ALLOWED: readonly Omit<DependencyCase, 'rule'>[] = [
  allowed('openapi.main.ts', '#app/root'),
  allowed('app/wiring.ts', '#ingestion/intake'),
  allowed('app/settings.ts', '#config/settings'),
  allowed('app/server.ts', '@nestjs/platform-fastify'),
  allowed('sandbox/services.main.ts', '#config/process-environment'),
  allowed('ingestion/journal.ts', '#domain/events/journal'),
  allowed('ingestion/webhooks.controller.ts', 'fastify'),
  allowed('ingestion/sibling.ts', './intake'),
  allowed('domain/events/journal.repository.ts', 'mongodb'),
  allowed('domain/events/journal.schema.ts', 'mongodb'),
  allowed('domain/events/crypto.ts', '#platform/crypto/keys'),
  allowed('domain/events/random.spec.ts', 'fast-check'),
  allowed('platform/mongo/pool.ts', 'mongodb'),
  allowed('platform/jobs/producer.ts', 'bullmq'),
  allowed('platform/redis/connections.ts', 'ioredis'),
];

export function sourceOf({ imports }: Pick<DependencyCase, 'imports'>): string {
  // A type-only import must count as well, so that is what is tried.
  return `import type * as used from '${imports}';\nexport type Used = typeof used;\n`;
}

function broken(rule: string, from: string, imports: string): DependencyCase {
  return { rule, from: `src/${from}`, imports };
}

function allowed(from: string, imports: string): Omit<DependencyCase, 'rule'> {
  return { from: `src/${from}`, imports };
}

function stubs(paths: readonly string[]): Files {
  return Object.fromEntries(paths.map((path) => [path, 'export const thing = 1;\n']));
}
