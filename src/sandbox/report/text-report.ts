import { type DemoResult } from '../demo/demonstrate';
import { tallyOf } from '../demo/tally';
import { type Look } from './look';
import { lookFurther } from './look-further';
import { requestTable } from './request-table';
import { routingTable } from './routing-table';
import { shipmentTable } from './shipment-table';

/** The result for people. */
export function textReport(result: DemoResult, look: Look, gatewayUrl: string): string {
  const sections = {
    'What became of each request': requestTable(result, look),
    'Where the parcels stand, and what led there': shipmentTable(result.shipments, look),
    'Where they go next, as the routing service decided': routingTable(result.shipments, look),
    'In numbers': numbers(result),
    'Look further': lookFurther(result, gatewayUrl),
  };
  const texts = Object.entries(sections)
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `${look.paint('bold', title)}\n\n${text}`);
  return `\n${[...texts, verdict(result, look)].join('\n\n')}\n`;
}

function numbers({ requests }: DemoResult): string {
  const tally = tallyOf(requests.map(({ seen }) => seen));
  const waiting = tally.deadLettered - tally.replayed;
  const lines = [
    `requests      ${requests.length}: accepted ${tally.accepted}, duplicates ${tally.duplicates}, refused ${tally.refused}`,
    `accepted      ${tally.accepted}: applied ${tally.applied}, kept but not applied ${tally.ignored}, waiting for review ${waiting}`,
    `dead letters  ${tally.deadLettered}: repaired and replayed ${tally.replayed}, waiting for review ${waiting}`,
  ];
  return lines.map((line) => `  ${line}`).join('\n');
}

function verdict({ differences }: DemoResult, look: Look): string {
  if (differences.length === 0) return look.paint('green', 'Everything is as it has to be.');
  const lines = differences.map((difference) => `  ${difference}`);
  return look.paint('red', ['Not as it has to be:', ...lines].join('\n'));
}
