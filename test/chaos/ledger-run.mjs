import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { say } from '../../scripts/terminal/say.mjs';
import { withProgress } from '../../scripts/terminal/progress.mjs';
import { machineFacts } from '../bench/machine.mjs';
import { newSecret } from '../bench/targets.mjs';
import { audit, readStores } from './audit.mjs';
import { Courier } from './courier.mjs';
import { Deployment } from './deployment.mjs';
import { Ledger } from './ledger.mjs';
import { Parcels } from './parcels.mjs';
import { untilQuiet } from './quiet.mjs';
import { Random } from './random.mjs';
import { runRounds } from './rounds.mjs';
import { signer } from './signed-event.mjs';
import { documentOf } from './verdict.mjs';

/** Parcels that are under way at once, for each event of a second: their histories stretch over whole rounds. */
const PARCELS_PER_RATE = 3;

/**
 * One whole run: the system brought up, harmed `kinds` after `kinds` under load, left to come to rest, compared with
 * the ledger, ended. Gives the document that says it all.
 */
export async function runLedger({ seed, rate, routing, kinds, keep, preload, quiet, keepOnFailure }) {
  const secret = newSecret();
  const open = () => Deployment.open({ secret, preload, routingMs: routing });
  const deployment = await withProgress('starting Redis, MongoDB, two apis and two workers', open);
  try {
    const machine = await machineFacts({ facts: factsOf(deployment) });
    const run = newRun({ deployment, secret, seed, rate });
    const beganAt = performance.now();
    const lag = monitorEventLoopDelay({ resolution: 10 });
    lag.enable();
    await underLoad(run, rate, () => runRounds(run, kinds));
    lag.disable();
    const loadSeconds = (performance.now() - beganAt) / 1000;
    const quietSeconds = await untilQuiet(run, quiet);
    const result = audit(run.ledger.entries, await readStores(deployment.database));
    const lagMs = lag.max / 1e6;
    const settings = { seed, rate, rounds: kinds.length, routingMs: routing ?? null };
    const document = documentOf({ machine, settings, run, result, loadSeconds, quietSeconds, lagMs });
    if (keep || (keepOnFailure && !document.ok)) await keepAll(deployment, document);
    return document;
  } finally {
    await deployment.close();
  }
}

function newRun({ deployment, secret, seed, rate }) {
  const ledger = new Ledger();
  // Generators of their own: how many events are sent depends on the machine, and must not change the faults.
  const [random, ofParcels, ofCourier] = [seed, seed + 1, seed + 2].map((each) => new Random(each));
  const runId = randomBytes(3).toString('hex').toUpperCase();
  const parcels = new Parcels(ofParcels, runId, rate * PARCELS_PER_RATE);
  const { apis } = deployment;
  const courier = new Courier({ apis, ledger, parcels, random: ofCourier, sign: signer(secret) });
  return { deployment, ledger, courier, random, problems: [] };
}

async function underLoad({ courier }, rate, work) {
  courier.start(rate);
  try {
    await work();
  } finally {
    await courier.stop();
  }
}

const factsOf = ({ stores: { redis, mongo } }) => ({
  redis: redis.version,
  redisAppendOnly: true,
  mongod: mongo.version,
});

async function keepAll(deployment, document) {
  deployment.keep();
  await writeFile(join(deployment.folder, 'ledger.json'), JSON.stringify(document, null, 2));
  say(`ledger, logs and data are kept in ${relative(process.cwd(), deployment.folder)}`);
}
