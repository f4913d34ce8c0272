import { randomUUID } from 'node:crypto';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { OverdueEventRepository } from '#domain/events/overdue-event.repository';
import { QueueMarker } from '#platform/jobs/queue-marker';
import { Leases } from '#platform/mongo/leases';
import { withTimeout } from '#platform/resilience/with-timeout';
import { Rounds } from '#platform/scheduling/rounds';
import { ProcessingSettings } from './processing-settings';
import { Reconciler } from './reconciler';

const INTERVAL_MS = 2_000;
/** From one round that left some to the next, to that next one: small steps hurt the intake least. */
const BUSY_INTERVAL_MS = 200;
/** After an outage the workers take up first what they hold. */
const AFTER_OUTAGE_MS = 4_000;
/** Rounds without one that came to its end; some 20 seconds. */
const TELL_EVERY = 5;
const LEASE = 'reconciler';
/** A process that died is replaced after this; each page of a long round renews it. */
const LEASE_MS = 6_000;

/** Without MongoDB there is nobody to tell: the lease runs out by itself, and the process has jobs to drain. */
const HAND_OVER_MS = 1_000;

/** So that processes which began together do not all ask for the lease at once. */
const spread = (ms: number): number => ms * (0.75 + Math.random() / 2);

/** When the journal is reconciled, and by which of the processes: the one that has the lease. */
@Injectable()
export class ReconcilerRounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Reconciler');
  private readonly holder = randomUUID();
  private readonly rounds = new Rounds(async () => spread(await this.runRound()));
  /** Rounds in a row that were cut short. */
  private cutShort = 0;

  constructor(
    private readonly reconciler: Reconciler,
    private readonly overdue: OverdueEventRepository,
    private readonly marker: QueueMarker,
    private readonly leases: Leases,
    private readonly settings: ProcessingSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.begin(spread(INTERVAL_MS));
  }

  /** Hands the duty over at once. */
  async beforeApplicationShutdown(): Promise<void> {
    const handedOver = this.rounds.stop().then(() => this.leases.release(LEASE, this.holder));
    await withTimeout(handedOver, HAND_OVER_MS, 'handing the reconciler over').catch(() => undefined);
  }

  /** Gives the pause until the next one. */
  private async runRound(): Promise<number> {
    const startedAt = performance.now();
    try {
      if (!(await this.goesOn())) return INTERVAL_MS;
      await this.recoverLostQueue();
      const enough = Math.ceil((this.settings.requeuePerSecond * BUSY_INTERVAL_MS) / 1_000);
      const requeued = await this.reconciler.reconcile(() => this.goesOn(), enough);
      if (requeued > 0) this.logger.log({ requeued }, 'events were put into new batches');
      this.cutShort = 0;
      if (requeued < enough) return INTERVAL_MS;
      return Math.max(0, BUSY_INTERVAL_MS - (performance.now() - startedAt));
    } catch (error) {
      this.tell(error);
      return AFTER_OUTAGE_MS;
    }
  }

  /** A store is away: nothing is lost by waiting, and who watches the stores says so. For longer, it is news. */
  private tell(error: unknown): void {
    this.cutShort += 1;
    const message = 'reconciling was cut short';
    if (this.cutShort % TELL_EVERY === 0) this.logger.warn({ err: error, rounds: this.cutShort }, message);
    else this.logger.debug({ err: error }, message);
  }

  /** False where another process reconciles, or this one stops. */
  private async goesOn(): Promise<boolean> {
    return !this.rounds.stopped && this.leases.acquire(LEASE, this.holder, LEASE_MS);
  }

  /** The marker comes last: whatever happens before, the next round begins anew. */
  private async recoverLostQueue(): Promise<void> {
    if (!(await this.marker.isMissing())) return;
    const waiting = await this.overdue.lookAtAll(() => this.goesOn());
    // Another process may have taken over in the middle of the walk: then it sets the marker after its own.
    if (!(await this.goesOn())) return;
    await this.marker.set();
    if (waiting > 0)
      this.logger.warn({ waiting }, 'the queue was lost; whatever waits is put into new batches');
  }
}
