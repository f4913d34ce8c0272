import { Injectable } from '@nestjs/common';
import { LIST_POSITION } from '#domain/listing/list-position';
import { isObject } from '#domain/partners/body/json-value';
import { mergePatch } from '#domain/partners/document/merge-patch';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { PresetLibrary } from '#domain/partners/preset-library';
import { type LastUses, SecretUsesRepository } from '#domain/partners/secret-uses.repository';
import { type PartnerJson, type StoredPartner } from '#domain/partners/stored-partner';
import { mapPage, type Page, pageBy, type PageQuery } from '#platform/http/pagination';
import { ProblemError } from '#platform/http/problem';
import { PartnerView } from './partner.view';

/** Partners for people. */
@Injectable()
export class FindPartners {
  constructor(
    private readonly repository: PartnersRepository,
    private readonly directory: PartnerDirectory,
    private readonly presets: PresetLibrary,
    private readonly uses: SecretUsesRepository,
  ) {}

  /** Newest first. */
  async page(query: PageQuery): Promise<Page<PartnerView>> {
    const page = await pageBy(query, {
      form: LIST_POSITION,
      find: (limit, after) => this.repository.page(limit, after),
      positionOf: ({ createdAt, id }) => ({ at: createdAt, id }),
    });
    const uses = await this.uses.ofPartners(page.items.map(({ id }) => id));
    return mapPage(page, (partner) => this.viewOf(partner, uses.get(partner.id)));
  }

  async one(id: string): Promise<StoredPartner> {
    const found = await this.repository.findById(id);
    if (found !== undefined) return found;
    throw new ProblemError('NOT_FOUND', `there is no partner "${id}"`);
  }

  /** `written`: as the operator wrote it, rather than over its preset. */
  async view(partner: StoredPartner, written = false): Promise<PartnerView> {
    const uses = await this.uses.ofPartners([partner.id]);
    return this.viewOf(partner, uses.get(partner.id), written);
  }

  private viewOf(partner: StoredPartner, lastUses: LastUses | undefined, written = false): PartnerView {
    const { id, document } = partner;
    return new PartnerView(partner, {
      document: written ? document : this.resolved(document),
      fault: this.directory.faultOf(id),
      lastUses,
    });
  }

  /** As it works, over its preset; as it was written where that preset is gone. */
  private resolved(document: PartnerJson): PartnerJson {
    const { preset, ...own } = document;
    const base = typeof preset === 'string' ? this.presets.get(preset) : undefined;
    const merged = base === undefined ? own : mergePatch(base, own);
    return { ...(preset !== undefined && { preset }), ...(isObject(merged) ? merged : own) };
  }
}
