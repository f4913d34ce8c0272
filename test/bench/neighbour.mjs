import { say } from '../../scripts/terminal/say.mjs';
import { makePartners } from './admin.mjs';
import { endings, timesToApplied, unfinishedAfter } from './journal.mjs';
import { machineFacts } from './machine.mjs';
import { measure } from './measure.mjs';
import { neighbourProblems } from './neighbour-problems.mjs';
import { neighbourReport } from './neighbour-report.mjs';
import { inOneLine, interleaved, LATENCY_CONNECTIONS } from './rounds.mjs';
import { newSecret, settingsOf, startProcess } from './targets.mjs';

const NAME = 'neighbour';
const WORKED_OFF_WITHIN_MS = 60_000;
/** Who sends beside the steady partner. */
const PHASES = [
  { name: 'alone' },
  { name: 'flood', beside: 'flooding' },
  { name: 'failures', beside: 'failing' },
];

/** Measures what a steady partner notices of one that floods, and of one whose events all fail. */
export async function neighbour(stores, options) {
  const machine = await machineFacts(stores);
  const senders = await startPair(stores, options);
  const journal = stores.journalOf(NAME);
  const rounds = await interleaved(PHASES, options.rounds, async (phase, { warmUp, place }) => {
    const order = { warmUp, seconds: options.seconds };
    const [steady, beside] = await Promise.all([
      measure(senders.steady, stores, { ...order, rate: options.rate, connections: LATENCY_CONNECTIONS }),
      phase.beside && measure(senders[phase.beside], stores, { ...order, connections: options.connections }),
    ]);
    // What is left over would fall on the next phase.
    await unfinishedAfter(journal, WORKED_OFF_WITHIN_MS);
    const applied = await timesToApplied(journal, 'steady', steady.clock);
    say(`neighbour, ${place}: ${inOneLine(phase.name, steady)}; applied p99 ${applied.p99} ms`);
    return { steady, applied, beside: beside ?? null };
  });
  const ends = await endings(journal);
  const problems = neighbourProblems({ rounds, ends, rate: options.rate, phases: PHASES });
  return neighbourReport({ machine, options, rounds, ends, problems });
}

/** An api and a worker process, and who sends to them. */
async function startPair(stores, { limit }) {
  const settings = settingsOf(stores, NAME, newSecret());
  const api = await startProcess(NAME, 'api', settings);
  await startProcess(NAME, 'worker', settings);
  // Small enough to be used up when the warm-up ends: then the limit alone decides.
  const limits = { perSecond: limit, burst: limit };
  const partners = {
    steady: { limits: { perSecond: 0 } },
    flooding: { limits },
    failing: { limits, mapping: { event: { trackingNumber: '/nowhere' } } },
  };
  const secrets = Object.fromEntries(Object.keys(partners).map((id) => [id, newSecret()]));
  const documents = Object.entries(partners).map(([id, own]) => ({
    id,
    preset: 'standard',
    secrets: [{ value: secrets[id] }],
    ...own,
  }));
  await makePartners(api, documents);
  const sender = (id) => ({ pid: api.pid, port: api.port, secret: secrets[id] });
  return {
    steady: { ...sender('steady'), partnerId: 'steady' },
    flooding: { ...sender('flooding'), partnerId: 'flooding' },
    // Its own route: on the canonical one the gateway's own mapping rules, which does not fail.
    failing: { ...sender('failing'), path: '/v1/webhooks/failing' },
  };
}
