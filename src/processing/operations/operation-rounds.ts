import { randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type Operation } from '#domain/operations/operation';
import { OperationRepository } from '#domain/operations/operation.repository';
import { Database } from '#platform/mongo/database';
import { Leases } from '#platform/mongo/leases';
import { isOutage } from '#platform/mongo/outage';
import { withTimeout } from '#platform/resilience/with-timeout';
import { Rounds } from '#platform/scheduling/rounds';
import { OperationPace } from './operation-pace';
import { OperationPages } from './operation-pages';

const LOOK_EVERY_MS = 1_000;
const AFTER_OUTAGE_MS = 2_000;
/** A process that died is replaced after this; each page renews it. */
const LEASE_MS = 10_000;
/** Tries at one page before the operation is given up, over some seconds. */
const MAX_FAILURES = 5;
const ANSWER_WITHIN_MS = 1_000;
/** Time for the page under way; without MongoDB there is nobody to hand anything over to. */
const HAND_OVER_MS = 2_000;

const leaseOf = (id: string): string => `operation:${id}`;

/**
 * Does running operations page by page, one page at a time and each operation in its turn. One process at a time
 * works on an operation, the one that has its lease; when it dies, another one goes on where it was.
 */
@Injectable()
export class OperationRounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Operations');
  private readonly holder = randomUUID();
  private readonly pace = new OperationPace();
  private readonly held = new Set<string>();
  private readonly rounds = new Rounds(() => this.runRound());

  constructor(
    private readonly operations: OperationRepository,
    private readonly pages: OperationPages,
    private readonly leases: Leases,
    private readonly database: Database,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.begin(LOOK_EVERY_MS * Math.random());
  }

  /** Hands over at once what it works on. */
  async beforeApplicationShutdown(): Promise<void> {
    const handedOver = this.rounds.stop().then(() => Promise.all([...this.held].map((id) => this.letGo(id))));
    await withTimeout(handedOver, HAND_OVER_MS, 'handing operations over').catch(() => undefined);
  }

  /** One page of each; gives the pause until the next round. */
  private async runRound(): Promise<number> {
    try {
      const running = await this.operations.running();
      await this.letGoOfOthers(running);
      let pauseMs = LOOK_EVERY_MS;
      for (const operation of running) {
        if (this.rounds.stopped) break;
        pauseMs = Math.min(pauseMs, await this.step(operation));
      }
      return pauseMs;
    } catch (error) {
      // MongoDB is away: nothing is lost by waiting, and who watches the stores says so.
      this.logger.debug({ err: error }, 'operations wait for MongoDB');
      return AFTER_OUTAGE_MS;
    }
  }

  /** Gives how long its next page has to wait. Rejects on an outage. */
  private async step(operation: Operation): Promise<number> {
    const { id, ratePerSecond } = operation;
    const waitMs = this.pace.waitMs(id);
    if (waitMs > 0) return waitMs;
    if (!this.pages.knows(operation) || !(await this.leases.acquire(leaseOf(id), this.holder, LEASE_MS))) {
      return LOOK_EVERY_MS;
    }
    this.held.add(id);
    const startedAt = performance.now();
    try {
      this.pace.done(id, startedAt, await this.pages.next(operation), ratePerSecond);
    } catch (error) {
      await this.pageFailed(operation, error);
    }
    return this.pace.waitMs(id);
  }

  /** An outage is nobody's fault; anything else may go away, or may not. */
  private async pageFailed({ id, kind }: Operation, error: unknown): Promise<void> {
    if (isOutage(error)) throw error;
    await this.database.ping(ANSWER_WITHIN_MS);
    const failures = this.pace.failed(id);
    this.logger.warn({ err: error, operationId: id, kind, failures }, 'a page of an operation failed');
    if (failures < MAX_FAILURES) return;
    await this.operations.fail(
      id,
      `one page failed ${failures} times in a row; the log of the worker says why`,
    );
  }

  private async letGoOfOthers(running: readonly Operation[]): Promise<void> {
    const ids = new Set(running.map(({ id }) => id));
    for (const id of this.held) if (!ids.has(id)) await this.letGo(id);
  }

  private async letGo(id: string): Promise<void> {
    await this.leases.release(leaseOf(id), this.holder);
    this.held.delete(id);
    this.pace.forget(id);
  }
}
