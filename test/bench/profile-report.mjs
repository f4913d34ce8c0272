import { machineLines, number, table, title } from './report.mjs';

const SHOWN_FUNCTIONS = 30;
/** What the time is divided by, and how the document names it. */
const UNITS = {
  request: { rate: 'requestsPerSecond', time: 'microsecondsPerRequest' },
  event: { rate: 'eventsPerSecond', time: 'microsecondsPerEvent' },
};

/** Where the time of a main thread went: `count` of `unit` were done in it, `perSecond` of them in a second. */
export function profileReport({ subject, machine, unit, count, perSecond, cpu, sums, problems }) {
  const { rate, time } = UNITS[unit];
  const list = (entries) =>
    entries.map(([name, sum]) => ({ name, percent: (sum / sums.busy) * 100, [time]: sum / count }));
  const document = {
    ok: problems.length === 0,
    machine,
    [rate]: perSecond,
    cpu,
    idlePercent: (sums.idle / (sums.busy + sums.idle)) * 100,
    groups: list(sums.own),
    groupsWithNode: list(sums.onBehalf),
    functions: list(sums.functions.slice(0, SHOWN_FUNCTIONS)),
    problems,
  };
  return { document, text: textOf(subject, unit, document), problems };
}

function textOf(subject, unit, { machine, cpu, idlePercent, groups, groupsWithNode, functions, ...rest }) {
  const { rate, time } = UNITS[unit];
  const parts = Object.entries(cpu).filter(([name]) => name !== 'total');
  const spent = parts.map(([name, seconds]) => `${name} ${number(seconds)}`);
  const rows = (list) => list.map((one) => [one.name, number(one.percent, 1), number(one[time], 1)]);
  const columns = ['% of busy', `µs/${unit}`];
  return [
    machineLines(machine),
    title(`${subject} under the profiler`),
    `${number(rest[rate], 0)} ${unit}s a second; CPU seconds for 10,000: ${spent.join(', ')}; ` +
      `main thread idle ${number(idlePercent, 1)} %`,
    title('By package, where the time itself is spent'),
    table(['package', ...columns], rows(groups)),
    title("By package, with Node's own functions counted for who called them"),
    table(['package', ...columns], rows(groupsWithNode)),
    title(`The ${functions.length} functions with the most time of their own`),
    table(['function', ...columns], rows(functions)),
  ].join('\n');
}
