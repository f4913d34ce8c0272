import { Module } from '@nestjs/common';
import { FindPartners } from './find-partners';
import { PartnerAdministration } from './partner-administration';
import { PartnersController } from './partners.controller';

/** Partners for people. Needs the partners of the domain and an authenticator, both global. */
@Module({ controllers: [PartnersController], providers: [FindPartners, PartnerAdministration] })
export class PartnersAdminModule {}
