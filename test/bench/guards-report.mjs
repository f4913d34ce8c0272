import { machineLines, number, table, targetsTable, title } from './report.mjs';
import { medianRatio } from './statistics.mjs';
import { FIGURES, summarise } from './summary.mjs';

/** What is divided by what: the price of the limits, of both, of the nonces alone, and the way to the naive handler. */
const PAIRS = [
  ['limits', 'no-limits'],
  ['nonces', 'no-limits'],
  ['nonces', 'limits'],
  ['no-limits', 'naive'],
  ['limits', 'naive'],
  ['nonces', 'naive'],
];

export function guardsReport({ machine, options, rounds, peaks, problems }) {
  const { seconds, connections } = options;
  const settings = { rounds: options.rounds, seconds, connections };
  const targets = summarise(rounds, peaks);
  const ratios = PAIRS.map(([above, below]) => ({
    what: `${above} ÷ ${below}`,
    requestsPerSecond: medianRatio(rounds, above, below, FIGURES.requestsPerSecond),
    p99: medianRatio(rounds, above, below, FIGURES.p99),
    cpuTotal: medianRatio(rounds, above, below, FIGURES.cpuTotal),
    cpuServer: medianRatio(rounds, above, below, FIGURES.cpuServer),
  }));
  const document = { ok: problems.length === 0, machine, settings, ratios, targets, rounds, problems };
  const text = [
    machineLines(machine),
    title(`Intake, ${connections} connections, median of ${options.rounds} rounds of ${seconds} s`),
    targetsTable(targets),
    title('Median of the ratios of each round'),
    ratiosTable(ratios),
  ].join('\n');
  return { document, text, problems };
}

function ratiosTable(ratios) {
  const rows = ratios.map((one) => [
    one.what,
    number(one.requestsPerSecond),
    number(one.p99),
    number(one.cpuTotal),
    number(one.cpuServer),
  ]);
  return table(['', 'req/s', 'p99', 'CPU', 'server CPU'], rows);
}
