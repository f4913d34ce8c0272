import { kept, rulesOf } from '../testing/builders';
import { keptQuery } from './kept-parts';

/** As JSON escapes it: half of a character, which UTF-8 has no bytes for. */
const HALVES = ['\\ud800', '\\ud801', 'a\\udfffb'];

function keyOf(dedupe: object, body: string): string {
  const rules = rulesOf({ dedupe });
  const request = kept(body);
  return rules.dedupeKey(request, rules.parse(request.body, request.contentType));
}

describe('an id that is no Unicode text', () => {
  it.each([
    [{ body: '/id' }],
    [{ fields: ['/id'] }],
    [{ fields: ['/id'], onConflict: 'drop' }],
    [{ fields: ['{/id}-{/n}', '/id'], onConflict: 'drop' }],
  ])('should count as missing in %j', (dedupe) => {
    const bodies = HALVES.map((half) => `{"id":"${half}","n":1}`);
    const keys = bodies.map((body) => keyOf(dedupe, body));
    expect(keys).toEqual(bodies.map((body) => keyOf({ digest: 'body' }, body)));
    expect(new Set(keys).size).toBe(HALVES.length);
  });

  it('should be one where both halves stand together', () => {
    expect(keyOf({ body: '/id' }, '{"id":"\\ud83d\\ude9a-1"}')).toBe('🚚-1');
  });
});

describe('an id whose percent-escapes are no UTF-8', () => {
  const keyIn = (body: string): string => {
    const rules = rulesOf({ dedupe: { body: '/id' }, body: { format: 'form' } });
    const request = kept(body);
    return rules.dedupeKey(request, rules.parse(request.body, request.contentType));
  };

  it('should count as missing in a form, so that two such ids are not one', () => {
    expect(keyIn('id=a%C3%A9')).toBe('aé');
    const keys = [keyIn('id=%FF'), keyIn('id=%FE')];
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) expect(key).toMatch(/^sha256:/);
  });

  it('should count as missing in the URL', () => {
    const rules = rulesOf({ dedupe: { query: 'id' } });
    expect(keptQuery(rules, '/v1/webhooks/acme?id=%FF')).toEqual({});
    expect(keptQuery(rules, '/v1/webhooks/acme?id=a%20b')).toEqual({ id: 'a b' });
  });
});
