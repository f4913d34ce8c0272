import { kept, rulesOf } from '../testing/builders';

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
