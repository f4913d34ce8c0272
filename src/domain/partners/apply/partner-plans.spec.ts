import { randomBytes } from 'node:crypto';
import { KeyRing } from '#platform/crypto/key-ring';
import { PartnerDrafts } from '../partner-drafts';
import { PartnerSecrets } from '../partner-secrets';
import { PresetLibrary } from '../preset-library';
import { type PartnerJson, type StoredPartner } from '../stored-partner';
import { type Plan, PartnerPlans } from './partner-plans';

const ENVIRONMENT: Readonly<Record<string, string>> = { ACME_SECRET: 'of-the-environment' };
const presets = PresetLibrary.load();
const plansWith = (keys = [{ id: 'k1', key: randomBytes(32) }]): PartnerPlans => {
  const secrets = new PartnerSecrets(
    new KeyRing(keys),
    (reference) => ENVIRONMENT[reference.replace('env:', '')],
  );
  return new PartnerPlans(new PartnerDrafts(presets, secrets), secrets);
};
const plans = plansWith();

const ACME: PartnerJson = {
  id: 'acme',
  signature: { type: 'hmac', from: { header: 'x-acme-signature' } },
  mapping: { event: { trackingNumber: '/parcel' }, status: { MOVING: 'in_transit' } },
  secrets: [{ value: 'plain-CANARY' }, { value: 'env:ACME_SECRET' }],
};
const AT = new Date('2026-01-01T00:00:00Z');

function planned(document: PartnerJson, current?: StoredPartner, by = plans): Plan {
  const plan = by.plan(document, current);
  if (!plan.ok) throw new Error(JSON.stringify(plan.faults));
  return plan;
}

const stored = ({ id, content }: Plan): StoredPartner => ({
  id,
  ...content,
  revision: 1,
  createdAt: AT,
  updatedAt: AT,
});

describe('applying a document', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  const current = stored(planned(ACME));

  it('makes a partner where there is none', () => {
    const plan = planned(ACME);
    expect(plan.action).toBe('create');
    expect(plan.changes.map(({ path }) => path.replace(/sec_\w+/, '…'))).toEqual([
      '/id',
      '/signature',
      '/mapping',
      '/secrets/…',
      '/secrets/…',
    ]);
    expect(JSON.stringify(plan)).not.toContain('CANARY');
  });

  it('changes nothing the second time', () => {
    const plan = planned(ACME, current);
    expect(plan).toMatchObject({ action: 'none', changes: [] });
    expect(plan.content.secrets).toEqual(current.secrets);
  });

  it('replaces the document as a whole, and says each place', () => {
    const { mapping: _mapping, ...rest } = ACME;
    const plan = planned(
      {
        ...rest,
        name: 'Acme',
        mapping: { event: { trackingNumber: '/parcel' }, status: { MOVING: 'exception' } },
      },
      current,
    );
    expect(plan).toMatchObject({
      action: 'replace',
      changes: [
        { path: '/mapping/status/MOVING', before: 'in_transit', after: 'exception' },
        { path: '/name', after: 'Acme' },
      ],
    });
  });

  it('keeps secrets that the document does not carry, also where it carries others or none', () => {
    const { secrets: _secrets, ...without } = ACME;
    expect(planned(without, current)).toMatchObject({ action: 'none' });
    const plan = planned({ ...without, secrets: [{ id: 'next', value: 'next-CANARY' }] }, current);
    expect(plan.content.secrets.map(({ id }) => id)).toEqual([
      'next',
      ...current.secrets.map(({ id }) => id),
    ]);
    expect(plan.changes).toEqual([{ path: '/secrets/next', after: { value: '(given anew)' } }]);
  });

  it('takes what a document says of a secret that is there already', () => {
    const [first, second] = current.secrets;
    const plan = planned(
      { ...ACME, secrets: [{ value: 'plain-CANARY', retireAt: '2030-01-01T00:00:00Z' }] },
      current,
    );
    expect(plan.content.secrets).toEqual([{ ...first, retireAt: new Date('2030-01-01T00:00:00Z') }, second]);
    expect(plan.changes).toEqual([
      { path: `/secrets/${first?.id}/retireAt`, after: '2030-01-01T00:00:00.000Z' },
    ]);
  });

  it('says where a named secret gets another value, and never which, also within a millisecond', () => {
    jest.useFakeTimers({ now: AT });
    const named = stored(planned({ ...ACME, secrets: [{ id: 'june', value: 'first-CANARY' }] }));
    const plan = planned({ ...ACME, secrets: [{ id: 'june', value: 'second-CANARY' }] }, named);
    expect(plan.changes).toEqual([
      { path: '/secrets/june/value', before: '(as stored)', after: '(given anew)' },
    ]);
  });

  it('is not held up by a stored secret that is lost', () => {
    const lost = stored(planned(ACME, undefined, plansWith()));
    const [sealed] = lost.secrets;
    const plan = planned({ ...ACME, secrets: [{ id: 'next', value: 'next-CANARY' }] }, lost);
    expect(plan.content.secrets).toContainEqual(sealed);
  });

  it('tells all faults with their places', () => {
    const plan = plans.plan({ ...ACME, id: 'Not Valid!', more: 1, secrets: [{ value: 'env:NO_SUCH' }] });
    expect(plan.ok ? [] : plan.faults.map(({ path }) => path).sort()).toEqual([
      '/id',
      '/more',
      '/secrets/0/value',
    ]);
  });
});
