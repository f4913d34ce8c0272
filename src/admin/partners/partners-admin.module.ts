import { Module } from '@nestjs/common';
import { DryRunController } from './dry-run.controller';
import { FindPartners } from './find-partners';
import { PartnerAdministration } from './partner-administration';
import { PartnerApplyController } from './partner-apply.controller';
import { PartnerChanges } from './partner-changes';
import { PartnerRemoval } from './partner-removal';
import { PartnerSecretsController } from './partner-secrets.controller';
import { PartnersController } from './partners.controller';
import { SecretAdministration } from './secret-administration';

/** Partners for people. Needs the partners of the domain, the journal, the queues and an authenticator, all global. */
@Module({
  controllers: [PartnerApplyController, PartnersController, PartnerSecretsController, DryRunController],
  providers: [FindPartners, PartnerAdministration, PartnerChanges, PartnerRemoval, SecretAdministration],
})
export class PartnersAdminModule {}
