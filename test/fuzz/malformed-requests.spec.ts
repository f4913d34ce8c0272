import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import fc from 'fast-check';
import { aCanonicalEvent } from '../builders/a-canonical-event';
import { type GatewayProcess, startGateway } from '../support/gateway-process';
import { send } from '../support/sender';
import { testDatabase } from '../support/test-database';
import { malformedRequest } from './malformed-request';
import { runsOf, SEED } from './runs';

const MAX_MEMORY_MB = 350;
const TOGETHER = 40;
const ANSWER_WITHIN_MS = 15_000;
/** After this the sender gives up: some requests promise more than they bring. */
const PATIENCE_MS = 1_000;
const LIMIT_MS = 30 * 60_000;

/**
 * Comes right behind, and is long: what a spoiled request still waits for, it takes from here, and a request that
 * was complete is followed by one whose answer ends the connection. So hardly any has to be waited for.
 */
const FOLLOWER = Buffer.from(
  `GET /health/live HTTP/1.1\r\nhost: a\r\nconnection: close\r\npadding: ${'p'.repeat(4000)}\r\n\r\n`,
);

/** Sends the bytes and gives the statuses of whatever is answered; none is an answer, too. */
function statusesOf(url: string, request: Buffer): Promise<readonly number[]> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ host: hostname, port: Number(port) });
    const patience = setTimeout(() => socket.end(), PATIENCE_MS);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`the connection stayed open for ${ANSWER_WITHIN_MS} ms`));
    }, ANSWER_WITHIN_MS);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (received += chunk));
    // A server may close while we still write: whatever it said before counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(patience);
      clearTimeout(timer);
      resolve([...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)));
    });
    socket.on('connect', () => socket.write(Buffer.concat([request, FOLLOWER])));
  });
}

const memoryMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

describe('malformed requests', () => {
  const stores = testDatabase();
  let gateway: GatewayProcess;

  beforeAll(async () => {
    // Without limits, so that every request gets as far as it can.
    gateway = await startGateway({
      role: 'both',
      stores,
      env: {
        LOG_LEVEL: 'error',
        RATE_LIMIT_PER_IP_PER_MINUTE: '0',
        RATE_LIMIT_PER_PARTNER_PER_SECOND: '0',
        RATE_LIMIT_REFUSED_PER_IP_PER_MINUTE: '0',
      },
    });
  });
  afterAll(async () => {
    await gateway.kill();
    await stores.cleanup();
  });

  it(
    'should never make the gateway fail, end or grow',
    async () => {
      const requests = fc.sample(malformedRequest, { numRuns: runsOf(100_000), seed: SEED });
      const seen = new Map<number, number>();
      for (let from = 0; from < requests.length; from += TOGETHER) {
        const group = requests.slice(from, from + TOGETHER);
        const answers = await Promise.all(group.map((request) => statusesOf(gateway.url, request)));
        for (const [index, statuses] of answers.entries()) {
          const failed = statuses.find((status) => status >= 500);
          if (failed !== undefined) {
            throw new Error(
              `${failed} to ${JSON.stringify(group[index]?.toString('latin1'))} (seed ${SEED})`,
            );
          }
          for (const status of statuses) seen.set(status, (seen.get(status) ?? 0) + 1);
        }
      }
      // Both sides were reached: what is right was taken, what is wrong was refused in several ways.
      for (const status of [202, 400, 401]) expect(seen.get(status)).toBeGreaterThan(0);
      expect(gateway.isRunning).toBe(true);
      await expect(send(gateway, aCanonicalEvent())).resolves.toMatchObject({ status: 202 });
      expect(memoryMb(gateway.pid)).toBeLessThan(MAX_MEMORY_MB);
    },
    LIMIT_MS,
  );
});
