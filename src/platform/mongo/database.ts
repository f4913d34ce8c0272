import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  type ClientSession,
  type Collection,
  type Db,
  type Document,
  MongoClient,
  type MongoClientOptions,
  ReadPreference,
} from 'mongodb';
import { type CollectionDeclaration } from './collection-declaration';
import { withTimeout } from '#platform/resilience/with-timeout';
import { type MongoSettings } from './mongo-settings';
import { PoolGauge } from './pool-gauge';

const RECONNECT_MS = 500;
/** The driver says goodbye to a server that may hang. */
const CLOSE_TIMEOUT_MS = 1_000;

const optionsOf = (settings: MongoSettings): MongoClientOptions => ({
  minPoolSize: settings.minPoolSize,
  maxPoolSize: settings.maxPoolSize,
  writeConcern: { w: 'majority', journal: true },
  connectTimeoutMS: 5_000,
  // How long one call looks for a primary. The driver keeps looking in the background, so a call made
  // after the server is back succeeds without anybody reconnecting.
  serverSelectionTimeoutMS: 5_000,
  waitQueueTimeoutMS: 10_000,
  ...(settings.tlsCaFile === undefined ? {} : { tls: true, tlsCAFile: settings.tlsCaFile }),
});

/**
 * The connection to MongoDB. Every write is acknowledged by a majority and journaled, unless a caller asks
 * for less. A process may start while MongoDB is away.
 */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  readonly pool: PoolGauge;
  private readonly logger = new Logger('Mongo');
  private readonly stopping = new AbortController();
  private readonly client: MongoClient;
  private readonly db: Db;

  constructor(private readonly settings: MongoSettings) {
    this.client = new MongoClient(settings.uri, optionsOf(settings));
    this.pool = new PoolGauge(this.client);
    this.db = this.client.db(settings.dbName);
  }

  onModuleInit(): void {
    void this.connect();
  }

  collection<T extends Document>(declaration: CollectionDeclaration<T>): Collection<T> {
    return this.db.collection<T>(declaration.name);
  }

  /** The same collection for lists that people read: may lag behind the primary. */
  reviewCollection<T extends Document>(declaration: CollectionDeclaration<T>): Collection<T> {
    const readPreference = ReadPreference.fromString(this.settings.reviewReadPreference);
    return this.db.collection<T>(declaration.name, { readPreference });
  }

  /** Runs `work` in one transaction; it may be run again when it meets another writer. */
  transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    return this.client.withSession((session) => session.withTransaction(() => work(session)));
  }

  /** Asks the server itself; rejects when there is no answer in time. */
  async ping(timeoutMs: number): Promise<void> {
    await this.db.command({ ping: 1 }, { signal: AbortSignal.timeout(timeoutMs) });
  }

  /** The server's clock: the one that leases are measured by. */
  async now(): Promise<Date> {
    const { localTime } = await this.db.command({ hello: 1 });
    return localTime instanceof Date ? localTime : new Date();
  }

  /** For declarations and tests that need the database as a whole. */
  get handle(): Db {
    return this.db;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    const closing = this.client.close();
    await withTimeout(closing, CLOSE_TIMEOUT_MS, 'closing the connections').catch(() => undefined);
  }

  /**
   * Until the first success: a driver whose first connection failed stays closed for good unless it is asked
   * again. From then on it reconnects by itself.
   */
  private async connect(): Promise<void> {
    let told = false;
    while (!this.stopping.signal.aborted) {
      try {
        await this.client.connect();
        if (told) this.logger.log('MongoDB can be reached now');
        return;
      } catch (error) {
        if (!told) this.logger.warn({ err: error }, 'MongoDB cannot be reached; trying again');
        told = true;
        await pause(RECONNECT_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }
}
