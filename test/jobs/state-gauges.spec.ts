import { DeadLetterListRepository } from '#domain/dead-letters/dead-letter-list.repository';
import { EventReviewRepository } from '#domain/events/event-review.repository';
import { type Database } from '#platform/mongo/database';
import { Metrics } from '#platform/telemetry/metrics';
import { StateGauges } from '#processing/state-gauges';
import { DeadLetterStores } from '../dlq-review/dead-letter-stores';
import { ProcessPartners } from '../partners/process-partners';
import { migratedDatabase } from '../support/migrated-database';
import { startWorkerParts, type WorkerParts } from './worker-parts';

const PENDING = 'gateway_dead_letters{partner="acme",review_status="pending"}';

describe('gauges of shared state', () => {
  let parts: WorkerParts;

  beforeAll(async () => {
    parts = await startWorkerParts();
  });
  afterAll(() => parts.close());

  const scrapeOf = (database: Database): (() => Promise<string>) => {
    const metrics = new Metrics();
    const letters = new DeadLetterListRepository(database);
    const { directory } = new ProcessPartners(database);
    const events = new EventReviewRepository(database);
    new StateGauges(metrics, directory, parts.producer, events, letters).onModuleInit();
    return () => metrics.scrape();
  };

  it('should be counted once for scrapes that follow one another', async () => {
    const stores = new DeadLetterStores(parts.database);
    await stores.deadLetter();
    const scrape = scrapeOf(parts.database);
    expect(await scrape()).toContain(`${PENDING} 1`);
    await stores.deadLetter();
    expect(await scrape()).toContain(`${PENDING} 1`);
    // Another process counts for itself.
    expect(await scrapeOf(parts.database)()).toContain(`${PENDING} 2`);
  });

  it('should not keep the other metrics from being shown when they cannot be counted', async () => {
    const { database, close } = await migratedDatabase([]);
    const scrape = scrapeOf(database);
    await close();
    const text = await scrape();
    expect(text).toContain('gateway_processing_attempts_total');
    expect(text).not.toContain('gateway_dead_letters{');
  });
});
