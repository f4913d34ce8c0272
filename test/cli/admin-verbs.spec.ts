import { itemsOf } from '#cli/commands/listing';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { aCanonicalEvent } from '../builders/a-canonical-event';
import { send } from '../support/sender';
import { testDatabase } from '../support/test-database';
import { until } from '../support/until';
import { gateway, type Ran } from './gateway-command';

describe('gateway, the command line', () => {
  const stores = testDatabase();
  let process: GatewayProcess;
  const run = (...args: string[]): Promise<Ran> => gateway(args, { GATEWAY_URL: process.url });
  const listed = async (...args: string[]): Promise<unknown[]> => {
    const { out } = await run(...args, '--json');
    const answer: unknown = JSON.parse(out);
    return itemsOf(answer).items.slice();
  };

  beforeAll(async () => {
    process = await startGateway({ role: 'both', stores });
  });
  afterAll(async () => {
    await process.kill();
    await stores.cleanup();
  });

  it('should list what happened, for people and for machines', async () => {
    const event = aCanonicalEvent();
    await send(process, event);
    await until(async () => (await listed('shipments', 'list')).length > 0, { what: 'the shipment' });

    const plain = await run('shipments', 'list');
    expect(plain).toMatchObject({ code: 0, err: '' });
    expect(plain.out.split('\n')[0]).toMatch(/^partner +tracking number +status/);
    expect(plain.out).not.toContain('\u001b');
    const [listedEvent] = await listed('events', 'list', '--partner', 'default');
    expect(listedEvent).toMatchObject({ partnerId: 'default', status: 'processed' });
  });

  it('should give the exact bytes of an event', async () => {
    const event = aCanonicalEvent();
    const { json } = await send(process, event);
    const eventId =
      typeof json === 'object' && json !== null && 'eventId' in json ? String(json.eventId) : '';
    const { out, code } = await run('events', 'raw', eventId);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(event);
  });

  it.each([
    ['no verb there is', ['no-such-verb'], 2],
    ['an unknown option', ['events', 'list', '--colour', 'red'], 2],
    ['a missing argument', ['dead-letters', 'replay'], 2],
    ['a filter that is none', ['events', 'list', '--status', 'lost'], 1],
    ['an event that there is not', ['events', 'show', 'evt_none'], 1],
  ])('should refuse %s and say so on stderr', async (_, args, code) => {
    const ran = await run(...args);
    expect(ran.code).toBe(code);
    expect(ran.out).toBe('');
    expect(ran.err).not.toBe('');
    expect(ran.err).not.toMatch(/\n\s+at /);
  });

  it('should say what to do where no gateway answers, and where the key is wrong', async () => {
    const away = await gateway(['events', 'list'], { GATEWAY_URL: 'http://127.0.0.1:9' });
    expect(away.code).toBe(1);
    expect(away.err).toContain('GATEWAY_URL');
    const wrong = await gateway(['events', 'list'], {
      GATEWAY_URL: process.url,
      GATEWAY_API_KEY: 'x'.repeat(40),
    });
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('GATEWAY_API_KEY');
    expect(wrong.err).not.toContain('x'.repeat(40));
  });

  it.each(['', '.', '..'])('should refuse "%s" as an id before it asks anybody', async (id) => {
    const ran = await gateway(['events', 'show', id], { GATEWAY_URL: 'http://127.0.0.1:9' });
    expect(ran.code).toBe(2);
    expect(ran.err).toContain('eventId');
  });

  it('should create collections and indexes, once and again', async () => {
    const env = {
      MONGO_URI: stores.mongoUri,
      MONGO_DB_NAME: stores.dbName,
      REDIS_URL: stores.redisUrl,
      ENCRYPTION_KEYS: `k:${Buffer.alloc(32).toString('base64')}`,
    };
    const first = await gateway(['migrate'], env);
    expect(first.code).toBe(0);
    expect(first.out).toContain('inbound_events');
    await expect(gateway(['migrate'], env)).resolves.toMatchObject({ code: 0 });
    const faulty = await gateway(['migrate'], { ...env, MONGO_URI: 'nowhere' });
    expect(faulty.code).toBe(1);
    expect(faulty.err).toContain('MONGO_URI');
    const away = await gateway(['migrate'], { ...env, MONGO_URI: 'mongodb://someone:hush@127.0.0.1:9' });
    expect(away.code).toBe(1);
    expect(away.err).toContain('MongoDB cannot be reached');
    expect(away.err).toContain('MONGO_URI');
    expect(away.err).not.toContain('hush');
  });
});
