import { type DemoCase } from '../scenario/demo-case';
import { type Seen } from './seen';

type Value = string | number | boolean | undefined;

interface Facet {
  readonly what: string;
  readonly expected: Value;
  readonly seen: Value;
}

/** Everything in which what was seen is not what had to be; nothing where all is well. */
export function compareCase(demoCase: DemoCase, seen: Seen, firstEventId?: string): readonly string[] {
  const name = `${demoCase.partner.id}, "${demoCase.name}"`;
  const wrong = facets(demoCase, seen, firstEventId).filter((facet) => facet.expected !== facet.seen);
  const lines = wrong.map(
    ({ what, ...facet }) => `${name}: ${what}: expected ${show(facet.expected)}, saw ${show(facet.seen)}`,
  );
  return seen.fault === undefined ? lines : [...lines, `${name}: ${seen.fault}`];
}

function facets({ partner, expected }: DemoCase, seen: Seen, firstEventId?: string): readonly Facet[] {
  const outcome = { what: 'outcome', expected: expected.outcome, seen: seen.outcome };
  const answer = (status: number) => ({ what: 'status of the answer', expected: status, seen: seen.status });
  const bytes = { what: 'journal holds the bytes as sent', expected: true, seen: seen.bytesKept };
  switch (expected.outcome) {
    case 'applied':
    case 'ignored':
      return [answer(partner.acceptedWith), outcome, bytes];
    case 'dead_lettered':
    case 'replayed': {
      const reason = { what: 'reason code', expected: expected.reasonCode, seen: seen.reasonCode };
      return [answer(partner.acceptedWith), outcome, reason, bytes];
    }
    case 'duplicate': {
      const sameEvent = { what: 'event id', expected: firstEventId, seen: seen.eventId };
      return [answer(partner.acceptedWith), outcome, sameEvent];
    }
    case 'refused':
      return [
        answer(expected.status),
        outcome,
        { what: 'problem code', expected: expected.code, seen: seen.code },
      ];
  }
}

const show = (value: Value): string => (value === undefined ? 'nothing' : String(value));
