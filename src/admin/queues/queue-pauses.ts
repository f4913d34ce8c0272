import { Injectable, Logger } from '@nestjs/common';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { type StoredPartner } from '#domain/partners/stored-partner';
import { ProblemError } from '#platform/http/problem';

/**
 * Pauses are kept with the partner, and workers follow them as they follow every change of a partner. So they
 * hold in every process, after restarts, and also after Redis has lost its data.
 */
@Injectable()
export class QueuePauses {
  private readonly logger = new Logger('QueuePauses');

  constructor(
    private readonly partners: PartnersRepository,
    private readonly directory: PartnerDirectory,
  ) {}

  async pause(partnerId: string, by: string): Promise<StoredPartner> {
    const partner = await this.partners.setPaused(partnerId, { at: new Date(), by });
    return this.followed(partnerId, partner, by);
  }

  async resume(partnerId: string, by: string): Promise<StoredPartner> {
    return this.followed(partnerId, await this.partners.setPaused(partnerId, undefined), by);
  }

  private async followed(id: string, partner: StoredPartner | undefined, by: string): Promise<StoredPartner> {
    if (partner === undefined) throw new ProblemError('NOT_FOUND', `there is no partner "${id}"`);
    await this.directory.refreshed().catch(() => undefined);
    this.logger.log({ partnerId: id, by }, partner.paused === undefined ? 'queue resumed' : 'queue paused');
    return partner;
  }
}
