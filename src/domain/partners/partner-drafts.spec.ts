import { randomBytes } from 'node:crypto';
import { KeyRing } from '#platform/crypto/key-ring';
import { PartnerDrafts } from './partner-drafts';
import { PartnerSecrets } from './partner-secrets';
import { PresetLibrary } from './preset-library';
import { type PartnerJson, type StoredPartner } from './stored-partner';

const ENVIRONMENT: Readonly<Record<string, string>> = { ACME_SECRET: 'of-the-environment', NOT_HEX: 'xyz' };
const presets = PresetLibrary.load();
const secretsOf = (keys = [{ id: 'k1', key: randomBytes(32) }]) =>
  new PartnerSecrets(new KeyRing(keys), (reference) => ENVIRONMENT[reference.replace('env:', '')]);
const secrets = secretsOf();
const drafts = new PartnerDrafts(presets, secrets);

const ACME: PartnerJson = {
  id: 'acme',
  signature: { type: 'hmac', from: { header: 'x-acme-signature' } },
  mapping: { event: { trackingNumber: '/parcel' } },
};
const AT = new Date('2026-01-01T00:00:00Z');

function stored(document: PartnerJson, by = drafts): StoredPartner {
  const draft = by.check(document);
  if (!draft.ok) throw new Error(JSON.stringify(draft.faults));
  return { id: draft.id, ...draft.content, revision: 1, createdAt: AT, updatedAt: AT };
}

const pathsOf = (document: PartnerJson, current?: StoredPartner) => {
  const draft = drafts.check(document, current);
  return draft.ok ? [] : draft.faults.map(({ path }) => path);
};

describe('a document that is checked', () => {
  it('is stored as it was written, over its preset, and without its secrets', () => {
    const document = { id: 'easypost-eu', preset: 'easypost', mapping: { status: { delivered: null } } };
    const { document: kept } = stored({ ...document, secrets: [{ value: 'a-secret' }] });
    expect(kept).toEqual(document);
  });

  it('tells all faults at once, those of the secrets included', () => {
    expect(
      pathsOf({
        id: 'Not Valid!',
        signature: { type: 'none-such', from: {} },
        secrets: [{ id: 's1' }],
        more: 1,
      }),
    ).toEqual(expect.arrayContaining(['/id', '/signature/type', '/secrets/0/value', '/more']));
  });

  it.each(['a\0b', '_bsontype'])('refuses a name that MongoDB cannot hold: %j', (name) => {
    const mapping = { event: { trackingNumber: '/parcel' }, status: { [name]: 'delivered' } };
    expect(pathsOf({ ...ACME, mapping })).toEqual(['']);
  });

  it.each([[7], ['text'], [null], [{}]])('refuses %j as a list of secrets', (list) => {
    const paths = pathsOf({ ...ACME, secrets: list });
    expect(paths).toEqual(['/secrets']);
  });
});

describe('secrets of a document', () => {
  it('are sealed, each with an id of its own', () => {
    const made = stored({ ...ACME, secrets: [{ value: 'one' }, { value: 'two' }] }).secrets;
    expect(made.map((secret) => secrets.valueOf('acme', secret))).toEqual(['one', 'two']);
    expect(JSON.stringify(made)).not.toMatch(/"(one|two)"/);
    expect(new Set(made.map(({ id }) => id)).size).toBe(2);
  });

  it('stay references where they are references', () => {
    const [secret] = stored({ ...ACME, secrets: [{ value: 'env:ACME_SECRET' }] }).secrets;
    expect(secret).toMatchObject({ reference: 'env:ACME_SECRET' });
    expect(secret && secrets.valueOf('acme', secret)).toBe('of-the-environment');
  });

  it.each([
    ['there is nothing', 'env:NO_SUCH_SECRET', {}],
    ['there is no key', 'env:NOT_HEX', { key: { encoding: 'hex' } }],
  ])('are refused where %s behind a reference', (_, value, more) => {
    const signature = { type: 'hmac', from: { header: 'x-acme-signature' }, ...more };
    expect(pathsOf({ ...ACME, signature, secrets: [{ value }] })).toEqual(['/secrets/0/value']);
  });
});

describe('secrets of a change', () => {
  const times = { activeFrom: '2026-02-01T00:00:00.000Z', retireAt: '2026-03-01T00:00:00.000Z' };
  const before = stored({
    ...ACME,
    secrets: [
      { id: 's1', value: 'one', keyId: 'first', ...times },
      { id: 's2', value: 'env:ACME_SECRET' },
    ],
  });
  const change = (list: unknown) => {
    const draft = drafts.check({ ...ACME, secrets: list }, before);
    if (!draft.ok) throw new Error(JSON.stringify(draft.faults));
    return draft.content.secrets;
  };

  it('stay where the change has no list', () => {
    const draft = drafts.check({ ...ACME, name: 'Acme' }, before);
    expect(draft).toMatchObject({ ok: true, content: { secrets: before.secrets } });
  });

  it('keep their values where a list names them, as it was shown', () => {
    const shown = [
      { id: 's1', keyId: 'first', createdAt: AT.toISOString(), ...times },
      { id: 's2', createdAt: AT.toISOString(), reference: 'env:ACME_SECRET' },
    ];
    expect(change(shown)).toEqual(before.secrets);
  });

  it('take what a list says beside the id', () => {
    const [first] = change([{ id: 's1', retireAt: '2026-04-01T00:00:00Z', keyId: null }]);
    expect(first).toEqual({
      ...before.secrets[0],
      keyId: undefined,
      retireAt: new Date('2026-04-01T00:00:00Z'),
    });
    expect(first && secrets.valueOf('acme', first)).toBe('one');
  });

  it('are replaced by new values and removed where the list does not name them', () => {
    const [only, ...others] = change([{ id: 's1', value: 'new' }]);
    expect(others).toEqual([]);
    expect(only && secrets.valueOf('acme', only)).toBe('new');
    expect(only?.createdAt).not.toEqual(before.secrets[0]?.createdAt);
    expect(change([])).toEqual([]);
  });

  it('are held against a changed signature', () => {
    const signature = { type: 'hmac', from: { header: 'x-acme-signature' }, key: { encoding: 'hex' } };
    expect(pathsOf({ ...ACME, signature }, before)).toEqual(['/secrets/0/value', '/secrets/1/value']);
  });

  it('that are lost do not keep a partner from being disabled, only from being named', () => {
    const lost = stored(
      { ...ACME, secrets: [{ id: 's1', value: 'one' }] },
      new PartnerDrafts(presets, secretsOf()),
    );
    const disabled = drafts.check({ ...ACME, enabled: false }, lost);
    expect(disabled).toMatchObject({ ok: true, content: { secrets: lost.secrets } });
    expect(pathsOf({ ...ACME, secrets: [{ id: 's1' }] }, lost)).toEqual(['/secrets/0/value']);
    expect(pathsOf({ ...ACME, secrets: [{ id: 's1', value: 'given anew' }] }, lost)).toEqual([]);
  });

  it('do not follow a partner to another id', () => {
    expect(pathsOf({ ...ACME, id: 'other' }, before)).toContain('/id');
  });
});
