import { randomBytes } from 'node:crypto';
import { freePort } from '../../scripts/process/free-port.mjs';
import { changePartner } from './admin.mjs';
import { mustRun, ready, startModule, startNode, stop } from './processes.mjs';

const MOST = 100_000;
/** For the partner that requests name none of: more than anything here can send. */
export const NEVER_REACHED = { limits: { perSecond: MOST, burst: MOST } };

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
  const gateway = await startProcess('gateway', 'api', settingsOf(stores, 'gateway', secret), nodeArguments);
  await changePartner(gateway, 'default', NEVER_REACHED);
  return gateway;
}

/** What all processes of one gateway have in common. */
export function settingsOf(stores, name, secret) {
  return {
    ...addresses(stores, name),
    HOST: '127.0.0.1',
    SIGNING_SECRET: secret,
    ADMIN_API_KEY: `bench_${randomBytes(24).toString('hex')}`,
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    RATE_LIMIT_PER_IP_PER_MINUTE: '100000000',
  };
}

export async function startProcess(name, role, settings, nodeArguments = []) {
  const target = await launchProcess(name, role, settings, nodeArguments);
  await target.whenReady();
  return target;
}

/** The same without waiting for it to be ready: for who has to see how its work begins. */
export async function launchProcess(name, role, settings, nodeArguments = []) {
  const port = await freePort();
  const child = startNode([...nodeArguments, 'dist/main.js'], {
    ...settings,
    ROLE: role,
    PORT: String(port),
  });
  const what = `the process ${role} of ${name}`;
  return {
    name,
    port,
    pid: child.pid,
    secret: settings.SIGNING_SECRET,
    adminKey: settings.ADMIN_API_KEY,
    whenReady: () => ready(what, child, port),
    mustRun: () => mustRun(what, child),
    stop: () => stop(child),
  };
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
