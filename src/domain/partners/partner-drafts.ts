import { Injectable } from '@nestjs/common';
import { isStorable } from '#platform/mongo/storable';
import { type Fault, faultAt } from './document/fault';
import { type PartnerDocument } from './document/partner-document';
import { parsePartnerDocument } from './parse-partner-document';
import { PartnerSecrets } from './partner-secrets';
import { PresetLibrary } from './preset-library';
import { factsOf, type ListedSecret, listedSecrets, referenceOf, specOf } from './secret-list';
import {
  type PartnerContent,
  type PartnerJson,
  type StoredPartner,
  type StoredSecret,
} from './stored-partner';

export type Draft =
  | {
      readonly ok: true;
      readonly id: string;
      readonly content: PartnerContent;
      /** Ids of the secrets whose values the document brings. */
      readonly givenAnew: ReadonlySet<string>;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export interface DraftOptions {
  /** Secrets of the partner that a list does not name stay as they are. */
  readonly keepUnlisted?: boolean;
}

interface SecretsToCheck {
  /** What the check of the document sees as `secrets`: with values, those behind references too. */
  readonly specs: unknown;
  readonly faults: readonly Fault[];
}

/** Takes the place of a value that cannot be had; no rule looks further than this. */
const OUT_OF_REACH = 'env:OUT_OF_REACH';

/** Checks documents as operators write them, and makes of them what is stored. */
@Injectable()
export class PartnerDrafts {
  constructor(
    private readonly presets: PresetLibrary,
    private readonly secrets: PartnerSecrets,
  ) {}

  /**
   * `written` may hold a list of secrets. One that names a secret of `current` and gives no value keeps that
   * value; without a list, all secrets of `current` stay.
   */
  check(written: PartnerJson, current?: StoredPartner, { keepUnlisted = false }: DraftOptions = {}): Draft {
    const { secrets: list, ...document } = written;
    const listed = listedSecrets(list, current?.secrets ?? [], keepUnlisted);
    const { specs, faults } = this.secretsToCheck(list, listed, current?.id ?? '');
    const parsed = parsePartnerDocument({ ...document, secrets: specs }, this.presets);
    const found = [...documentFaults(document, current), ...faults];
    if (!parsed.ok) return { ok: false, faults: [...found, ...parsed.faults] };
    if (found.length > 0) return { ok: false, faults: found };
    const secrets = this.toStored(parsed.document, listed ?? []);
    const givenAnew = new Set(
      secrets.filter((_, at) => listed?.[at]?.kept === undefined).map(({ id }) => id),
    );
    return { ok: true, id: parsed.document.id, content: { document, secrets }, givenAnew };
  }

  private secretsToCheck(
    list: unknown,
    listed: readonly ListedSecret[] | undefined,
    partnerId: string,
  ): SecretsToCheck {
    // Not a list at all: the check of the document says so.
    if (listed === undefined) return { specs: list, faults: [] };
    const faults: Fault[] = [];
    const specs = listed.map((secret, index) => {
      const value = this.valueOf(secret, partnerId);
      // One that nobody touches is not asked about: a partner whose secret is lost can still be disabled.
      if (value === null && !secret.untouched)
        faults.push(faultAt(`/secrets/${index}/value`, outOfReach(secret)));
      return value === undefined ? secret.given : specOf(secret, value ?? OUT_OF_REACH);
    });
    return { specs, faults };
  }

  /** `undefined` where the document itself says the value, `null` where it cannot be had. */
  private valueOf(secret: ListedSecret, partnerId: string): string | null | undefined {
    const { kept } = secret;
    if (kept !== undefined) return this.secrets.valueIfAny(partnerId, kept) ?? null;
    const reference = referenceOf(secret);
    return reference === undefined ? undefined : (this.secrets.resolve(reference) ?? null);
  }

  private toStored(
    { id, secrets: specs = [] }: PartnerDocument,
    listed: readonly ListedSecret[],
  ): readonly StoredSecret[] {
    const now = new Date();
    return specs.flatMap((spec, index) => {
      const secret = listed[index];
      if (secret === undefined) return [];
      const kept = secret.kept && this.secrets.resealed(id, secret.kept);
      if (kept !== undefined && secret.untouched) return kept;
      const facts = factsOf(spec, kept, now);
      if (kept === undefined)
        return this.secrets.toStored(id, { ...facts, value: referenceOf(secret) ?? spec.value });
      return 'sealed' in kept ? { ...facts, sealed: kept.sealed } : { ...facts, reference: kept.reference };
    });
  }
}

const UNSTORABLE =
  'must have no member named "_bsontype", "__proto__" or with the character U+0000, and at most 64 levels';

const outOfReach = (secret: ListedSecret): string => {
  const reference = referenceOf(secret);
  return reference === undefined
    ? 'cannot be read any more: give it anew'
    : `is ${reference}, and there is nothing in this process: set it and start again, or give the value itself`;
};

function documentFaults(document: PartnerJson, current: StoredPartner | undefined): readonly Fault[] {
  const faults: Fault[] = [];
  if (current !== undefined && document['id'] !== current.id)
    faults.push(faultAt('/id', `must stay "${current.id}": make another partner instead`));
  if (!isStorable(document)) faults.push(faultAt('', UNSTORABLE));
  return faults;
}
