import { Injectable, Logger } from '@nestjs/common';
import { type PartnerOrigin } from './boot-partners';
import { defaultPartnerDocument } from './default-partner-document';
import { PartnerDrafts } from './partner-drafts';
import { PartnersRepository } from './partners.repository';

/** Makes the partner `default` from `SIGNING_SECRET`, once for a process and at most once in the database. */
@Injectable()
export class DefaultPartner implements PartnerOrigin {
  private readonly logger = new Logger('Partners');
  private wanted: boolean;

  constructor(
    private readonly repository: PartnersRepository,
    private readonly drafts: PartnerDrafts,
    signingSecretSet: boolean,
  ) {
    this.wanted = signingSecretSet;
  }

  /** Rejects while MongoDB is away: call it again. A partner `default` that exists stays as it is. */
  async ensure(): Promise<void> {
    if (!this.wanted) return;
    const draft = this.drafts.check(defaultPartnerDocument());
    if (draft.ok) {
      const made = await this.repository.insert(draft.id, draft.content);
      if (made !== undefined) this.logger.log({ partnerId: made.id }, 'made from SIGNING_SECRET');
    } else {
      this.logger.error({ faults: draft.faults }, 'SIGNING_SECRET makes no partner "default"');
    }
    this.wanted = false;
  }
}
