import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { withSignal } from '#platform/resilience/with-signal';
import { type RedisSettings } from './redis-settings';

const RECONNECT_STEP_MS = 200;
const RECONNECT_MAX_MS = 2_000;

/** Shared by both kinds: BullMQ's own strategy backs off to 20 s, which is too long to stay idle after an outage. */
const retryStrategy = (times: number): number => Math.min(times * RECONNECT_STEP_MS, RECONNECT_MAX_MS);

type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

/**
 * Two kinds of connection that must never be shared: a producer answers at once when Redis is away (somebody
 * waits for the answer), a consumer waits for ever (it has nothing better to do).
 */
@Injectable()
export class RedisConnections implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Redis');
  private readonly opened: Redis[] = [];
  private producerConnection: Redis | undefined;
  private producerStood = false;
  private consumerConnection: Redis | undefined;

  constructor(private readonly settings: RedisSettings) {}

  /** Connects at boot: who fails fast must not fail only because it was never asked before. */
  onModuleInit(): void {
    void this.producer;
  }

  get producer(): Redis {
    return (this.producerConnection ??= this.openProducer());
  }

  /** Waits for the producer's first connection, so long at most; rejects at once where it was lost since. */
  async producerStands(ms: number): Promise<void> {
    const { producer } = this;
    if (producer.status === 'ready') return;
    if (this.producerStood) throw new Error('the connection to Redis is lost');
    await withSignal(ms, (signal) => once(producer, 'ready', { signal }));
  }

  /** For workers only; a worker duplicates it for its blocking calls. */
  get consumer(): Redis {
    return (this.consumerConnection ??= this.open('consumer', { maxRetriesPerRequest: null }));
  }

  get consumerStands(): boolean {
    return this.consumerConnection?.status === 'ready';
  }

  /** Asks the server itself; rejects when there is no answer in time. */
  async ping(): Promise<void> {
    await this.producer.ping();
  }

  onApplicationShutdown(): void {
    for (const connection of this.opened) connection.disconnect();
  }

  private openProducer(): Redis {
    const connection = this.open('producer', {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: this.settings.commandTimeoutMs,
    });
    connection.once('ready', () => (this.producerStood = true));
    return connection;
  }

  private open(purpose: string, options: ConnectionOptions): Redis {
    const all: ConnectionOptions = { connectTimeout: 2_000, retryStrategy, ...options };
    if (this.settings.tlsCaFile !== undefined) all.tls = { ca: readFileSync(this.settings.tlsCaFile) };
    const connection = new Redis(this.settings.url, all);
    // Every queue adds its listeners to the one connection of its process.
    connection.setMaxListeners(0);
    this.report(connection, purpose);
    this.opened.push(connection);
    return connection;
  }

  /** One line when the connection is lost and one when it is back, however often it is tried meanwhile. */
  private report(connection: Redis, purpose: string): void {
    let lost = false;
    connection.on('error', (error: Error) => {
      if (!lost) this.logger.warn({ purpose, err: error }, 'Redis cannot be reached; trying again');
      lost = true;
    });
    connection.on('close', () => {
      if (!lost && connection.status !== 'end')
        this.logger.warn({ purpose }, 'connection to Redis lost; trying again');
      lost = true;
    });
    connection.on('ready', () => {
      if (lost) this.logger.log({ purpose }, 'connection to Redis is back');
      lost = false;
    });
  }
}
