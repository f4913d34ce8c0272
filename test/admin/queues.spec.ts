import { type Collection } from 'mongodb';
import {
  INBOUND_EVENTS,
  type InboundEventDocument,
  newEntryDocument,
} from '#domain/events/inbound-events.schema';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { JobProducer } from '#platform/jobs/job-producer';
import { Database } from '#platform/mongo/database';
import { anInboundEvent } from '../builders/an-inbound-event';
import { aPartner } from '../partners/a-partner';
import { testDatabase, type TestDatabase } from '../support/test-database';
import { until } from '../support/until';
import { type AdminProcess, startProcess } from './partners-app';

describe('the queues of the admin API', () => {
  let stores: TestDatabase;
  let here: AdminProcess;
  let there: AdminProcess;
  let events: Collection<InboundEventDocument>;

  beforeAll(async () => {
    stores = testDatabase();
    [here, there] = [await startProcess(stores), await startProcess(stores)];
    events = here.nest.get(Database).collection(INBOUND_EVENTS);
    for (const id of ['acme', 'idle']) await here.admin('POST', '', { json: aPartner(id) });
  });
  afterAll(async () => {
    await Promise.all([here.nest.close(), there.nest.close()]);
    await stores.cleanup();
  });

  const queues = () => here.root('GET', '/queues');

  it('show what waits, by partner', async () => {
    const received = newEntryDocument(anInboundEvent({ partnerId: 'acme' }), 'b-1');
    const retried = newEntryDocument(anInboundEvent({ partnerId: 'acme' }), 'b-1');
    await events.insertMany([received, { ...retried, status: 'retry_scheduled' }]);
    const payload = { v: 1 as const, partnerId: 'acme', eventIds: [received._id] };
    const producer = here.nest.get(JobProducer);
    await producer.enqueue('process-batch', 'acme', payload, { jobId: 'b-1', priority: 5 });
    await producer.enqueue('process-batch', 'acme', payload, {
      jobId: 'b-2',
      priority: 5,
      delayMs: 60_000,
    });
    expect((await queues()).json).toEqual({
      items: [
        {
          partnerId: 'idle',
          paused: false,
          batches: { waiting: 0, active: 0, delayed: 0 },
          events: { received: 0, processing: 0, retry_scheduled: 0 },
        },
        {
          partnerId: 'acme',
          paused: false,
          batches: { waiting: 1, active: 0, delayed: 1 },
          events: { received: 1, processing: 0, retry_scheduled: 1 },
          oldestEventAt: expect.any(String) as string,
        },
      ],
      nextCursor: null,
    });
  });

  it('are paused and resumed, everywhere within 2 s, and the partner stays the version that it was', async () => {
    const { etag } = (await here.admin('GET', '/acme')).headers;
    const paused = await here.root('POST', '/queues/acme/pause');
    expect(paused).toMatchObject({
      status: 200,
      json: { partnerId: 'acme', paused: true, pausedBy: 'environment' },
    });
    expect(here.nest.get(PartnerDirectory).isPaused('acme')).toBe(true);
    const follows = (state: boolean) =>
      until(() => there.nest.get(PartnerDirectory).isPaused('acme') === state, {
        what: 'the other process to follow',
        timeoutMs: 2_000,
      });
    await follows(true);
    const again = await here.root('POST', '/queues/acme/pause');
    expect(again.json).toMatchObject({ paused: true });
    expect(/"pausedAt":"[^"]+"/.exec(again.text)?.[0]).toBe(/"pausedAt":"[^"]+"/.exec(paused.text)?.[0]);
    expect((await here.admin('GET', '/acme')).headers.etag).toBe(etag);
    expect(await here.root('POST', '/queues/acme/resume')).toMatchObject({
      status: 200,
      json: { paused: false },
    });
    await follows(false);
  });

  it('stay paused through changes of the partner', async () => {
    await here.root('POST', '/queues/acme/pause');
    await here.admin('PATCH', '/acme', { json: { name: 'Acme' } });
    await here.admin('PUT', '/acme', { json: aPartner('acme') });
    expect((await here.admin('GET', '/acme')).json).toMatchObject({ paused: true });
    expect(here.nest.get(PartnerDirectory).isPaused('acme')).toBe(true);
  });

  it('of nobody are not found', async () => {
    expect(await here.root('POST', '/queues/nobody/pause')).toMatchObject({ status: 404 });
    expect(await here.root('POST', '/queues/nobody/resume')).toMatchObject({ status: 404 });
  });
});
