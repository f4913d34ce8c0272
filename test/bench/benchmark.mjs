import { missingInJournal } from './journal.mjs';
import { machineFacts } from './machine.mjs';
import { peakMegabytes } from './proc.mjs';
import { comparisonTable, machineLines, targetsTable, title } from './report.mjs';
import { measureIntake, measureLatency } from './rounds.mjs';
import { compare, problemsAtRate, problemsOf, summarise } from './summary.mjs';
import { newSecret, startFloor, startGateway } from './targets.mjs';

/** Measures the gateway against both handlers, then their answer times at a steady rate. */
export async function benchmark(stores, options) {
  const machine = await machineFacts(stores);
  const secret = newSecret();
  const floors = [await startFloor('naive', stores, secret), await startFloor('safe', stores, secret)];
  const gateway = await startGateway(stores, secret);
  const targets = [...floors, gateway];
  const intake = await measureIntake(targets, stores, options);
  const peaks = Object.fromEntries(targets.map(({ name, pid }) => [name, peakMegabytes(pid)]));
  const lost = await missingInJournal(stores, intake, 'gateway');
  const steady = targets.filter(({ name }) => name !== 'safe');
  const latency = await measureLatency(steady, stores, options);
  const problems = [
    ...problemsOf(intake),
    ...problemsOf(latency),
    ...problemsAtRate(latency, options.rate),
    ...lost,
  ];
  return report({ machine, options, intake, latency, peaks, problems });
}

function report({ machine, options, intake, latency, peaks, problems }) {
  const { rounds, seconds, connections, rate } = options;
  const settings = { rounds, seconds, connections, rate };
  const summaries = { intake: summarise(intake, peaks), latency: summarise(latency, peaks) };
  const comparison = compare(intake, latency, peaks.gateway);
  const document = {
    ok: problems.length === 0,
    machine,
    settings,
    comparison,
    intake: { targets: summaries.intake, rounds: intake },
    latency: { targets: summaries.latency, rounds: latency },
    problems,
  };
  const text = [
    machineLines(machine),
    title(`Intake, ${connections} connections, median of ${rounds} rounds of ${seconds} s`),
    targetsTable(summaries.intake),
    title(`At a steady ${rate} requests per second`),
    targetsTable(summaries.latency),
    title('Median of the ratios of each round'),
    comparisonTable(comparison),
  ].join('\n');
  return { document, text, problems };
}
