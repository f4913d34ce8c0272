import { Injectable } from '@nestjs/common';
import { type Fault } from '../document/fault';
import { PartnerDrafts } from '../partner-drafts';
import { PartnerSecrets } from '../partner-secrets';
import { type PartnerContent, type PartnerJson, type StoredPartner } from '../stored-partner';
import { alignedSecrets } from './aligned-secrets';
import { type Change, changesOf } from './changes';

export type PlannedAction = 'create' | 'replace' | 'none';

export interface Plan {
  readonly ok: true;
  readonly id: string;
  readonly action: PlannedAction;
  readonly changes: readonly Change[];
  readonly content: PartnerContent;
}

export type Planned = Plan | { readonly ok: false; readonly faults: readonly Fault[] };

/** Works out what applying a document would do. Writes nothing, and needs no database. */
@Injectable()
export class PartnerPlans {
  constructor(
    private readonly drafts: PartnerDrafts,
    private readonly secrets: PartnerSecrets,
  ) {}

  /** The document takes the place of that of `current`; secrets that it does not carry stay. */
  plan(document: PartnerJson, current?: StoredPartner): Planned {
    const draft = this.drafts.check(this.aligned(document, current), current, { keepUnlisted: true });
    if (!draft.ok) return draft;
    const changes = changesOf(current, draft.content, draft.givenAnew);
    const changing = changes.length > 0 ? 'replace' : 'none';
    return {
      ok: true,
      id: draft.id,
      action: current === undefined ? 'create' : changing,
      changes,
      content: draft.content,
    };
  }

  private aligned(document: PartnerJson, current: StoredPartner | undefined): PartnerJson {
    if (current === undefined || document['secrets'] === undefined) return document;
    const secrets = alignedSecrets(document['secrets'], current, (secret) =>
      'reference' in secret ? secret.reference : this.secrets.valueIfAny(current.id, secret),
    );
    return { ...document, secrets };
  }
}
