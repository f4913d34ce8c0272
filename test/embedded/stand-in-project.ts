import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareProject, PROJECT } from './run-node';

/** A gateway that leaves one document and one key where it was told to, and is ready at once. */
const GATEWAY = `
  const { createServer } = require('node:http');
  const { MongoClient } = require('mongodb');
  const { Redis } = require('ioredis');
  const { MONGO_URI, MONGO_DB_NAME, REDIS_URL, QUEUE_PREFIX, HOST, PORT } = process.env;
  const server = createServer((request, response) => response.end('{"status":"ok"}'));
  process.on('SIGTERM', () => process.exit(0));
  (async () => {
    const mongo = new MongoClient(MONGO_URI);
    await mongo.db(MONGO_DB_NAME).collection('traces').insertOne({ of: 'gateway' });
    const redis = new Redis(REDIS_URL);
    await redis.set(QUEUE_PREFIX + ':trace', process.pid);
    server.listen(Number(PORT), HOST, () => console.log('listening'));
  })();`;

/** A demonstration that shows what it was given. */
const DEMO = `
  const { GATEWAY_URL, ADMIN_API_KEY, SIGNING_SECRET } = process.env;
  const told = Boolean(GATEWAY_URL && ADMIN_API_KEY && SIGNING_SECRET);
  console.error('sending');
  const result = { ok: told, requests: [{ partner: 'standard' }], events: { accepted: 1 }, shipments: [] };
  console.log(process.argv.includes('--json') ? JSON.stringify(result) : 'a table');
  process.exit(told ? 0 : 1);`;

/** A routing service that only says where it would be. */
const ROUTING = `
  console.log('ROUTING_URL=http://127.0.0.1:9/route');
  process.on('SIGTERM', () => process.exit(0));
  setInterval(() => {}, 1000);`;

export interface StandIns {
  readonly gateway?: string;
  readonly demo?: string;
}

/** The commands with everything around them real, but for the gateway and its demonstration. */
export function projectWithStandIns({ gateway = GATEWAY, demo = DEMO }: StandIns = {}): string {
  const project = bareProject();
  symlinkSync(join(PROJECT, 'node_modules'), join(project, 'node_modules'));
  mkdirSync(join(project, 'src'));
  mkdirSync(join(project, 'dist', 'sandbox'), { recursive: true });
  writeFileSync(join(project, 'dist', 'main.js'), gateway);
  writeFileSync(join(project, 'dist', 'sandbox', 'demo.main.js'), demo);
  writeFileSync(join(project, 'dist', 'sandbox', 'routing-simulator.main.js'), ROUTING);
  writeFileSync(join(project, 'dist', '.built'), '');
  return project;
}
