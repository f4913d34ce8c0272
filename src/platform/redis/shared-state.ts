import { Injectable, Logger } from '@nestjs/common';
import { withTimeout } from '#platform/resilience/with-timeout';
import { RedisConnections } from './redis-connections';

/**
 * One script at one key: it reads and changes in one step, so that processes never cross each other. Gives a
 * list, or nothing.
 */
export type SharedScript = (
  key: string,
  ...parameters: readonly (string | number)[]
) => Promise<readonly unknown[] | undefined>;

const isList = (reply: unknown): reply is readonly unknown[] => Array.isArray(reply);

/** Somebody waits for the answer, and can go on without it. */
const TIMEOUT_MS = 200;
const RETRY_MS = 1_000;

/**
 * Small things that all processes know together, such as what is left of a limit. Each has a way to go on
 * without Redis, so after the first failure nobody waits for it: `isAway` stays true until a ping is answered.
 */
@Injectable()
export class SharedState {
  private readonly logger = new Logger('SharedState');
  /** When to try again, on the clock of `performance.now()`; 0 while Redis answers. */
  private retryAt = 0;

  constructor(private readonly connections: RedisConnections) {}

  get isAway(): boolean {
    if (this.retryAt === 0) return false;
    if (performance.now() >= this.retryAt) void this.probe();
    return true;
  }

  /** `name` is unique in the process; the script has one key. Calls reject at once while Redis is away. */
  script(name: string, lua: string): SharedScript {
    const { producer } = this.connections;
    producer.defineCommand(name, { lua, numberOfKeys: 1 });
    const command: unknown = Reflect.get(producer, name);
    if (typeof command !== 'function') throw new Error(`the script ${name} could not be defined`);
    return async (...parameters) => {
      const reply = await this.ask(() => Reflect.apply(command, producer, parameters));
      return isList(reply) ? reply : undefined;
    };
  }

  private async ask(call: () => unknown): Promise<unknown> {
    if (this.isAway) throw new Error('Redis is away');
    try {
      return await withTimeout(Promise.resolve(call()), TIMEOUT_MS, 'Redis');
    } catch (error) {
      if (this.retryAt === 0) this.logger.warn({ err: error }, 'Redis is away: every process decides alone');
      this.retryAt = performance.now() + RETRY_MS;
      throw error;
    }
  }

  private async probe(): Promise<void> {
    this.retryAt = performance.now() + RETRY_MS;
    try {
      await withTimeout(this.connections.ping(), TIMEOUT_MS, 'Redis');
    } catch {
      return;
    }
    this.retryAt = 0;
    this.logger.log('Redis is back: processes decide together again');
  }
}
