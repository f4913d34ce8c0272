/**
 * The module boundaries of docs/architecture.md as dependency rules. `npm run check:walls` checks them, and
 * test/walls/walls.spec.ts breaks every one of them once to prove that it bites: a new rule needs a case there.
 *
 *   main → app → the second tier → domain → platform → libraries;  config is read by app and handed on
 */

/** Modules that do one job of the product each. They meet in domain, in the job catalogue, or by a port. */
const SECOND_TIER = [
  'ingestion',
  'processing',
  'dlq-review',
  'notifications',
  'alerts',
  'admin',
  'console',
  'health',
  'sandbox',
  'cli',
];
const MODULES = ['app', 'config', ...SECOND_TIER, 'domain', 'platform'];

/** Files that a process is started with: src/main.ts and, inside a module, `<name>.main.ts`. */
const ENTRY_POINTS = '(^src/|[.])main[.]ts$';
const SPECS = '[.]spec[.]ts$';

const anyOf = (names) => `(${names.join('|')})`;
const inModules = (names) => `^src/${anyOf(names)}/`;
/** Matches a package whether or not it is installed (an uninstalled one keeps its bare name). */
const packages = (...names) => `(^|(^|/)node_modules/)${anyOf(names)}(/|$)`;

const layers = [
  {
    name: 'second-tier-modules-stay-apart',
    comment:
      'Move what both need to src/domain, publish a job, or declare a port here and let src/app bind it.',
    from: { path: `^src/${anyOf(SECOND_TIER)}/` },
    to: { path: inModules(SECOND_TIER), pathNot: '^src/$1/' },
  },
  {
    name: 'domain-knows-only-platform',
    comment: 'The domain is what the modules above share; it must not know who uses it, nor the settings.',
    from: { path: '^src/domain/' },
    to: { path: '^src/', pathNot: inModules(['domain', 'platform']) },
  },
  {
    name: 'platform-knows-only-itself',
    comment: 'Platform code carries no word of the business; take what it needs as an argument or a port.',
    from: { path: '^src/platform/' },
    to: { path: '^src/', pathNot: '^src/platform/' },
  },
  {
    name: 'config-knows-nothing-above-it',
    comment: 'Config only reads and checks the environment; it may use domain and platform, nothing else.',
    from: { path: '^src/config/' },
    to: { path: '^src/', pathNot: inModules(['config', 'domain', 'platform']) },
  },
  {
    name: 'config-is-read-by-app-only',
    comment: 'Declare the settings you need as a readonly interface of your own; src/app hands them on.',
    from: { path: inModules(SECOND_TIER), pathNot: ENTRY_POINTS },
    to: { path: '^src/config/' },
  },
  {
    name: 'entry-points-read-only-the-environment',
    comment:
      'An entry point of the second tier takes src/config/process-environment.ts, not the config classes.',
    from: { path: `^src/${anyOf(SECOND_TIER)}/.+[.]main[.]ts$` },
    to: { path: '^src/config/', pathNot: '^src/config/process-environment[.]ts$' },
  },
  {
    name: 'app-is-imported-by-main-only',
    comment: 'src/app puts the modules together. Who imports it from below makes a cycle of the layers.',
    from: { path: inModules(SECOND_TIER) },
    to: { path: '^src/app/' },
  },
  {
    name: 'main-imports-app-and-config-only',
    comment: 'src/main.ts starts src/app and nothing else; put the work there.',
    from: { path: '^src/main[.]ts$' },
    to: { path: '^src/', pathNot: inModules(['app', 'config']) },
  },
  {
    name: 'entry-points-are-not-imported',
    comment: 'Importing an entry point runs it. Move what you need into a file beside it.',
    from: {},
    to: { path: ENTRY_POINTS },
  },
  {
    name: 'every-module-has-a-place',
    comment: `A folder of src belongs to a layer: name it in .dependency-cruiser.cjs (now ${MODULES.join(', ')}).`,
    from: {},
    to: { path: '^src/', pathNot: [inModules(MODULES), ENTRY_POINTS] },
  },
  {
    name: 'no-cycles',
    comment: 'Files that need each other are one file, or lack a third one that both can use.',
    from: { path: '^(src|test)/' },
    to: { circular: true },
  },
];

const libraries = [
  {
    name: 'mongodb-in-stores-only',
    comment: 'Ask a repository. The driver is for src/platform/mongo, *.schema.ts and *.repository.ts.',
    from: { path: '^src/', pathNot: ['^src/platform/mongo/', '[.](schema|repository)[.]ts$'] },
    to: { path: packages('mongodb', 'bson') },
  },
  {
    name: 'no-mongoose',
    comment: 'The project uses the native MongoDB driver (docs/decisions).',
    from: {},
    to: { path: packages('mongoose', '@nestjs/mongoose') },
  },
  {
    name: 'bullmq-in-platform-jobs-only',
    comment: 'Add a job to the catalogue of src/platform/jobs and use its producer.',
    from: { path: '^src/', pathNot: '^src/platform/jobs/' },
    to: { path: packages('bullmq', '@nestjs/bullmq', '@nestjs/bull-shared') },
  },
  {
    name: 'ioredis-in-platform-redis-only',
    comment: 'Producers fail fast, workers wait: src/platform/redis makes the connections for both.',
    from: { path: '^src/', pathNot: '^src/platform/redis/' },
    to: { path: packages('ioredis') },
  },
  {
    name: 'fastify-at-the-http-edge-only',
    comment:
      'Fastify is for src/platform/http, src/app, *.controller.ts and *.routes.ts; hand on plain values from there.',
    from: { path: '^src/', pathNot: ['^src/(platform/http|app)/', '[.](controller|routes)[.]ts$'] },
    to: { path: packages('fastify', '@nestjs/platform-fastify', '@fastify/[^/]+') },
  },
  {
    name: 'domain-has-no-http-and-no-queue',
    comment:
      'The domain holds schemas, repositories and rules. Requests and jobs end in the module above it.',
    from: { path: '^src/domain/' },
    to: {
      path: [
        '^src/platform/(http|jobs)/',
        packages('fastify', '@nestjs/platform-fastify', '@nestjs/swagger', 'bullmq', 'undici'),
        '^(node:)?https?2?$',
      ],
    },
  },
];

const hygiene = [
  {
    name: 'production-code-uses-no-test-code',
    comment: 'What production needs lives in src.',
    from: { path: '^src/' },
    to: { path: ['^(test|scripts)/'] },
  },
  {
    name: 'nothing-imports-a-spec',
    comment: 'Move what two specs share into a builder or support file under test.',
    from: {},
    to: { path: SPECS },
  },
  {
    name: 'production-code-uses-no-dev-dependency',
    comment: 'The image is built without devDependencies: move the package to dependencies.',
    from: { path: '^src/', pathNot: SPECS },
    to: { dependencyTypes: ['npm-dev'] },
  },
  {
    name: 'dependencies-are-declared',
    comment: 'The package is there only because another one brings it: declare it in package.json.',
    from: { path: '^(src|test)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'source-does-not-use-the-build',
    comment: 'The alias has no file in src and was found in an old build: remove dist, then mend the import.',
    from: { path: '^(src|test)/' },
    to: { path: '^dist/' },
  },
  {
    name: 'imports-resolve',
    comment: 'There is no such file or package.',
    from: { path: '^(src|test)/' },
    to: { couldNotResolve: true, pathNot: packages('mongoose', '@nestjs/mongoose') },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...layers, ...libraries, ...hygiene].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    // A type-only import couples two modules as much as any other.
    tsPreCompilationDeps: true,
    // `paths` wins over the `imports` of package.json, so aliases lead to src whether or not dist exists.
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
