import { benchmark } from './benchmark.mjs';
import { drainProfile } from './drain-profile.mjs';
import { drain } from './drain.mjs';
import { guards } from './guards.mjs';
import { neighbour } from './neighbour.mjs';
import { profile } from './profile.mjs';

const ROUNDS = { text: 'rounds, in each everything once, in rotating order', default: 5, least: 1, most: 50 };
const SECONDS = { text: 'seconds of each measurement', default: 5, least: 1, most: 120 };
const CONNECTIONS = {
  text: 'keep-alive connections of the load generator',
  default: 100,
  least: 1,
  most: 2_000,
};
const RATE = { least: 1, most: 20_000 };

/** What can be measured: `run` gives the document, the same as text, and what makes its figures worthless. */
export const SCENARIOS = {
  intake: {
    summary: 'one gateway process against two handlers that do less (when nothing is named)',
    about: `Measures the intake of one gateway process against two handlers that do less, on the same Redis and MongoDB, in
interleaved rounds: "naive" checks the signature and adds one queue job per event, nothing is journaled; "safe" also
inserts every event into MongoDB first (majority, journaled). Figures are ratios of one run on one machine.`,
    flags: {
      rounds: ROUNDS,
      seconds: SECONDS,
      connections: CONNECTIONS,
      rate: { ...RATE, text: 'requests per second of the latency measurement', default: 200 },
      profile: { text: 'one round of the gateway under the CPU profiler: where the time goes' },
    },
    run: (stores, options) => (options.profile ? profile : benchmark)(stores, options),
  },
  neighbour: {
    summary: 'what a steady partner notices of one that floods, and of one whose events all fail',
    about: `Measures what one partner notices of another, at one api and one worker process. A steady partner sends at a fixed
rate: alone; while another one sends all that its connections can, far above its limit; and while one does so whose
events all end as dead letters. Times from receipt to the event being applied are read from the journal. The flood
is made on the same machine, so the steady partner also waits for the CPU time that making it takes.`,
    flags: {
      rounds: ROUNDS,
      seconds: SECONDS,
      connections: { ...CONNECTIONS, text: 'connections of the partner that floods' },
      rate: { ...RATE, text: 'requests per second of the steady partner', default: 50 },
      limit: { ...RATE, text: 'limit of the partner that floods, requests per second', default: 200 },
    },
    run: neighbour,
  },
  guards: {
    summary: 'what the limits and the replay guard cost the intake',
    about: `Measures what is paid for limits and for the replay guard: gateways of the same build that differ in nothing else, and
the naive handler beside them. "no-limits" asks no limit at all; "limits" asks all, none of which refuses anything;
"nonces" also asks Redis for every request whether it was seen before, as replay policy "reject" does.`,
    flags: { rounds: ROUNDS, seconds: SECONDS, connections: CONNECTIONS },
    run: guards,
  },
  drain: {
    summary: "how many events one worker process applies in a second, beside BullMQ's own worker",
    about: `Measures how fast one worker process applies a backlog that the intake has left to it, from 5 % to 95 % of it, and the
CPU time that it, Redis and MongoDB spend on that. Before and after, BullMQ's own worker ends jobs that do nothing, one
for each event (20,000 at most), on the same Redis and as many at a time: the mean of both rates is what the worker's
is divided by. The figures count only where every event was applied exactly once.`,
    flags: {
      rounds: { ...ROUNDS, text: 'rounds, each with a backlog of its own', default: 3 },
      events: { text: 'events of a backlog', default: 20_000, least: 1_000, most: 200_000 },
      profile: { text: 'one backlog with the worker under the CPU profiler: where the time goes' },
    },
    run: (stores, options) => (options.profile ? drainProfile : drain)(stores, options),
  },
};
