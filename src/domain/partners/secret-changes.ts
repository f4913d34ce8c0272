import { Injectable } from '@nestjs/common';
import { type JsonObject } from './body/json-value';
import { type Fault, faultAt } from './document/fault';
import { type PartnerDocument } from './document/partner-document';
import { generatedSecret } from './generated-secret';
import { checkOneSecret, lackingSecrets, NOT_ASKED, repeatedId } from './one-secret';
import { parsePartnerDocument } from './parse-partner-document';
import { PartnerSecrets } from './partner-secrets';
import { PresetLibrary } from './preset-library';
import { factsOf, referenceOf, specOf } from './secret-list';
import { type PartnerContent, type StoredPartner, type StoredSecret } from './stored-partner';

const MAX_SECRETS = 10;

export type SecretChange =
  | {
      readonly ok: true;
      readonly content: PartnerContent;
      readonly secret: StoredSecret;
      /** Made here: to be shown once, now. */
      readonly generated?: string;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const refuse = (...faults: readonly Fault[]): SecretChange => ({ ok: false, faults });

/** Changes of single secrets. The others are not asked about: one that is lost must not hold up its successor. */
@Injectable()
export class SecretChanges {
  constructor(
    private readonly presets: PresetLibrary,
    private readonly secrets: PartnerSecrets,
  ) {}

  /** A secret as a document would bring it; without a `value` one is made. */
  add(current: StoredPartner, given: JsonObject): SecretChange {
    const parsed = parsePartnerDocument(current.document, this.presets);
    if (!parsed.ok) return parsed;
    if (current.secrets.length >= MAX_SECRETS)
      return refuse(faultAt('', `must not be one more than ${MAX_SECRETS} secrets: remove one first`));
    if (given['value'] !== undefined) return this.withOneMore(current, parsed.document, given);
    const generated = generatedSecret(parsed.document, given);
    if (generated === undefined)
      return refuse(faultAt('/value', 'is required: what this signature needs is made by the sender'));
    const change = this.withOneMore(current, parsed.document, { ...given, value: generated });
    return change.ok ? { ...change, generated } : change;
  }

  /** Merges `patch` into what is known of a secret; its value stays, and is asked for only where its use changes. */
  change(current: StoredPartner, secret: StoredSecret, patch: JsonObject): SecretChange {
    const parsed = parsePartnerDocument(current.document, this.presets);
    if (!parsed.ok) return parsed;
    const value = Object.hasOwn(patch, 'use') ? this.secrets.valueIfAny(current.id, secret) : undefined;
    const given = specOf({ given: patch, kept: secret }, value ?? NOT_ASKED);
    const checked = checkOneSecret(parsed.document, given);
    if (!checked.ok) return checked;
    const facts = factsOf({ ...checked.spec, id: secret.id }, secret, new Date());
    const changed: StoredSecret =
      'sealed' in secret ? { ...facts, sealed: secret.sealed } : { ...facts, reference: secret.reference };
    const secrets = current.secrets.map((stored) => (stored === secret ? changed : stored));
    return this.unlessLacking(current, parsed.document, secrets, changed);
  }

  /** Refused where others stay and a signature alternative would have none. */
  remove(current: StoredPartner, secret: StoredSecret): SecretChange {
    const secrets = current.secrets.filter((stored) => stored !== secret);
    const parsed = parsePartnerDocument(current.document, this.presets);
    // A document that broke with its preset needs no less secrets than before.
    if (!parsed.ok) return { ok: true, content: this.content(current, secrets), secret };
    return this.unlessLacking(current, parsed.document, secrets, secret);
  }

  private withOneMore(current: StoredPartner, document: PartnerDocument, given: JsonObject): SecretChange {
    const reference = referenceOf({ given });
    const value = reference === undefined ? given['value'] : this.secrets.resolve(reference);
    if (value === undefined)
      return refuse(faultAt('/value', `is ${reference}, and there is nothing in this process: set it first`));
    const checked = checkOneSecret(document, { ...given, value });
    if (!checked.ok) return checked;
    const repeated = repeatedId(checked.spec, current.secrets);
    if (repeated.length > 0) return refuse(...repeated);
    const facts = factsOf(checked.spec, undefined, new Date());
    const secret = this.secrets.toStored(current.id, { ...facts, value: reference ?? checked.spec.value });
    return { ok: true, content: this.content(current, [...current.secrets, secret]), secret };
  }

  private unlessLacking(
    current: StoredPartner,
    document: PartnerDocument,
    secrets: readonly StoredSecret[],
    secret: StoredSecret,
  ): SecretChange {
    const lacking = lackingSecrets(document, secrets);
    // What lacked one before was not brought about by this change.
    if (lacking.length > lackingSecrets(document, current.secrets).length) return refuse(...lacking);
    return { ok: true, content: this.content(current, secrets), secret };
  }

  private content(current: StoredPartner, secrets: readonly StoredSecret[]): PartnerContent {
    const resealed = secrets.map((secret) => this.secrets.resealed(current.id, secret));
    return { document: current.document, secrets: resealed };
  }
}
