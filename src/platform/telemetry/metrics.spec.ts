import { Logger } from '@nestjs/common';
import { Metrics } from './metrics';

const linesOf = (text: string, start: string) => text.split('\n').filter((line) => line.startsWith(start));

describe('Metrics', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('shows every name of the contract before anything was measured', async () => {
    const text = await new Metrics().scrape();
    for (const name of [
      'http_request_duration_seconds',
      'ingest_events_total',
      'ingest_ack_duration_seconds',
      'journal_write_duration_seconds',
      'queue_jobs',
      'journal_events',
      'queue_oldest_waiting_seconds',
      'processing_duration_seconds',
      'processing_attempts_total',
      'end_to_end_duration_seconds',
      'dead_letters',
      'dead_letter_oldest_pending_seconds',
      'breaker_state',
      'mongo_pool_in_use',
      'mongo_pool_waiting',
      'reconciler_requeued_total',
      'unmapped_status_total',
    ]) {
      expect(linesOf(text, `# TYPE gateway_${name} `)).toHaveLength(1);
    }
  });

  it('counts', async () => {
    const metrics = new Metrics();
    metrics.ingested('acme', 'accepted');
    metrics.ingested('acme', 'accepted');
    metrics.ingested('acme', 'duplicate');
    metrics.attemptEnded('acme', 'processed', 0.2);
    metrics.reconcilerRequeued(3);
    metrics.unmappedStatus('acme', 2);
    metrics.breakerState('redis', 'open');
    metrics.mongoPool(4, 1);
    const text = await metrics.scrape();
    for (const line of [
      'gateway_ingest_events_total{partner="acme",outcome="accepted"} 2',
      'gateway_ingest_events_total{partner="acme",outcome="duplicate"} 1',
      'gateway_processing_attempts_total{partner="acme",outcome="processed"} 1',
      'gateway_processing_duration_seconds_count{partner="acme",outcome="processed"} 1',
      'gateway_reconciler_requeued_total 3',
      'gateway_unmapped_status_total{partner="acme"} 2',
      'gateway_breaker_state{dependency="redis"} 2',
      'gateway_mongo_pool_in_use 4',
      'gateway_mongo_pool_waiting 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it('asks its collectors at every scrape and forgets what is gone', async () => {
    const metrics = new Metrics();
    let partners = ['acme', 'other'];
    metrics.registerCollector('queues', () => {
      metrics.queueJobs.replace(partners.map((partner) => ({ partner, state: 'waiting', value: 7 })));
      metrics.deadLetterOldestPending.replace(partners.length > 1 ? [{ value: 60 }] : []);
    });
    const first = await metrics.scrape();
    partners = ['acme'];
    const second = await metrics.scrape();
    expect(linesOf(first, 'gateway_queue_jobs{')).toHaveLength(2);
    expect(linesOf(first, 'gateway_dead_letter_oldest_pending_seconds ')).toEqual([
      'gateway_dead_letter_oldest_pending_seconds 60',
    ]);
    expect(linesOf(second, 'gateway_queue_jobs{')).toEqual([
      'gateway_queue_jobs{partner="acme",state="waiting"} 7',
    ]);
    expect(linesOf(second, 'gateway_dead_letter_oldest_pending_seconds ')).toEqual([]);
  });

  it('answers although a collector hangs, and does not start it twice', async () => {
    const metrics = new Metrics({ collectTimeoutMs: 20 });
    let started = 0;
    metrics.registerCollector('hanging', () => {
      started += 1;
      return new Promise(() => undefined);
    });
    metrics.registerCollector('failing', () => Promise.reject(new Error('store away')));
    metrics.registerCollector('working', () => metrics.mongoPool(1, 0));
    expect(await metrics.scrape()).toContain('gateway_mongo_pool_in_use 1');
    await metrics.scrape();
    expect(started).toBe(1);
  });

  it('adds those of Node under their own names', async () => {
    const text = await new Metrics({ nodeMetrics: true }).scrape();
    expect(text).toContain('process_cpu_seconds_total');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });
});
