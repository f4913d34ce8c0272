import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { atEnd } from '../../scripts/process/closing.mjs';
import { guardDirectory } from '../../scripts/process/guard.mjs';
import { until } from '../../scripts/process/until.mjs';
import { CACHE } from '../../scripts/project/places.mjs';
import { frozenBuild } from './frozen-build.mjs';
import { Gateway } from './gateway.mjs';
import { isReady } from './http-client.mjs';
import { Routing } from './routing.mjs';
import { Store } from './store.mjs';

export const ACK_TIMEOUT_MS = 2_000;
const DATABASE = 'courier_gateway_chaos';
const PROCESSES = { 'api-1': 'api', 'api-2': 'api', 'worker-1': 'worker', 'worker-2': 'worker' };
const READY_WITHIN_MS = 60_000;
const READY_EVERY_MS = 200;

/** Legal, and short where waiting shows nothing: what a dead worker held is free after 11 s instead of 40. */
const settingsOf = ({ redis, mongo }, secret) => ({
  MONGO_URI: mongo.address,
  MONGO_DB_NAME: DATABASE,
  REDIS_URL: redis.address,
  SIGNING_SECRET: secret,
  ENCRYPTION_KEYS: `chaos:${randomBytes(32).toString('base64')}`,
  ACK_TIMEOUT_MS: String(ACK_TIMEOUT_MS),
  PROCESSING_TIMEOUT_MS: '1000',
  RETRY_BACKOFF_BASE_MS: '200',
  WORKER_DRAIN_TIMEOUT_MS: '5000',
  // The load comes from one address and as one partner: its limits are not what is looked at here.
  RATE_LIMIT_PER_IP_PER_MINUTE: '0',
  RATE_LIMIT_PER_PARTNER_PER_SECOND: '0',
});

/** Two stores, two apis, two workers, all of them real processes of our own; and our own eyes on the database. */
export class Deployment {
  stores = {};
  gateways = [];
  #release = () => {};
  #closed;

  static async open({ secret, preload, routingMs }) {
    const deployment = new Deployment();
    await mkdir(join(CACHE, 'data'), { recursive: true });
    deployment.folder = await mkdtemp(join(CACHE, 'data', 'chaos-'));
    deployment.#release = guardDirectory(deployment.folder);
    atEnd(() => deployment.close());
    await deployment.#openStores();
    await deployment.#openGateways(secret, { preload, routingMs });
    return deployment;
  }

  get apis() {
    return this.gateways.filter(({ role }) => role === 'api');
  }

  get workers() {
    return this.gateways.filter(({ role }) => role === 'worker');
  }

  /** All processes are there and ready; rejects when one of them ended by itself, or in time none of this comes true. */
  async ready(timeoutMs = READY_WITHIN_MS) {
    const allReady = async () => {
      const failure = this.gateways.map((gateway) => gateway.failure).find((text) => text !== undefined);
      if (failure !== undefined) throw new Error(failure);
      // One after the other, and seldom: each answer costs the process a question to both stores.
      for (const gateway of this.gateways) if (!(await isReady(gateway))) return false;
      return true;
    };
    await until(allReady, { timeoutMs, what: 'every process is ready', everyMs: READY_EVERY_MS });
  }

  /** What is left of it can be looked at afterwards. */
  keep() {
    this.#release();
    this.kept = true;
  }

  /** Once, however often it is called. */
  close() {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #openStores() {
    for (const kind of ['redis', 'mongo'])
      this.stores[kind] = await Store.open(kind, join(this.folder, kind));
    this.mongo = new MongoClient(this.stores.mongo.address, { serverSelectionTimeoutMS: 5_000 });
    await this.mongo.connect();
    this.database = this.mongo.db(DATABASE);
  }

  async #openGateways(secret, { preload, routingMs }) {
    const program = await frozenBuild(join(this.folder, 'build'));
    const command = preload === undefined ? [program] : ['--require', preload, program];
    if (routingMs !== undefined) this.routing = new Routing(dirname(program), routingMs);
    const settings = { ...settingsOf(this.stores, secret), ...(await this.routing?.settings()) };
    for (const [name, role] of Object.entries(PROCESSES)) {
      const logFile = join(this.folder, `${name}.log`);
      this.gateways.push(await Gateway.open({ name, role, command, settings, logFile }));
    }
    await this.ready();
  }

  async #end() {
    await this.mongo?.close().catch(() => {});
    await Promise.all([...this.gateways, ...Object.values(this.stores)].map((one) => one.close()));
    await this.routing?.close();
    if (this.kept) return;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
    this.#release();
  }
}
