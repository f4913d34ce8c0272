import { styleText } from 'node:util';

const onTerminal = process.stdout.isTTY === true && !process.env.NO_COLOR;
const style = (format, text) => (onTerminal ? styleText(format, text) : text);

/** Rows in columns; the first one to the left, numbers to the right. */
export function table(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd();
  return [style('bold', line(head)), ...rows.map(line)].join('\n');
}

export function title(text) {
  return `\n${style('underline', text)}`;
}

export function number(value, digits = 2) {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

export function targetsTable(summary) {
  const head = [
    '',
    'req/s',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'CPU s/10k',
    'server',
    'redis',
    'mongod',
    'peak MB',
    'errors',
  ];
  const rows = summary.map((one) => [
    one.name,
    number(one.requestsPerSecond, 0),
    number(one.p50, 1),
    number(one.p95, 1),
    number(one.p99, 1),
    number(one.cpuTotal),
    number(one.cpuServer),
    number(one.cpuRedis),
    number(one.cpuMongod),
    number(one.peakMegabytes, 0),
    String(one.errors),
  ]);
  return table(head, rows);
}

export function comparisonTable(comparison) {
  const verdict = {
    true: style('green', 'reached'),
    false: style('yellow', 'not reached'),
    null: 'not measured',
  };
  const rows = comparison.map(({ what, value, reach, met }) => [what, figure(value), reach, verdict[met]]);
  return table(['gateway', 'here', 'reach', ''], rows);
}

/** A small ratio needs one digit more, or it looks as if it were what it falls short of. */
const figure = (value) => number(value, value < 1 ? 3 : 2);

export function machineLines(machine) {
  return Object.entries(machine)
    .map(([name, value]) => `${name.padEnd(16)} ${value}`)
    .join('\n');
}
