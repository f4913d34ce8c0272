import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { testDatabase } from '../support/test-database';

interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = join(__dirname, 'main.mjs');
const SHORT = ['--rounds', '1', '--seconds', '1', '--connections', '10', '--rate', '20'];
const { mongoUri, redisUrl } = testDatabase();

function bench(...args: readonly string[]): Promise<Ran> {
  const env = { ...process.env, REDIS_URL: redisUrl, MONGO_URI: mongoUri };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}

/** What is looked at here of the document that `--json` prints. */
interface BenchDocument {
  readonly comparison: readonly { readonly what: string; readonly met: boolean | null }[];
  readonly intake: Section;
  readonly latency: Section;
  readonly problems: readonly string[];
}

interface Section {
  readonly targets: readonly {
    readonly name: string;
    readonly requestsPerSecond: number;
    readonly errors: number;
  }[];
}

const answered = ({ targets }: Section) =>
  targets.filter((one) => one.requestsPerSecond > 0 && one.errors === 0).map((one) => one.name);

describe('npm run bench', () => {
  it('measures the gateway and both floors, as one JSON document on stdout, and leaves nothing behind', async () => {
    const { exitCode, stdout, stderr } = await bench(...SHORT, '--json');

    if (exitCode !== 0) throw new Error(stderr);
    const document = JSON.parse(stdout) as BenchDocument;
    expect(answered(document.intake)).toEqual(['naive', 'safe', 'gateway']);
    expect(answered(document.latency)).toEqual(['naive', 'gateway']);
    expect(document.comparison.filter(({ met }) => met === null)).toEqual([]);
    expect(document.problems).toEqual([]);
    expect(await leftBehind()).toEqual([]);
  }, 180_000);

  it('says where the time of the gateway goes', async () => {
    const { exitCode, stdout } = await bench(...SHORT, '--profile');

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^our code: ingestion +\d/m);
    expect(stdout).toMatch(/^mongodb +\d/m);
  }, 120_000);

  it('explains itself', async () => {
    const { exitCode, stdout } = await bench('--help');

    expect(exitCode).toBe(0);
    expect(stdout).toContain('--rounds N');
  });

  it('refuses what it does not understand, before it starts anything', async () => {
    const { exitCode, stdout, stderr } = await bench('--rounds', 'many');

    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^--rounds: expected a whole number from 1 to 50, got "many"/);
  });
});

/** Databases and keys that are named after a bench run. */
async function leftBehind(): Promise<string[]> {
  const mongo = new MongoClient(mongoUri);
  const redis = new Redis(redisUrl);
  try {
    const { databases } = await mongo.db().admin().listDatabases({ nameOnly: true });
    const names = databases.map(({ name }) => name).filter((name) => name.startsWith('bench_'));
    return [...names, ...(await redis.keys('bench_*'))];
  } finally {
    redis.disconnect();
    await mongo.close();
  }
}
