import { randomBytes } from 'node:crypto';
import { KeyRing } from '#platform/crypto/key-ring';
import { PartnerDrafts } from './partner-drafts';
import { PartnerSecrets } from './partner-secrets';
import { PresetLibrary } from './preset-library';
import { type SecretChange, SecretChanges } from './secret-changes';
import { type PartnerJson, type StoredPartner, type StoredSecret } from './stored-partner';

const presets = PresetLibrary.load();
const secretsOf = (...keys: { id: string; key: Buffer }[]): PartnerSecrets =>
  new PartnerSecrets(new KeyRing(keys), (reference) =>
    reference === 'env:ACME' ? 'of-the-environment' : undefined,
  );
const [OLD, NEW] = [
  { id: 'k1', key: randomBytes(32) },
  { id: 'k2', key: randomBytes(32) },
];
const secrets = secretsOf(NEW, OLD);
const changes = new SecretChanges(presets, secrets);

const HMAC = { type: 'hmac', from: { header: 'x-signature' } };
const AT = new Date('2026-01-01T00:00:00Z');
const partner = (over: PartnerJson = {}, by = secrets): StoredPartner => {
  const draft = new PartnerDrafts(presets, by).check({
    id: 'acme',
    signature: HMAC,
    secrets: [{ id: 'june', value: 'the-first' }],
    ...over,
  });
  if (!draft.ok) throw new Error(JSON.stringify(draft.faults));
  return { id: 'acme', ...draft.content, revision: 1, createdAt: AT, updatedAt: AT };
};
const done = (change: SecretChange) => {
  if (change.ok) return change;
  throw new Error(JSON.stringify(change.faults));
};
const pathsOf = (change: SecretChange) => (change.ok ? [] : change.faults.map(({ path }) => path));
const first = ({ secrets: [secret] }: StoredPartner): StoredSecret => {
  if (secret === undefined) throw new Error('a secret was expected');
  return secret;
};

describe('a secret that is added', () => {
  it('comes to the others', () => {
    const current = partner();
    const { content, secret, generated } = done(changes.add(current, { id: 'july', value: 'the-second' }));
    expect(content.secrets).toEqual([...current.secrets, secret]);
    expect(secrets.valueOf('acme', secret)).toBe('the-second');
    expect(generated).toBeUndefined();
  });

  it('may be a reference', () => {
    expect(done(changes.add(partner(), { value: 'env:ACME' })).secret).toMatchObject({
      reference: 'env:ACME',
    });
  });

  it.each([
    [{ value: '' }, '/value'],
    [{ value: 'env:NONE' }, '/value'],
    [{ value: 'env:not a name' }, '/value'],
    [{ value: 'x', id: 'june' }, '/id'],
    [{ value: 'x', use: 'no-such' }, '/use'],
    [{ value: 'x', activeFrom: 'soon' }, '/activeFrom'],
    [{ value: 'x', activeFrom: '2030-01-02T00:00:00Z', retireAt: '2030-01-01T00:00:00Z' }, '/retireAt'],
  ])('as %j is refused at %s', (given, path) => {
    expect(pathsOf(changes.add(partner(), given))).toEqual([path]);
  });

  it('is refused where there are ten', () => {
    const ten = Array.from({ length: 10 }, (_, index) => ({ value: `value-${index}` }));
    expect(pathsOf(changes.add(partner({ secrets: ten }), { value: 'x' }))).toEqual(['']);
  });

  it('may be the successor of one that is lost', () => {
    const lost = partner({}, secretsOf({ id: 'gone', key: randomBytes(32) }));
    expect(done(changes.add(lost, { value: 'the-second' })).content.secrets[0]).toEqual(lost.secrets[0]);
  });

  it('brings the others under the newest key', () => {
    const current = partner({}, secretsOf(OLD));
    expect(secrets.needsReseal(first(current))).toBe(true);
    const { content } = done(changes.add(current, { value: 'the-second' }));
    expect(content.secrets.some((secret) => secrets.needsReseal(secret))).toBe(false);
    expect(content.secrets.map((secret) => secrets.valueOf('acme', secret))).toEqual([
      'the-first',
      'the-second',
    ]);
  });
});

describe('a secret that is made', () => {
  it.each([
    ['utf8', {}, /^[\w-]{43}$/],
    ['hex', { key: { encoding: 'hex' } }, /^[0-9a-f]{64}$/],
    ['base64', { key: { encoding: 'base64' } }, /^[\w+/]{43}=$/],
    ['whsec_ base64', { key: { encoding: 'base64', strip: 'whsec_' } }, /^whsec_[\w+/]{43}=$/],
    ['base64url', { key: { encoding: 'base64url' } }, /^[\w-]{43}$/],
  ])('is of the kind that the signature reads: %s', (_, more, form) => {
    const current = partner({ signature: { ...HMAC, ...more }, secrets: [] });
    const { generated = '', secret } = done(changes.add(current, {}));
    expect(generated).toMatch(form);
    expect(secrets.valueOf('acme', secret)).toBe(generated);
  });

  it('fits all alternatives that it is for', () => {
    const signature = [
      { ...HMAC, key: { encoding: 'base64', strip: 'whsec_', otherwise: 'utf8' } },
      { type: 'hmac', from: { header: 'x-older' } },
    ];
    expect(done(changes.add(partner({ signature }), {})).generated).toMatch(/^whsec_/);
  });

  it('is not made where only the sender can make it', () => {
    const signature = { type: 'ed25519', from: { header: 'x-signature' }, key: { encoding: 'hex' } };
    expect(pathsOf(changes.add(partner({ signature, secrets: [] }), {}))).toEqual(['/value']);
  });
});

describe('a secret that is changed', () => {
  it('keeps its value, its id and its age', () => {
    const current = partner();
    const patch = { retireAt: '2030-01-01T00:00:00Z', keyId: 'k' };
    const { secret, content } = done(changes.change(current, first(current), patch));
    expect(secret).toEqual({ ...first(current), keyId: 'k', retireAt: new Date('2030-01-01T00:00:00Z') });
    expect(content.secrets).toEqual([secret]);
    const stored = { ...current, ...content };
    const cleared = done(changes.change(stored, first(stored), { retireAt: null, keyId: null }));
    expect(cleared.secret).toEqual(first(current));
  });

  it('may be retired although it is lost', () => {
    const lost = partner({}, secretsOf({ id: 'gone', key: randomBytes(32) }));
    const change = changes.change(lost, first(lost), { retireAt: '2020-01-01T00:00:00Z' });
    expect(done(change).secret).toMatchObject({ retireAt: new Date('2020-01-01T00:00:00Z') });
  });

  it.each([
    [{ retireAt: 'soon' }, '/retireAt'],
    [{ use: 'no-such' }, '/use'],
  ])('by %j is refused at %s', (patch, path) => {
    const current = partner();
    expect(pathsOf(changes.change(current, first(current), patch))).toEqual([path]);
  });
});

describe('a secret that is removed', () => {
  const signature = [
    { ...HMAC, name: 'a' },
    { ...HMAC, name: 'b' },
  ];

  it('is gone, also where it is the last one', () => {
    const current = partner();
    expect(done(changes.remove(current, first(current))).content.secrets).toEqual([]);
  });

  it('stays where a signature alternative would have none', () => {
    const current = partner({
      signature,
      secrets: [
        { value: 'for-a', use: 'a' },
        { value: 'for-b', use: 'b' },
      ],
    });
    expect(pathsOf(changes.remove(current, first(current)))).toEqual(['/secrets']);
  });
});
