import { styleText } from 'node:util';
import { machineLines, number, table, title } from '../bench/report.mjs';

const HEAD = [
  ...['fault', 'rounds', 'sent', 'acknowledged', 'refused', 'queue only', 'journal only', 'lost', 'doubled'],
  ...['longest ms', 'recover ms'],
];
const onTerminal = process.stdout.isTTY === true && !process.env.NO_COLOR;
const coloured = (colour, text) => (onTerminal ? styleText(colour, text) : text);

/** For people; `--json` has the same and more. */
export function textOf(document) {
  const { settings, faults, total } = document;
  const { seed, rate, rounds, routingMs } = settings;
  const routed = routingMs === null ? '' : `, a routing service of ${routingMs} ms`;
  return [
    machineLines(document.machine),
    title(`${rounds} rounds, seed ${seed}, ${rate} events per second${routed}`),
    table(HEAD, faults.map(rowOf)),
    'refused: 503 or no answer, and sent again; queue only, journal only: acknowledged by one store alone;',
    'longest: of the processes that were not harmed; recover: from the end of the fault until all was well again',
    '',
    totalLine(settings, total),
    ...(total.ledgerLagMs > LAG_MS
      ? [`the ledger itself was held up for ${number(total.ledgerLagMs, 0)} ms: answer times contain that`]
      : []),
    verdictLine(document),
  ].join('\n');
}
const LAG_MS = 250;

const rowOf = (row) => [
  ...[row.kind, row.rounds, row.sent, row.acknowledged, row.refused, row.queueOnly, row.journalOnly].map(
    String,
  ),
  ...[String(row.lost), String(row.doubled), number(row.longestMs, 0)],
  row.recoverMs === null ? '–' : number(row.recoverMs, 0),
];

function totalLine({ seed, rate, rounds }, total) {
  const rest =
    total.quietSeconds === null ? 'never at rest' : `at rest after ${number(total.quietSeconds, 1)} s`;
  const equal = total.shipments - total.shipmentsDifferent;
  return (
    `total: ${rounds} rounds, seed ${seed}, ${rate}/s, ${number(total.seconds, 0)} s, ${rest}: ${total.sent} sent, ` +
    `${total.acknowledged} acknowledged, ${total.applied} applied, ${total.deadLettered} dead letters, ` +
    `lost ${total.lost}, doubled ${total.doubled}, unfinished ${total.unfinished}, ` +
    `${equal} of ${total.shipments} shipments as they should be, longest answer ${number(total.longestMs, 0)} ms`
  );
}

function verdictLine({ ok, problems }) {
  if (ok) return coloured('green', 'The promise holds.');
  return coloured('red', ['The promise does not hold:', ...problems.map((text) => `- ${text}`)].join('\n'));
}

/** What each sabotage showed. */
export function sabotageText(results) {
  const rows = results.map(({ name, what, caught, document: { total } }) => [
    ...[name, what, String(total.lost), String(total.doubled), String(total.unfinished)],
    ...[String(total.shipmentsDifferent), caught ? 'caught' : 'NOT CAUGHT'],
  ]);
  const head = [
    'sabotage',
    'what is broken',
    'lost',
    'doubled',
    'unfinished',
    'wrong shipments',
    'the ledger',
  ];
  return [title('Can the ledger fail?'), table(head, rows)].join('\n');
}
