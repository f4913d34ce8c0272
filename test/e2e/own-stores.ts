import { Redis } from 'ioredis';
import { type Db, MongoClient } from 'mongodb';
import { type TestStores } from '../support/gateway-process';
import { type OwnMongoOptions, type OwnServer, ownMongo, ownRedis } from '../support/own-servers';
import { testDatabase } from '../support/test-database';

/** A MongoDB and a Redis that the test may hurt, and the test's own way into both. */
export class OwnStores {
  /** Their hosts still have a folder to remove. */
  private readonly killed: OwnServer[] = [];
  private readonly client: MongoClient;
  readonly db: Db;
  readonly redisClient: Redis;
  readonly addresses: TestStores;

  private constructor(
    public mongo: OwnServer,
    public redis: OwnServer,
    private readonly mongoOptions: OwnMongoOptions,
  ) {
    const { dbName, queuePrefix } = testDatabase();
    this.addresses = { dbName, queuePrefix, mongoUri: mongo.url, redisUrl: redis.url };
    this.client = new MongoClient(mongo.url);
    this.db = this.client.db(dbName);
    this.redisClient = new Redis(redis.url, { retryStrategy: () => 100, maxRetriesPerRequest: null });
    // A test that kills the server knows that it is away.
    this.redisClient.on('error', () => undefined);
  }

  static async start(mongoOptions: OwnMongoOptions = {}): Promise<OwnStores> {
    const [mongo, redis] = await Promise.all([ownMongo(mongoOptions), ownRedis()]);
    return new OwnStores(mongo, redis, mongoOptions);
  }

  killMongo(): void {
    this.mongo.kill();
    this.killed.push(this.mongo);
  }

  /** On the same port, with what it had. */
  async restartMongo(): Promise<void> {
    const { port, dataDir } = this.mongo;
    this.mongo = await ownMongo({ ...this.mongoOptions, port, dataDir });
  }

  /** On the same port, with nothing. */
  async replaceRedis(): Promise<void> {
    const old = this.redis;
    await old.stop();
    this.redis = await ownRedis({ port: old.port });
  }

  command(command: Record<string, unknown>): Promise<unknown> {
    return this.client.db('admin').command(command);
  }

  async stop(): Promise<void> {
    this.redisClient.disconnect();
    await this.client.close();
    await Promise.all([this.mongo, this.redis, ...this.killed].map((server) => server.stop()));
  }
}
