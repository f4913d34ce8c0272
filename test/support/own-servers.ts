import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const SERVE_ONE = join(__dirname, '../../scripts/embedded/serve-one.mjs');
const START_WITHIN_MS = 120_000;

export interface OwnServer {
  /** `redis://…` or `mongodb://…/?replicaSet=rs0`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** SIGKILL, as a loss of power. The data stay until `stop`. */
  kill(): void;
  /** SIGSTOP: it keeps its connections, takes what is sent and answers nothing, until `resume`. */
  pause(): void;
  /** SIGCONT: it does what it was sent meanwhile. */
  resume(): void;
  /** Ends the server and removes its data, unless their folder was named by the test. */
  stop(): Promise<void>;
}

export interface OwnServerOptions {
  /** To start again where a killed server was. */
  readonly port?: number;
  /** Kept by `stop`; without it the server gets a folder of its own. */
  readonly dataDir?: string;
}

export interface OwnMongoOptions extends OwnServerOptions {
  /** Server parameters, as `{ ttlMonitorSleepSecs: 1 }`. */
  readonly parameters?: Record<string, string | number | boolean>;
}

/** A Redis that this test may stop, kill or flush. It ends with the test process at the latest. */
export const ownRedis = (options: OwnServerOptions = {}): Promise<OwnServer> => start('redis', options);

/** A MongoDB replica set of one node that this test may stop or kill. */
export const ownMongo = (options: OwnMongoOptions = {}): Promise<OwnServer> => start('mongo', options);

async function start(kind: 'redis' | 'mongo', options: OwnMongoOptions): Promise<OwnServer> {
  const host = spawn(process.execPath, [SERVE_ONE, kind, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  host.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const line = await firstLine(host, () => `${kind} did not start: ${said}`);
  const server = parseServer(line);
  return {
    ...server,
    kill: () => void process.kill(server.pid, 'SIGKILL'),
    pause: () => void process.kill(server.pid, 'SIGSTOP'),
    resume: () => void process.kill(server.pid, 'SIGCONT'),
    stop: async () => {
      if (host.exitCode !== null || host.signalCode !== null) return;
      const ended = once(host, 'exit');
      host.stdin.end();
      await ended;
    },
  };
}

async function firstLine(host: ChildProcess, reason: () => string): Promise<string> {
  const { stdout } = host;
  if (stdout === null) throw new Error('the server host has no stdout');
  const lines = createInterface({ input: stdout });
  const told = new Promise<string>((resolve) => lines.once('line', resolve));
  const failed = once(host, 'exit').then(() => undefined);
  const late = sleep(START_WITHIN_MS, undefined, { ref: false });
  const line = await Promise.race([told, failed, late]);
  if (line === undefined) throw new Error(reason());
  return line;
}

function parseServer(line: string): Pick<OwnServer, 'url' | 'port' | 'pid' | 'dataDir'> {
  const told: unknown = JSON.parse(line);
  if (typeof told === 'object' && told !== null && 'url' in told && 'port' in told) {
    const { url, port } = told;
    const pid = 'pid' in told ? told.pid : undefined;
    const dataDir = 'dataDir' in told ? told.dataDir : undefined;
    const numbers = typeof port === 'number' && typeof pid === 'number';
    if (typeof url === 'string' && typeof dataDir === 'string' && numbers) return { url, port, pid, dataDir };
  }
  throw new Error(`expected a server as JSON, got ${line}`);
}
