import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { PartnersModule } from '#domain/partners/partners.module';
import { CryptoModule } from '#platform/crypto/crypto.module';
import { Database } from '#platform/mongo/database';
import { MongoModule } from '#platform/mongo/mongo.module';
import { withTimeout } from '#platform/resilience/with-timeout';
import { freePort } from '../support/free-port';
import { ownMongo, type OwnServer } from '../support/own-servers';
import { until } from '../support/until';
import { aPartner, CANARY } from './a-partner';
import { newKey, ProcessPartners, verdictOn } from './process-partners';

/** What the contract promises for every process once MongoDB is well. */
const EVERYWHERE_MS = 2_000;
const KEYS = [newKey()];

@Module({})
class PartnersOnly {}

/** Boots and stops as the gateway does, but has nothing else than partners. */
const startProcess = (port: number): Promise<INestApplicationContext> =>
  NestFactory.createApplicationContext(
    {
      module: PartnersOnly,
      imports: [
        MongoModule.forRoot(
          {
            uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`,
            dbName: 'outage',
            minPoolSize: 1,
            maxPoolSize: 5,
            reviewReadPreference: 'primary',
          },
          [],
        ),
        CryptoModule.forRoot({ keys: KEYS }),
        PartnersModule.forRoot({
          defaultToleranceSeconds: 60,
          defaultBodyBytes: 262_144,
          signingSecretSet: false,
          resolveReference: () => undefined,
        }),
      ],
    },
    { logger: false },
  );

describe('while MongoDB is away', () => {
  let port: number;
  let dataDir: string;
  const servers: OwnServer[] = [];
  const processes: INestApplicationContext[] = [];

  beforeEach(async () => {
    port = await freePort();
    dataDir = await mkdtemp(join(tmpdir(), 'partner-outage-'));
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((process) => process.close()));
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    await rm(dataDir, { recursive: true });
  });

  /** Starts it where it was, with the data that it had. */
  const bringMongoUp = async (): Promise<OwnServer> => {
    const server = await ownMongo({ port, dataDir });
    servers.push(server);
    return server;
  };
  const start = async () => {
    const process = await startProcess(port);
    processes.push(process);
    return { process, directory: process.get(PartnerDirectory) };
  };
  const loaded = (directory: PartnerDirectory) =>
    until(() => directory.loaded, { what: 'the partners to be loaded' });

  it('a process starts, and loads its partners when MongoDB is there', async () => {
    const { directory } = await start();
    await expect(directory.refreshed()).rejects.toThrow();
    expect(directory.loaded).toBe(false);
    await bringMongoUp();
    await loaded(directory);
  });

  it('partners stay in use, and changes are followed again after a kill and a new start', async () => {
    const mongo = await bringMongoUp();
    const [{ process }, { directory }] = [await start(), await start()];
    await loaded(directory);
    const operator = new ProcessPartners(process.get(Database), { keys: KEYS });
    const made = await operator.make(aPartner('acme'));
    await until(() => directory.find('acme'), { what: 'it to be known', timeoutMs: EVERYWHERE_MS });

    mongo.kill();
    await expect(directory.refreshed()).rejects.toThrow();
    expect(verdictOn(directory.find('acme'), CANARY)).toMatchObject({ valid: true });
    expect(directory.isBroken('acme')).toBe(false);

    await bringMongoUp();
    const changed = await until(() => operator.change(made, { name: 'Changed' }), {
      what: 'MongoDB to take a change',
    });
    await until(() => directory.find('acme')?.name === 'Changed', { what: 'the first change' });
    await operator.change(changed, { name: 'Changed again' });
    await until(() => directory.find('acme')?.name === 'Changed again', {
      what: 'a change as quick as ever',
      timeoutMs: EVERYWHERE_MS,
    });
  });

  it('a process stops without waiting for it', async () => {
    const mongo = await bringMongoUp();
    const { process, directory } = await start();
    await loaded(directory);
    mongo.kill();
    await withTimeout(process.close(), 4_000, 'the stop');
  });
});
