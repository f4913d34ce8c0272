import { CONCURRENCY } from './drain-span.mjs';
import { comparisonTable, machineLines, number, table, title } from './report.mjs';
import { median } from './statistics.mjs';
import { atLeast, atMost } from './summary.mjs';

const FIGURES = {
  eventsPerSecond: (one) => one.eventsPerSecond,
  noopJobsPerSecond: (one) => one.noop.jobsPerSecond,
  ratio: (one) => one.ratio,
  cpuTotal: (one) => one.cpu.total,
  cpuWorker: (one) => one.cpu.worker,
  cpuRedis: (one) => one.cpu.redis,
  cpuMongod: (one) => one.cpu.mongod,
  peakMegabytes: (one) => one.peakMegabytes,
};
const COLUMNS = ['events/s', 'no-op jobs/s', 'ratio', 'CPU s/10k', 'worker', 'redis', 'mongod', 'peak MB'];
const DIGITS = [0, 0, 3, 2, 2, 2, 2, 0];

export function drainReport({ machine, settings, rounds }) {
  const medians = mapped((of) => median(rounds.map(of)));
  const comparison = [
    atLeast(0.2, 'events per second ÷ no-op jobs per second', medians.ratio),
    atMost(7, 'CPU seconds per 10,000 applied', medians.cpuTotal),
  ];
  const problems = rounds.flatMap((round, index) =>
    round.problems.map((problem) => `round ${index + 1}: ${problem}`),
  );
  const document = {
    ok: problems.length === 0,
    machine,
    settings: { ...settings, concurrency: CONCURRENCY },
    comparison,
    medians,
    rounds,
    problems,
  };
  return { document, text: textOf(document), problems };
}

function textOf({ machine, settings, comparison, medians, rounds }) {
  const row = (name, figures) => [name, ...Object.values(figures).map((one, at) => number(one, DIGITS[at]))];
  const own = rounds.map((round, index) =>
    row(
      `round ${index + 1}`,
      mapped((of) => of(round)),
    ),
  );
  return [
    machineLines(machine),
    title(`One worker process, a backlog of ${settings.events} events, concurrency ${settings.concurrency}`),
    table(['', ...COLUMNS], [...own, row('median', medians)]),
    title('Median of the rounds'),
    comparisonTable(comparison),
  ].join('\n');
}

const mapped = (value) =>
  Object.fromEntries(Object.entries(FIGURES).map(([name, figure]) => [name, value(figure)]));
