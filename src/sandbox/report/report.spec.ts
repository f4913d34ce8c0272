import { type DemoResult } from '../demo/demonstrate';
import { type Seen } from '../demo/seen';
import { type DemoCase, type Expected } from '../scenario/demo-case';
import { aCast } from '../testing/a-cast';
import { lookOf, PLAIN } from './look';
import { failureDocument, resultDocument } from './result-document';
import { textReport } from './text-report';

const URL = 'http://127.0.0.1:3000';
const AT = '2026-01-01T10:00:00.000Z';

const report = (name: string, seen: Seen, differences: readonly string[] = []) => {
  const expected: Expected = { outcome: 'applied' };
  const delivery = { body: Buffer.from('{}') };
  const demoCase: DemoCase = { partner: aCast().shippo, name, origin: 'real', delivery, expected };
  return { demoCase, seen, differences };
};

const requests = [
  report('a scan', { outcome: 'applied', status: 202, eventId: 'evt_1' }),
  report('again', { outcome: 'duplicate', status: 202, eventId: 'evt_1' }),
  report('a test', { outcome: 'ignored', status: 202, eventId: 'evt_2' }),
  report('forged', { outcome: 'refused', status: 401, code: 'INVALID_SIGNATURE' }),
  report('cut', { outcome: 'dead_lettered', status: 202, eventId: 'evt_3', reasonCode: 'UNPARSABLE_BODY' }),
  report('nameless', { outcome: 'replayed', status: 202, eventId: 'evt_4', reasonCode: 'MAPPING_FAILED' }),
];

const result: DemoResult = {
  requests,
  shipments: [
    {
      partnerId: 'shippo',
      trackingNumber: '42',
      status: 'delivered',
      timeline: [
        {
          eventId: 'evt_1',
          status: 'delivered',
          partnerStatus: 'DELIVERED',
          occurredAt: AT,
          recordedAt: AT,
          late: true,
        },
      ],
      differences: [],
    },
  ],
  differences: [],
};

describe('resultDocument', () => {
  it('has the shape that scripts read', () => {
    expect(resultDocument(result)).toMatchObject({
      ok: true,
      requests: [
        { partner: 'shippo', case: 'a scan', status: 202, eventId: 'evt_1', outcome: 'applied' },
        { case: 'again', status: 202, eventId: 'evt_1', outcome: 'duplicate' },
        { case: 'a test', outcome: 'ignored' },
        { case: 'forged', status: 401, code: 'INVALID_SIGNATURE', outcome: 'refused' },
        { case: 'cut', outcome: 'dead_lettered', reasonCode: 'UNPARSABLE_BODY' },
        { case: 'nameless', outcome: 'replayed' },
      ],
      events: {
        accepted: 4,
        duplicates: 1,
        refused: 1,
        applied: 2,
        ignored: 1,
        deadLettered: 2,
        replayed: 1,
      },
      shipments: [
        {
          partnerId: 'shippo',
          trackingNumber: '42',
          status: 'delivered',
          timeline: [{ eventId: 'evt_1', status: 'delivered', occurredAt: AT, late: true }],
        },
      ],
    });
  });

  it('has what the routing service decided, where it decided something', () => {
    const decided = result.shipments.map((shipment) => ({ ...shipment, decision: { nextHub: 'HUB-7' } }));
    expect(resultDocument({ ...result, shipments: decided })).toMatchObject({
      shipments: [{ trackingNumber: '42', routing: { decision: { nextHub: 'HUB-7' } } }],
    });
    expect(resultDocument(result).shipments[0]).not.toHaveProperty('routing');
    const text = textReport({ ...result, shipments: decided }, PLAIN, URL);
    expect(text).toMatch(/goes next\n.*\nshippo +42 +\{"nextHub":"HUB-7"\}/);
    expect(textReport(result, PLAIN, URL)).not.toContain('goes next');
  });

  it('is not ok with a single difference', () => {
    expect(resultDocument({ ...result, differences: ['one'] })).toMatchObject({
      ok: false,
      differences: ['one'],
    });
  });

  it('keeps its shape when the demonstration could not begin', () => {
    expect(failureDocument('no answer')).toMatchObject({
      ok: false,
      requests: [],
      events: { accepted: 0 },
      shipments: [],
      differences: ['no answer'],
    });
  });
});

describe('textReport', () => {
  it('shows what became of each request, the late event, the numbers and where to look', () => {
    const text = textReport(result, PLAIN, URL);

    expect(text).toMatch(/shippo +real +forged +401 INVALID_SIGNATURE +refused, nothing kept/);
    expect(text).toMatch(/nameless +202 +dead letter MAPPING_FAILED, repaired/);
    expect(text).toMatch(/shippo +42 +delivered +2026-01-01T10:00:00.000Z +delivered +DELIVERED +came late/);
    expect(text).toContain('requests      6: accepted 4, duplicates 1, refused 1');
    expect(text).toContain(`${URL}/v1/admin/shipments/shippo/42/timeline`);
    expect(text).toContain(`${URL}/v1/admin/dead-letters/evt_3`);
    expect(text).toContain('Everything is as it has to be.');
  });

  it('marks what is wrong and lists what differs', () => {
    const wrong = report('a scan', { outcome: 'failed', status: 500 }, ['shippo: expected 202, saw 500']);
    const text = textReport({ ...result, requests: [wrong], differences: wrong.differences }, PLAIN, URL);

    expect(text).toMatch(/a scan +500 +WRONG: failed/);
    expect(text).toContain('Not as it has to be:\n  shippo: expected 202, saw 500');
  });

  it('has neither colours nor boxes in a pipe', () => {
    expect(textReport(result, lookOf({ isTTY: false }), URL)).not.toMatch(/\u001b|[│┌]/u);
  });

  it('has boxes on a terminal, colours only where it has them', () => {
    const boxed = textReport(result, lookOf({ isTTY: true, hasColors: () => false }), URL);

    expect(boxed).toContain('┌');
    expect(boxed).not.toContain('\u001b');
  });
});
