import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { testDatabase } from '../support/test-database';

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = join(__dirname, 'main.mjs');
/** Enough to see that it works; the figures mean nothing. */
export const SHORT = ['--rounds', '1', '--seconds', '1', '--connections', '10'];
const { mongoUri, redisUrl } = testDatabase();

/** Runs the command as a person does. */
export function bench(...args: readonly string[]): Promise<Ran> {
  const env = { ...process.env, REDIS_URL: redisUrl, MONGO_URI: mongoUri };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], { env }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}

export interface Section {
  readonly targets: readonly {
    readonly name: string;
    readonly requestsPerSecond: number;
    readonly errors: number;
  }[];
}

export const answered = ({ targets }: Section) =>
  targets.filter((one) => one.requestsPerSecond > 0 && one.errors === 0).map((one) => one.name);

/** Databases and keys that are named after a bench run. */
export async function leftBehind(): Promise<string[]> {
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
