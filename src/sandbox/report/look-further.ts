import { type DemoResult } from '../demo/demonstrate';
import { type Outcome } from '../demo/seen';

/** Commands for what this very run left behind. The key is not ours to print. */
export function lookFurther({ requests, shipments }: DemoResult, gatewayUrl: string): string {
  const eventThat = (became: Outcome) => requests.find(({ seen }) => seen.outcome === became)?.seen.eventId;
  const parcel = shipments.find(({ timeline }) => timeline.some(({ late }) => late));
  const [applied, waiting] = [eventThat('applied'), eventThat('dead_lettered')];
  const targets = {
    'a timeline': parcel && `shipments/${parcel.partnerId}/${parcel.trackingNumber}/timeline`,
    'the bytes sent': applied && `events/${applied}/raw`,
    'a dead letter': waiting && `dead-letters/${waiting}`,
    'the journal': 'events?limit=20',
  };
  const commands = Object.entries(targets).flatMap(([what, path]) =>
    path === undefined
      ? []
      : [`${what.padEnd(14)}  curl -H "authorization: Bearer $KEY" '${gatewayUrl}/v1/admin/${path}'`],
  );
  return ['KEY=<the admin key>', ...commands].map((line) => `  ${line}`).join('\n');
}
