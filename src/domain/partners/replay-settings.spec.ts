import { aDocument } from './testing/builders';
import { replaySettings } from './replay-settings';

const settingsOf = (over: object) => replaySettings(aDocument(over), 60);
const hmac = (signed: string, more: object = {}) => ({
  type: 'hmac',
  from: { header: 'x-signature' },
  signed,
  ...more,
});
const timestamp = { from: { header: 'x-time' } };

describe('whether a nonce is needed on the own route', () => {
  const id = { header: 'x-id' };
  const needs = (over: object): boolean => settingsOf(over).needsNonce.partner;

  it.each<[string, object]>([
    ['the body is signed and is the key', {}],
    ['the body is signed and holds the key', { dedupe: { body: '/id' } }],
    ['several members of it are the key', { dedupe: { fields: ['/id', '{/at}'], onConflict: 'drop' } }],
    ['the id is signed', { signature: hmac('{id}.{body}', { id }), dedupe: id }],
    ['the header is signed', { signature: hmac('{header:x-id}.{body}'), dedupe: { header: 'X-Id' } }],
    ['the URL is signed', { signature: hmac('{url}.{body}'), dedupe: { query: 'id' } }],
    ['the parameter is signed', { signature: hmac('{query:id}.{body}'), dedupe: { query: 'id' } }],
    ['nothing is signed', { signature: { type: 'token', from: { header: 'x' } }, dedupe: id }],
    [
      'what is signed tells no two requests apart',
      { signature: hmac('{timestamp}', { timestamp }), dedupe: id },
    ],
  ])('no: %s', (_, over) => expect(needs(over)).toBe(false));

  it.each<[string, object]>([
    ['replays are rejected', { replay: { policy: 'reject' } }],
    ['the key is an unsigned header', { dedupe: id }],
    ['the key is an unsigned parameter', { dedupe: { query: 'id' } }],
    ['a field of the key is an unsigned header', { dedupe: { fields: ['/id', '{header:x-id}'] } }],
    [
      'an unsigned header may stand for the signed one',
      { signature: hmac('{header:x-id}.{body}'), dedupe: { header: ['x-other', 'x-id'] } },
    ],
    [
      'characters may move from the header to the body',
      { signature: hmac('{header:x-id}{body}'), dedupe: id },
    ],
    ['the default may be taken away or added', { signature: hmac('{header:x-id|none}.{body}'), dedupe: id }],
    ['a part of the body is signed, and the whole is the key', { signature: hmac('{body:/id}') }],
    ['one of the signed texts leaves it open', { signature: hmac('{body}'), dedupe: id }],
    ['pairs of a form may be put in another order', { signature: hmac('{form:sorted}') }],
    [
      'one alternative leaves it open',
      { signature: [hmac('{header:x-id}.{body}'), hmac('{body}')], dedupe: id },
    ],
  ])('yes: %s', (_, over) => expect(needs(over)).toBe(true));
});

describe('whether a nonce is needed on the canonical route', () => {
  it('goes by the key of canonical events', () => {
    expect(settingsOf({ dedupe: { header: 'x-id' } }).needsNonce).toEqual({
      partner: true,
      canonical: false,
    });
    expect(settingsOf({ signature: hmac('{body:/id}') }).needsNonce.canonical).toBe(true);
  });
});

describe('how long requests are remembered', () => {
  const signature = hmac('{timestamp}.{body}', { timestamp });
  const windowOf = (over: object): number => settingsOf(over).windowSeconds;

  it('is as the document says, but never shorter than a signed time is good', () => {
    expect(windowOf({ signature })).toBe(120);
    expect(windowOf({ signature, replay: { windowSeconds: 300 } })).toBe(300);
    expect(windowOf({ signature, replay: { windowSeconds: 10 } })).toBe(120);
    expect(windowOf({ replay: { windowSeconds: 10 } })).toBe(10);
  });
});
