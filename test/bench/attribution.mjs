import { fileURLToPath } from 'node:url';
import { ROOT } from '../../scripts/project/places.mjs';

/** What a package works for, by name or scope; any other package stands for itself. */
const WORKS_FOR = {
  fastify: [
    ...['fastify', '@fastify', 'avvio', 'find-my-way', 'light-my-request', 'secure-json-parse', 'reusify'],
    ...['fast-json-stringify', 'fast-querystring', 'toad-cache', 'process-warning'],
  ],
  nest: ['@nestjs', 'rxjs', 'reflect-metadata', 'class-validator', 'class-transformer', 'path-to-regexp'],
  mongodb: ['mongodb', 'bson', 'mongodb-connection-string-url'],
  'bullmq + ioredis': [
    ...['bullmq', 'ioredis', '@ioredis', 'redis-parser', 'msgpackr', 'msgpackr-extract', 'denque'],
    ...['cluster-key-slot', 'standard-as-callback'],
  ],
  logging: [
    ...['pino', 'pino-http', 'nestjs-pino', 'pino-std-serializers', 'sonic-boom', 'thread-stream'],
    ...['quick-format-unescaped', 'on-exit-leak-free', 'safe-stable-stringify', '@pinojs'],
  ],
  metrics: ['prom-client', 'tdigest', 'bintrees', '@opentelemetry'],
  ajv: ['ajv', 'ajv-formats', 'fast-uri'],
};
const GROUP_OF_PACKAGE = new Map(
  Object.entries(WORKS_FOR).flatMap(([group, names]) => names.map((name) => [name, group])),
);
/** Compiled-in language features: their time is that of the code that uses them. */
const TRANSPARENT = new Set(['tslib', '@swc']);

const PARTS_OF_NODE = [
  [/^node:(?:internal\/)?crypto/, 'crypto (node)'],
  [/^node:(?:_http|internal\/http|http)/, 'http (node)'],
  [/^node:(?:net|_?stream|internal\/streams?|internal\/stream_base|dns|tls)/, 'sockets and streams (node)'],
  [
    /^node:(?:internal\/)?(?:async_|timers|process\/(?:promises|task_queues))/,
    'ticks, timers, context (node)',
  ],
  [/^(?:node|evalmachine|wasm):/, 'other (node)'],
];

const NAMED_BY_V8 = {
  '(garbage collector)': 'garbage collection',
  '(program)': 'native code outside JavaScript',
  '(idle)': 'idle',
  '(root)': 'idle',
};
export const IDLE = 'idle';

/** The group of a function; undefined for a builtin such as JSON.parse, whose time belongs to who called it. */
export function groupOf({ functionName, url }) {
  if (url === '') return NAMED_BY_V8[functionName];
  const place = placeInProject(url);
  if (place.startsWith('dist/')) return `our code: ${/^dist\/([^/]+)\//.exec(place)?.[1] ?? 'main'}`;
  const packageName = packageOf(place);
  if (packageName !== undefined) return groupOfPackage(packageName);
  return PARTS_OF_NODE.find(([pattern]) => pattern.test(url))?.[1] ?? 'other';
}

/** Packages have packages of their own: the last node_modules of the path says whose code it is. */
function packageOf(place) {
  return /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(place)?.[1];
}

function groupOfPackage(name) {
  const scope = name.split('/')[0];
  if (TRANSPARENT.has(scope)) return undefined;
  return GROUP_OF_PACKAGE.get(name) ?? GROUP_OF_PACKAGE.get(scope) ?? name;
}

/** The file, from the project's folder on; as it is for what lies elsewhere. */
export function placeInProject(url) {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return path.startsWith(ROOT) ? path.slice(ROOT.length) : path;
}

/** Whether the group is Node's own, which works for whoever called it. */
export const isNodesOwn = (group) => group.endsWith('(node)');
