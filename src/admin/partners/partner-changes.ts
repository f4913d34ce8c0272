import { Injectable } from '@nestjs/common';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { type PartnerContent, type StoredPartner } from '#domain/partners/stored-partner';
import { ProblemError } from '#platform/http/problem';
import { etagOf, type IfMatch } from './etag';
import { FindPartners } from './find-partners';

/** Changes of one partner that meet: each is made anew from the one before it, unless more of them come than this. */
const ATTEMPTS = 5;

/** Writes what was worked out, from exactly the version that it was worked out from. It is in use here before it is answered. */
@Injectable()
export class PartnerChanges {
  constructor(
    private readonly repository: PartnersRepository,
    private readonly directory: PartnerDirectory,
    private readonly find: FindPartners,
  ) {}

  async insert(id: string, content: PartnerContent): Promise<StoredPartner> {
    const made = await this.repository.insert(id, content);
    if (made !== undefined) return this.inUse(made);
    throw new ProblemError(
      'CONFLICT',
      `there is a partner "${id}": change it with PATCH, or choose another id`,
    );
  }

  /** `work` may be called again with a newer version; what it throws ends the change. */
  async change<T extends { readonly content: PartnerContent }>(
    id: string,
    ifMatch: IfMatch,
    work: (current: StoredPartner) => T,
  ): Promise<{ readonly partner: StoredPartner; readonly made: T }> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const current = await this.expected(id, ifMatch);
      const made = work(current);
      const partner = await this.repository.replace(current, made.content);
      if (partner !== undefined) return { partner: await this.inUse(partner), made };
    }
    throw beingChanged(id);
  }

  /** `check` throws where the partner must stay. */
  async remove(
    id: string,
    ifMatch: IfMatch,
    check: (current: StoredPartner) => Promise<void>,
  ): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const current = await this.expected(id, ifMatch);
      await check(current);
      if (await this.repository.remove(current)) {
        await this.inUse(current);
        return;
      }
    }
    throw beingChanged(id);
  }

  /** What is stored counts, also while it cannot be read back: then it is taken up with the next refresh. */
  async inUse(partner: StoredPartner): Promise<StoredPartner> {
    await this.directory.refreshed().catch(() => undefined);
    return partner;
  }

  private async expected(id: string, ifMatch: IfMatch): Promise<StoredPartner> {
    const current = await this.find.one(id);
    if (ifMatch.allows(etagOf(current))) return current;
    throw new ProblemError(
      'PRECONDITION_FAILED',
      `partner "${id}" is not the one that If-Match names: read it again, then repeat your change`,
    );
  }
}

const beingChanged = (id: string): ProblemError =>
  new ProblemError('CONFLICT', `partner "${id}" is being changed by others: read it and try again`);
