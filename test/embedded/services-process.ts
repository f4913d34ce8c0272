import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { guard } from '../support/guardian';
import { until } from '../support/until';
import { PROJECT } from './run-node';

export interface Services {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly redisUrl: string;
  readonly mongoUri: string;
  /** Of the two servers, as these say it themselves. */
  readonly pids: readonly number[];
  readonly dataFolders: readonly string[];
}

/** Runs `npm run services` (its script) and waits until it has printed where the servers are. */
export async function startServices(...args: string[]): Promise<Services> {
  const child = spawn(process.execPath, ['scripts/services.mjs', ...args], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) guard(child.pid);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const printed = () => {
    if (child.exitCode !== null) throw new Error(stderr);
    return /^REDIS_URL=(.+)\nMONGO_URI=(.+)\n/.exec(stdout);
  };
  const [, redisUrl = '', mongoUri = ''] = await until(printed, { what: 'both lines', timeoutMs: 50_000 });
  const servers = [await askRedis(redisUrl), await askMongo(mongoUri)];
  const pids = servers.map(({ pid }) => pid);
  const dataFolders = servers.map(({ dataFolder }) => dataFolder);
  return { child, stdout: () => stdout, redisUrl, mongoUri, pids, dataFolders };
}

/** Sends the signal and gives how the process ended. */
export async function end({ child }: Services, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return child.exitCode;
}

interface Server {
  readonly pid: number;
  readonly dataFolder: string;
}

async function askRedis(url: string): Promise<Server> {
  const redis = new Redis(url);
  try {
    const info = await redis.info('server');
    const [, dataFolder] = await redis.config('GET', 'dir');
    return { pid: Number(/^process_id:(\d+)/m.exec(info)?.[1]), dataFolder: String(dataFolder) };
  } finally {
    redis.disconnect();
  }
}

async function askMongo(uri: string): Promise<Server> {
  const client = new MongoClient(uri);
  try {
    const status = await client.db('admin').command({ serverStatus: 1 });
    const { parsed } = await client.db('admin').command({ getCmdLineOpts: 1 });
    const { storage } = parsed as { storage: { dbPath: string } };
    return { pid: Number(status['pid']), dataFolder: storage.dbPath };
  } finally {
    await client.close();
  }
}

/** A process that has ended but was not asked about counts as ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
