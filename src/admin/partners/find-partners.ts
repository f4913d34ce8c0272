import { Injectable } from '@nestjs/common';
import { readPosition, writePosition } from '#domain/listing/list-position';
import { isObject } from '#domain/partners/body/json-value';
import { mergePatch } from '#domain/partners/document/merge-patch';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { PresetLibrary } from '#domain/partners/preset-library';
import { type LastUses, SecretUsesRepository } from '#domain/partners/secret-uses.repository';
import { type PartnerJson, type StoredPartner } from '#domain/partners/stored-partner';
import { decodeCursor, type Page, type PageQuery, toPage } from '#platform/http/pagination';
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
  async page({ limit, cursor }: PageQuery): Promise<Page<PartnerView>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, readPosition);
    const found = await this.repository.page(limit + 1, after);
    const { items, nextCursor } = toPage(found, limit, ({ createdAt, id }) =>
      writePosition({ at: createdAt, id }),
    );
    const uses = await this.uses.ofPartners(items.map(({ id }) => id));
    const views = items.map((partner) => this.viewOf(partner, uses.get(partner.id)));
    return { items: views, nextCursor };
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
