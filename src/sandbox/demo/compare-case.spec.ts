import { type DemoCase, type Expected } from '../scenario/demo-case';
import { aCast } from '../testing/a-cast';
import { compareCase } from './compare-case';

const aCase = (expected: Expected): DemoCase => ({
  partner: aCast().ups,
  name: 'a scan',
  origin: 'real',
  delivery: { body: Buffer.from('{}') },
  expected,
});

describe('compareCase', () => {
  it('finds nothing where everything is as expected', () => {
    const seen = { outcome: 'applied', status: 200, eventId: 'evt_1', bytesKept: true } as const;

    expect(compareCase(aCase({ outcome: 'applied' }), seen)).toEqual([]);
  });

  it('names each thing that differs, with what was expected and what was seen', () => {
    const seen = { outcome: 'refused', status: 401, code: 'INVALID_SIGNATURE' } as const;

    expect(compareCase(aCase({ outcome: 'applied' }), seen)).toEqual([
      'ups, "a scan": status of the answer: expected 200, saw 401',
      'ups, "a scan": outcome: expected applied, saw refused',
      'ups, "a scan": journal holds the bytes as sent: expected true, saw nothing',
    ]);
  });

  it('does not take a duplicate of another event for the right one', () => {
    const expected = { outcome: 'duplicate', of: aCase({ outcome: 'applied' }) } as const;
    const seen = { outcome: 'duplicate', status: 200, eventId: 'evt_2' } as const;

    expect(compareCase(aCase(expected), seen, 'evt_1')).toEqual([
      'ups, "a scan": event id: expected evt_1, saw evt_2',
    ]);
    expect(compareCase(aCase(expected), { ...seen, eventId: 'evt_1' }, 'evt_1')).toEqual([]);
  });

  it('does not take one refusal for another', () => {
    const expected = { outcome: 'refused', status: 401, code: 'STALE_TIMESTAMP' } as const;

    expect(
      compareCase(aCase(expected), { outcome: 'refused', status: 401, code: 'INVALID_SIGNATURE' }),
    ).toEqual(['ups, "a scan": problem code: expected STALE_TIMESTAMP, saw INVALID_SIGNATURE']);
  });

  it('says why a replay did not succeed', () => {
    const expected = {
      outcome: 'replayed',
      reasonCode: 'INTERNAL',
      repair: { payload: {}, note: '' },
    } as const;
    const seen = { outcome: 'dead_lettered', status: 200, bytesKept: true, reasonCode: 'INTERNAL' } as const;

    expect(compareCase(aCase(expected), { ...seen, fault: 'the replay did not succeed' })).toEqual([
      'ups, "a scan": outcome: expected replayed, saw dead_lettered',
      'ups, "a scan": the replay did not succeed',
    ]);
  });
});
