import { Injectable } from '@nestjs/common';
import { isObject } from '#domain/partners/body/json-value';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { type Draft, PartnerDrafts } from '#domain/partners/partner-drafts';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { PresetLibrary } from '#domain/partners/preset-library';
import { type PartnerContent, type PartnerJson, type StoredPartner } from '#domain/partners/stored-partner';
import { ProblemError } from '#platform/http/problem';
import { invalidPayload } from '#platform/http/validation';
import { changedDocument } from './changed-document';
import { etagOf, type IfMatch } from './etag';
import { FindPartners } from './find-partners';

/** Changes of one partner that meet: each is merged into the one before it, unless more of them come than this. */
const MERGE_ATTEMPTS = 5;

/** What administrators do with partners. A change is in use in this process before it is answered. */
@Injectable()
export class PartnerAdministration {
  constructor(
    private readonly repository: PartnersRepository,
    private readonly drafts: PartnerDrafts,
    private readonly directory: PartnerDirectory,
    private readonly presets: PresetLibrary,
    private readonly find: FindPartners,
  ) {}

  async create(body: unknown): Promise<StoredPartner> {
    const { id, content } = accepted(this.drafts.check(documentOf(body)));
    const made = await this.repository.insert(id, content);
    if (made !== undefined) return this.inUse(made);
    throw new ProblemError(
      'CONFLICT',
      `there is a partner "${id}": change it with PATCH, or choose another id`,
    );
  }

  /** Merges `body` into what the operator has written so far. */
  async patch(id: string, body: unknown, ifMatch: IfMatch): Promise<StoredPartner> {
    const patch = documentOf(body);
    for (let attempt = 0; attempt < MERGE_ATTEMPTS; attempt += 1) {
      const current = await this.find.one(id);
      refuseOthers(current, ifMatch);
      const { content } = accepted(this.drafts.check(this.merged(current, patch), current));
      const changed = await this.repository.replace(current, content);
      if (changed !== undefined) return this.inUse(changed);
    }
    throw new ProblemError('CONFLICT', `partner "${id}" is being changed by others: read it and try again`);
  }

  /** Secrets are not part of the document: where the patch says nothing of them, all stay. */
  private merged({ document }: StoredPartner, { secrets, ...patch }: PartnerJson): PartnerJson {
    const merged = changedDocument(document, patch, (name) => this.presets.get(name));
    return secrets === undefined ? merged : { ...merged, secrets: secrets ?? [] };
  }

  /** What is stored counts, also while it cannot be read back: then it is taken up with the next refresh. */
  private async inUse(partner: StoredPartner): Promise<StoredPartner> {
    await this.directory.refreshed().catch(() => undefined);
    return partner;
  }
}

function documentOf(body: unknown): PartnerJson {
  if (isObject(body)) return body;
  throw invalidPayload([{ path: '', message: 'must be a JSON object' }]);
}

function accepted(draft: Draft): { readonly id: string; readonly content: PartnerContent } {
  if (draft.ok) return draft;
  throw invalidPayload(draft.faults);
}

function refuseOthers(current: StoredPartner, ifMatch: IfMatch): void {
  if (ifMatch.allows(etagOf(current))) return;
  throw new ProblemError(
    'PRECONDITION_FAILED',
    `partner "${current.id}" is not the one that If-Match names: read it again, then repeat your change`,
  );
}
