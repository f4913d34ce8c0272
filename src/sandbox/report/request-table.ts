import { type DemoResult } from '../demo/demonstrate';
import { type Outcome, type Seen } from '../demo/seen';
import { type Colour, type Look } from './look';
import { table } from './table';

const HEADER = ['partner', 'body', 'request', 'answer', 'what became of it'];

/** Each request with its answer and its end. */
export function requestTable({ requests, shipments }: DemoResult, look: Look): string {
  const moments = shipments.flatMap(({ timeline }) => timeline);
  const rows = requests.map(({ demoCase: { partner, origin, name }, seen, differences }) => {
    const told = moments.filter(({ eventId }) => eventId === seen.eventId).length;
    const answer = [seen.status ?? 'none', seen.code].filter(Boolean).join(' ');
    const fate = fateOf(seen, told);
    const isRight = differences.length === 0;
    const colour = FATE_COLOURS[seen.outcome] ?? 'dim';
    return [
      partner.id,
      origin,
      name,
      answer,
      isRight ? look.paint(colour, fate) : look.paint('red', `WRONG: ${fate}`),
    ];
  });
  return table(HEADER, rows, look);
}

const FATE_COLOURS: Partial<Record<Outcome, Colour>> = {
  applied: 'green',
  replayed: 'green',
  dead_lettered: 'yellow',
};

/** `told`: how many moments of a parcel's life the request told. */
function fateOf({ outcome, reasonCode = 'without a reason' }: Seen, told: number): string {
  switch (outcome) {
    case 'applied':
      return told > 1 ? `applied: ${told} shipment events` : 'applied';
    case 'ignored':
      return 'kept, not applied';
    case 'dead_lettered':
      return `dead letter ${reasonCode}`;
    case 'replayed':
      return `dead letter ${reasonCode}, repaired`;
    case 'duplicate':
      return 'known, no second effect';
    case 'refused':
      return 'refused, nothing kept';
    case 'unfinished':
      return 'accepted, not finished in time';
    case 'failed':
      return 'failed';
  }
}
