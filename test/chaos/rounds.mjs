import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../scripts/process/until.mjs';
import { reasonOf, say } from '../../scripts/terminal/say.mjs';
import { FAULTS } from './faults.mjs';

/** Load without a fault at the begin and the end. */
export const CALM = 'none';
const CALM_MS = 2_000;
const BEFORE_MS = [500, 1_500];
const RECOVERED_WITHIN_MS = 60_000;

/** One fault after the other under load; each only when all is well again. Ends early where that does not come. */
export async function runRounds(run, kinds) {
  run.ledger.begin(CALM);
  await sleep(CALM_MS);
  await fullIntake(run, performance.now() - CALM_MS);
  for (const [index, kind] of kinds.entries()) {
    const round = run.ledger.begin(kind);
    const name = `round ${index + 1} of ${kinds.length}: ${kind}`;
    try {
      await runRound(run, kind, round, name);
    } catch (error) {
      run.problems.push(`${name}: ${reasonOf(error)}`);
      return;
    }
  }
  run.ledger.begin(CALM);
  await sleep(CALM_MS);
}

async function runRound(run, kind, round, name) {
  await sleep(run.random.between(...BEFORE_MS));
  const { victim, endedAt } = await FAULTS[kind](run);
  await run.deployment.ready(RECOVERED_WITHIN_MS);
  await fullIntake(run, endedAt);
  round.recoverMs = performance.now() - endedAt;
  for (const gateway of run.deployment.gateways) gateway.endHarm();
  const { sent, acknowledged, refused } = round;
  const told = refused > 0 ? `, ${refused} refused or unanswered` : '';
  say(
    `${name} (${victim.name}): ${acknowledged} of ${sent} acknowledged so far${told}, well after ${(round.recoverMs / 1000).toFixed(1)} s`,
  );
}

/** Each api has taken an event into both stores that was sent after that moment. */
function fullIntake({ ledger, deployment }, since) {
  const all = () => deployment.apis.every(({ name }) => ledger.tookInFullSince(name, since));
  return until(all, {
    timeoutMs: RECOVERED_WITHIN_MS,
    what: 'each api takes an event into both stores again',
  });
}
