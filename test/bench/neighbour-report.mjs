import { machineLines, number, table, title } from './report.mjs';
import { median, medianRatio } from './statistics.mjs';

const TIMES = {
  ackP50: ({ steady }) => steady.p50,
  ackP99: ({ steady }) => steady.p99,
  appliedP50: ({ applied }) => applied.p50,
  appliedP99: ({ applied }) => applied.p99,
};
const TIME_COLUMNS = ['answer p50', 'answer p99', 'applied p50', 'applied p99'];

export function neighbourReport({ machine, options, rounds, ends, problems }) {
  const { seconds, connections, rate, limit } = options;
  const names = Object.keys(rounds[0]);
  const others = names.filter((name) => rounds[0][name].beside !== null);
  const document = {
    ok: problems.length === 0,
    machine,
    settings: { rounds: options.rounds, seconds, connections, rate, limit },
    ratios: others.map((name) => ({
      phase: name,
      ...mapped(TIMES, (time) => medianRatio(rounds, name, 'alone', time)),
    })),
    steady: names.map((name) => steadyFigures(name, rounds)),
    others: others.map((name) => otherFigures(name, rounds, seconds)),
    ends,
    rounds,
    problems,
  };
  return { document, text: textOf(document), problems };
}

function steadyFigures(name, rounds) {
  const own = rounds.map((round) => round[name]);
  const notAccepted = own.reduce((sum, { steady }) => sum + steady.errors, 0);
  return { phase: name, ...mapped(TIMES, (time) => median(own.map(time))), notAccepted };
}

function otherFigures(name, rounds, seconds) {
  const answers = rounds.map((round) => round[name].beside.answers);
  const perSecond = (status) => median(answers.map((one) => (one[status] ?? 0) / seconds));
  return { phase: name, acceptedPerSecond: perSecond(202), limitedPerSecond: perSecond(429) };
}

const mapped = (object, of) =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, of(value)]));

function textOf({ machine, settings, ratios, steady, others, ends }) {
  const times = (one, digits) => Object.keys(TIMES).map((time) => number(one[time], digits));
  const { rounds, seconds, connections, rate, limit } = settings;
  return [
    machineLines(machine),
    title(`The steady partner, ${rate} requests per second, ms, median of ${rounds} rounds of ${seconds} s`),
    table(
      ['', ...TIME_COLUMNS, 'not 202'],
      steady.map((one) => [one.phase, ...times(one, 1), String(one.notAccepted)]),
    ),
    title('Median of the ratios of each round'),
    table(
      ['', ...TIME_COLUMNS],
      ratios.map((one) => [`${one.phase} ÷ alone`, ...times(one, 2)]),
    ),
    title(`The other partner, limit ${limit} requests per second, ${connections} connections`),
    table(
      ['', 'accepted/s', '429/s'],
      others.map((one) => [one.phase, number(one.acceptedPerSecond, 0), number(one.limitedPerSecond, 0)]),
    ),
    title('How the accepted events of all rounds ended'),
    table(
      ['', 'events'],
      Object.entries(ends).flatMap(([partner, counts]) =>
        Object.entries(counts).map(([status, count]) => [`${partner}: ${status}`, String(count)]),
      ),
    ),
  ].join('\n');
}
