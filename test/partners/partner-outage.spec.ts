import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '#platform/mongo/database';
import { withTimeout } from '#platform/resilience/with-timeout';
import { freePort } from '../support/free-port';
import { ownMongo, type OwnServer } from '../support/own-servers';
import { until } from '../support/until';
import { aPartner, CANARY } from './a-partner';
import { ProcessPartners, verdictOn } from './process-partners';

/** What the contract promises for every process once MongoDB is well. */
const EVERYWHERE_MS = 2_000;

describe('while MongoDB is away', () => {
  let port: number;
  let dataDir: string;
  const servers: OwnServer[] = [];
  const databases: Database[] = [];
  const processes: ProcessPartners[] = [];

  beforeEach(async () => {
    port = await freePort();
    dataDir = await mkdtemp(join(tmpdir(), 'partner-outage-'));
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((process) => process.stop()));
    await Promise.all(databases.splice(0).map((database) => database.onApplicationShutdown()));
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    await rm(dataDir, { recursive: true });
  });

  /** Starts it where it was, with the data that it had. */
  const bringMongoUp = async (): Promise<OwnServer> => {
    const server = await ownMongo({ port, dataDir });
    servers.push(server);
    return server;
  };
  const startProcess = (): ProcessPartners => {
    const database = new Database({
      uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
      dbName: 'outage',
      minPoolSize: 1,
      maxPoolSize: 5,
      reviewReadPreference: 'primary',
    });
    const process = new ProcessPartners(database).start();
    databases.push(database);
    processes.push(process);
    return process;
  };
  const loaded = (process: ProcessPartners) =>
    until(() => process.directory.loaded, { what: 'the partners to be loaded' });

  it('a process starts, and loads its partners when MongoDB is there', async () => {
    const process = startProcess();
    await expect(process.directory.refreshed()).rejects.toThrow();
    expect(process.directory.loaded).toBe(false);
    await bringMongoUp();
    await loaded(process);
  });

  it('partners stay in use, and changes are followed again after a kill and a new start', async () => {
    const mongo = await bringMongoUp();
    const [here, there] = [startProcess(), startProcess()];
    await Promise.all([loaded(here), loaded(there)]);
    const made = await here.make(aPartner('acme'));
    await until(() => there.directory.find('acme'), { what: 'it to be known', timeoutMs: EVERYWHERE_MS });

    mongo.kill();
    await expect(there.directory.refreshed()).rejects.toThrow();
    expect(verdictOn(there.directory.find('acme'), CANARY)).toMatchObject({ valid: true });
    expect(there.directory.isBroken('acme')).toBe(false);

    await bringMongoUp();
    const changed = await until(() => here.change(made, { name: 'Changed' }), {
      what: 'MongoDB to take a change',
    });
    await until(() => there.directory.find('acme')?.name === 'Changed', { what: 'the first change' });
    await here.change(changed, { name: 'Changed again' });
    await until(() => there.directory.find('acme')?.name === 'Changed again', {
      what: 'a change as quick as ever',
      timeoutMs: EVERYWHERE_MS,
    });
  });

  it('a process stops without waiting for it', async () => {
    const mongo = await bringMongoUp();
    const process = startProcess();
    await loaded(process);
    mongo.kill();
    await withTimeout(process.stop(), 2_000, 'the stop');
  });
});
