import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/process/free-port.mjs';
import { say } from '../../scripts/terminal/say.mjs';
import { ready, startModule, startNode, stop } from './processes.mjs';

const MOST = 100_000;
/** How long a changed partner may take to reach every process. */
const CHANGE_REACHES_ALL_MS = 2_000;

/** Its jobs are never worked off: they are removed between rounds, so that Redis holds a few hundred megabytes at most. */
export async function startFloor(name, stores, secret) {
  const port = await freePort();
  const child = startModule('floor-server.mjs', {
    ...addresses(stores, name),
    PORT: String(port),
    SIGNING_SECRET: secret,
    SAFE: name === 'safe' ? '1' : '0',
  });
  await ready(`the ${name} handler`, child, port);
  const forgetJobs = () => stores.forgetJobs(name);
  return { name, port, pid: child.pid, secret, forgetJobs };
}

/** The gateway as a deployer runs it, with everything on but the limits, which a load test is meant to exceed. */
export async function startGateway(stores, secret, nodeArguments = []) {
  const port = await freePort();
  const adminKey = `bench_${randomBytes(24).toString('hex')}`;
  const child = startNode([...nodeArguments, 'dist/main.js'], {
    ...addresses(stores, 'gateway'),
    ROLE: 'api',
    HOST: '127.0.0.1',
    PORT: String(port),
    SIGNING_SECRET: secret,
    ADMIN_API_KEY: adminKey,
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    RATE_LIMIT_PER_IP_PER_MINUTE: '100000000',
  });
  await ready('the gateway', child, port);
  await liftLimits(port, adminKey);
  return { name: 'gateway', port, pid: child.pid, secret, stop: () => stop(child) };
}

export const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

function addresses(stores, name) {
  return {
    REDIS_URL: stores.redisUrl,
    QUEUE_PREFIX: stores.nameFor(name),
    MONGO_URI: stores.mongoUri,
    MONGO_DB_NAME: stores.nameFor(name),
  };
}

async function liftLimits(port, adminKey) {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/admin/partners/default`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ limits: { perSecond: MOST, burst: MOST } }),
  });
  await answer.arrayBuffer();
  if (answer.status === 200) await sleep(CHANGE_REACHES_ALL_MS);
  else say(`the limits of the partner could not be lifted (${answer.status}): it is measured with them`);
}
