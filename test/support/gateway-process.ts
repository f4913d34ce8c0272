import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Readable } from 'node:stream';
import { freePort } from './free-port';
import { guard } from './guardian';
import { call } from './http';
import { type TestDatabase } from './test-database';
import { until } from './until';

const PROJECT = join(__dirname, '../..');
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 30_000;

/** What every gateway of a test run shares, so that several processes understand one another. */
export const SIGNING_SECRET = `whsec_${randomBytes(24).toString('base64')}`;
export const ADMIN_API_KEY = randomBytes(32).toString('hex');
const ENCRYPTION_KEYS = `test:${randomBytes(32).toString('base64')}`;

export type Role = 'api' | 'worker' | 'both';
export type TestStores = Pick<TestDatabase, 'mongoUri' | 'dbName' | 'redisUrl' | 'queuePrefix'>;

export interface GatewayOptions {
  readonly role: Role;
  readonly stores: TestStores;
  /** Further variables of the contract; `undefined` takes one of ours away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** False: give it back as soon as it runs, for tests of the boot itself. */
  readonly waitUntilReady?: boolean;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One gateway as a deployer would start it: `node dist/main.js` with the variables of the contract, nothing else. */
export class GatewayProcess {
  readonly logs: string[] = [];
  readonly ended: Promise<Ended>;
  private running = true;

  constructor(
    private readonly child: ChildProcess,
    readonly pid: number,
    readonly url: string,
  ) {
    const release = guard(pid);
    for (const stream of [child.stdout, child.stderr]) this.collect(stream);
    this.ended = once(child, 'exit').then(() => {
      this.running = false;
      release();
      return { code: child.exitCode, signal: child.signalCode };
    });
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** SIGTERM, as an orchestrator sends it; gives how the process ended. */
  async stop(): Promise<Ended> {
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN_MS);
    const ended = await this.ended;
    clearTimeout(late);
    return ended;
  }

  /** SIGKILL, as a crash or the out-of-memory killer. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async ready(): Promise<void> {
    const answers = async () => {
      if (!this.running) return 'ended';
      return (await call('GET', `${this.url}/health/ready`, { timeoutMs: 2_000 })).status === 200;
    };
    const state = await until(answers, {
      what: `${this.url}/health/ready`,
      timeoutMs: READY_WITHIN_MS,
    }).catch((error: unknown) => String(error));
    if (state === true) return;
    await this.kill();
    throw new Error(`the gateway did not become ready (${state}):\n${this.logs.slice(-20).join('\n')}`);
  }

  private collect(stream: Readable | null): void {
    if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.logs.push(line));
  }
}

const started: GatewayProcess[] = [];

/** Starts `node dist/main.js`; `npm run build` comes first. It ends with the test file at the latest. */
export async function startGateway(options: GatewayOptions): Promise<GatewayProcess> {
  const { role, stores, env = {}, waitUntilReady = true } = options;
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: PROJECT,
    env: environment(role, stores, port, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid === undefined) throw new Error('the gateway could not be started');
  const gateway = new GatewayProcess(child, child.pid, `http://127.0.0.1:${port}`);
  started.push(gateway);
  if (waitUntilReady) await gateway.ready();
  return gateway;
}

function environment(
  role: Role,
  stores: TestStores,
  port: number,
  more: GatewayOptions['env'],
): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    ROLE: role,
    HOST: '127.0.0.1',
    PORT: port.toString(),
    MONGO_URI: stores.mongoUri,
    MONGO_DB_NAME: stores.dbName,
    REDIS_URL: stores.redisUrl,
    QUEUE_PREFIX: stores.queuePrefix,
    SIGNING_SECRET,
    ADMIN_API_KEY,
    ENCRYPTION_KEYS,
    ...more,
  };
}

afterAll(async () => {
  const left = started.splice(0).filter((gateway) => gateway.isRunning);
  await Promise.all(left.map((gateway) => gateway.kill()));
});
