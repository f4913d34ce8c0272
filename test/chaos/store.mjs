import { Redis } from 'ioredis';
import { findMongod } from '../../scripts/embedded/find-mongod.mjs';
import { findRedis } from '../../scripts/embedded/find-redis.mjs';
import { startMongo } from '../../scripts/embedded/start-mongo.mjs';
import { startRedis } from '../../scripts/embedded/start-redis.mjs';
import { freePort } from '../../scripts/process/free-port.mjs';

const KINDS = {
  redis: { find: findRedis, launch: startRedis },
  mongo: { find: findMongod, launch: startMongo },
};

/** A real server with a data folder of its own, which it finds again however it ended. */
export class Store {
  #launch;
  #server;
  #closed = false;

  constructor(name, launch) {
    this.name = name;
    this.#launch = launch;
  }

  /** Named by its kind. A folder that is named is kept when the server stops: that is how it finds its data again. */
  static async open(kind, dataDir) {
    const { find, launch } = KINDS[kind];
    const options = { found: await find(), port: await freePort(), dataDir };
    const store = new Store(kind, () => launch(options));
    await store.start();
    return store;
  }

  get address() {
    return this.#server.uri ?? this.#server.url;
  }

  get version() {
    return this.#server.version;
  }

  /** Waits until it answers; MongoDB, until it takes writes. */
  async start() {
    if (this.#closed) throw new Error(`${this.name}: the run is over`);
    this.#server = await this.#launch();
    if (this.#closed) await this.kill();
  }

  /** As a machine that loses power would end it. */
  kill() {
    return this.#server.kill();
  }

  /** In its own good order. */
  stop() {
    return this.#server.stop();
  }

  freeze() {
    process.kill(this.#server.pid, 'SIGSTOP');
  }

  thaw() {
    process.kill(this.#server.pid, 'SIGCONT');
  }

  async close() {
    this.#closed = true;
    await this.#server?.kill();
  }
}

/** One command on a connection of its own: the server may have been another one a moment ago. */
export async function redisCommand({ address }, ...words) {
  const options = {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 2_000,
  };
  const client = new Redis(address, { ...options, commandTimeout: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return await client.call(...words);
  } finally {
    client.disconnect();
  }
}
