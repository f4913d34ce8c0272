import { Injectable } from '@nestjs/common';
import { type Applied, ApplyConflictError, PartnerApply } from '#domain/partners/apply/partner-apply';
import { PartnerDrafts } from '#domain/partners/partner-drafts';
import { PresetLibrary } from '#domain/partners/preset-library';
import { type PartnerJson, type StoredPartner } from '#domain/partners/stored-partner';
import { ProblemError } from '#platform/http/problem';
import { invalidPayload } from '#platform/http/validation';
import { changedDocument } from './changed-document';
import { type IfMatch } from './etag';
import { PartnerChanges } from './partner-changes';
import { accepted, readBack, sentDocument } from './sent-document';

/** What administrators do with the documents of partners. */
@Injectable()
export class PartnerAdministration {
  constructor(
    private readonly changes: PartnerChanges,
    private readonly drafts: PartnerDrafts,
    private readonly presets: PresetLibrary,
    private readonly applier: PartnerApply,
  ) {}

  async create(body: unknown): Promise<StoredPartner> {
    const { id, content } = accepted(this.drafts.check(sentDocument(body)));
    return this.changes.insert(id, content);
  }

  /** Puts `body` in the place of the whole document; without a list of secrets those that are there stay. */
  async replace(id: string, body: unknown, ifMatch: IfMatch): Promise<StoredPartner> {
    const document = { id, ...readBack(body) };
    const { partner } = await this.changes.change(id, ifMatch, (current) =>
      accepted(this.drafts.check(document, current)),
    );
    return partner;
  }

  /** Merges `body` into what the operator has written so far. */
  async patch(id: string, body: unknown, ifMatch: IfMatch): Promise<StoredPartner> {
    const patch = sentDocument(body);
    const { partner } = await this.changes.change(id, ifMatch, (current) =>
      accepted(this.drafts.check(this.merged(current, patch), current)),
    );
    return partner;
  }

  /** Makes the partner that `body` names, or replaces it; secrets that it does not carry stay. */
  async apply(body: unknown, dryRun: boolean): Promise<Extract<Applied, { readonly ok: true }>> {
    const applied = await this.applied(readBack(body), dryRun);
    if (!applied.ok) throw invalidPayload(applied.faults);
    if (applied.partner !== undefined && !dryRun) await this.changes.inUse(applied.partner);
    return applied;
  }

  private async applied(document: PartnerJson, dryRun: boolean): Promise<Applied> {
    try {
      return await this.applier.apply(document, { dryRun });
    } catch (error) {
      if (error instanceof ApplyConflictError) throw new ProblemError('CONFLICT', error.message);
      throw error;
    }
  }

  /** Secrets are not part of the document: where the patch says nothing of them, all stay. */
  private merged({ document }: StoredPartner, { secrets, ...patch }: PartnerJson): PartnerJson {
    const merged = changedDocument(document, patch, (name) => this.presets.get(name));
    return secrets === undefined ? merged : { ...merged, secrets: secrets ?? [] };
  }
}
