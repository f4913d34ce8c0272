import { median, medianRatio } from './statistics.mjs';

export const FIGURES = {
  requestsPerSecond: (one) => one.requestsPerSecond,
  p50: (one) => one.p50,
  p95: (one) => one.p95,
  p99: (one) => one.p99,
  cpuServer: (one) => one.cpu.server,
  cpuRedis: (one) => one.cpu.redis,
  cpuMongod: (one) => one.cpu.mongod,
  cpuTotal: (one) => one.cpu.total,
};

/** For each target, in the order of the first round, the median of each figure. Memory is a peak, errors are a sum. */
export function summarise(rounds, peaks) {
  return Object.keys(rounds[0]).map((name) => {
    const own = rounds.map((round) => round[name]);
    const medians = Object.entries(FIGURES).map(([figure, of]) => [figure, median(own.map(of))]);
    const errors = own.reduce((sum, { errors }) => sum + errors, 0);
    return { name, ...Object.fromEntries(medians), peakMegabytes: peaks[name] ?? null, errors };
  });
}

/** The figures that the requirements name, each with what it should reach. `met` is null where it was not measured. */
export function compare(intake, latency, gatewayPeak) {
  const ratio = (rounds, below, figure) => medianRatio(rounds, 'gateway', below, figure);
  const cpu = median(intake.map(({ gateway }) => gateway.cpu.total));
  return [
    atLeast(0.75, 'requests per second ÷ naive', ratio(intake, 'naive', FIGURES.requestsPerSecond)),
    atLeast(3, 'requests per second ÷ safe', ratio(intake, 'safe', FIGURES.requestsPerSecond)),
    atMost(1.5, 'p99 ÷ naive', ratio(intake, 'naive', FIGURES.p99)),
    atMost(3, 'CPU seconds per 10,000 accepted', cpu),
    atMost(3, 'p99 ÷ naive at a steady rate', ratio(latency, 'naive', FIGURES.p99)),
    atMost(250, 'peak memory of the api process, MB', gatewayPeak),
  ];
}

export function atLeast(reach, what, value) {
  return { what, value, reach: `≥ ${reach}`, met: isMeasured(value) ? value >= reach : null };
}

export function atMost(reach, what, value) {
  return { what, value, reach: `≤ ${reach}`, met: isMeasured(value) ? value <= reach : null };
}

function isMeasured(value) {
  return Number.isFinite(value);
}

/** Everything that makes the figures worthless, in words. */
export function problemsOf(rounds) {
  return problemsWhere(rounds, ({ errors, accepted, answers }) =>
    errors > 0 || accepted === 0 ? `did not only answer 202: ${JSON.stringify(answers)}` : undefined,
  );
}

/** Who cannot keep up answers late by as much as it is behind; that is no answer time at that rate. */
export function problemsAtRate(rounds, rate) {
  return problemsWhere(rounds, ({ requestsPerSecond, accepted, span }) => {
    const due = (rate * (span.to - span.from)) / 1e6;
    return accepted + AT_THE_BORDERS < due * KEEPS_UP
      ? `was asked for ${rate} requests a second and answered ${requestsPerSecond.toFixed(0)}`
      : undefined;
  });
}
const KEEPS_UP = 0.9;
/** Answers that were on their way when the time was over; in a short measurement they would look like falling behind. */
const AT_THE_BORDERS = 10;

function problemsWhere(rounds, wrong) {
  return rounds.flatMap((round, index) =>
    Object.entries(round).flatMap(([name, figure]) => {
      const what = wrong(figure);
      return what === undefined ? [] : [`round ${index + 1}: ${name} ${what}`];
    }),
  );
}
