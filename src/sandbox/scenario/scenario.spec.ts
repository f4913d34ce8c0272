import { readFileSync } from 'node:fs';
import { shippedConfig } from '#domain/partners/shipped-config';
import { Samples } from '../samples/samples';
import { aCast } from '../testing/a-cast';
import { scenario } from './scenario';

describe('scenario', () => {
  const samples = Samples.read();
  const { acts, shipments } = scenario(aCast(), samples, 'run1');
  const cases = acts.flatMap((act) => act.cases);

  it('sends every published body as it is, and expects it to be accepted', () => {
    const sent = cases.filter(({ origin, expected }) => origin === 'real' && expected.outcome !== 'refused');

    for (const { body } of samples.all) {
      expect(sent.filter(({ delivery }) => body.equals(delivery.body))).not.toHaveLength(0);
    }
  });

  it('has a duplicate, a forged, a stale, an unmappable and a repaired request', () => {
    const expected = cases.map((one) => one.expected);
    const codes = expected.flatMap((one) => (one.outcome === 'refused' ? [one.code] : []));

    expect(expected.map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining(['applied', 'ignored', 'duplicate', 'refused', 'dead_lettered', 'replayed']),
    );
    expect(new Set(codes)).toEqual(new Set(['INVALID_SIGNATURE', 'STALE_TIMESTAMP']));
  });

  it('sends no body that the index of the samples does not name as derived', () => {
    const index: unknown = JSON.parse(readFileSync(shippedConfig('samples', 'index.json'), 'utf8'));
    const derived = cases.filter(({ origin }) => origin === 'derived').map(({ name }) => ({ request: name }));

    expect(index).toMatchObject({ derived });
  });

  it('tells only events late that come after one that happened later', () => {
    const order = new Map(cases.map((one, index) => [one, index]));
    for (const { timeline } of shipments) {
      const late = timeline.map(({ of }, index) =>
        timeline.slice(index).some((after) => (order.get(after.of) ?? 0) < (order.get(of) ?? 0)),
      );
      expect(timeline.map((moment) => moment.late)).toEqual(late);
    }
  });

  it('uses numbers of its own in each run for what is not published', () => {
    const other = scenario(aCast(), samples, 'run2').shipments.map(({ trackingNumber }) => trackingNumber);
    const published = samples.all.map(({ trackingNumber }) => trackingNumber);
    const both = shipments.map(({ trackingNumber }) => trackingNumber).filter((one) => other.includes(one));

    expect(new Set(both)).toEqual(new Set(published));
  });
});
