import { type DynamicModule, Module } from '@nestjs/common';
import { KeyRing } from '#platform/crypto/key-ring';
import { DefaultPartner } from './default-partner';
import { PartnerCompiler } from './partner-compiler';
import { PartnerDirectory } from './partner-directory';
import { PartnerDrafts } from './partner-drafts';
import { PartnerSecrets } from './partner-secrets';
import { PartnersRepository } from './partners.repository';
import { type PartnersSettings } from './partners-settings';
import { PresetLibrary } from './preset-library';

/** The partners, in the database and ready to serve. Needs a `Database` and a `KeyRing`, both global. */
@Module({})
export class PartnersModule {
  static forRoot(settings: PartnersSettings): DynamicModule {
    return {
      module: PartnersModule,
      global: true,
      providers: [
        // A faulty preset ends the boot here.
        { provide: PresetLibrary, useFactory: () => PresetLibrary.load(settings.presetsDirectory) },
        {
          provide: PartnerSecrets,
          inject: [KeyRing],
          useFactory: (keyRing: KeyRing) => new PartnerSecrets(keyRing, settings.resolveReference),
        },
        {
          provide: PartnerCompiler,
          inject: [PresetLibrary, PartnerSecrets],
          useFactory: (presets: PresetLibrary, secrets: PartnerSecrets) =>
            new PartnerCompiler(presets, secrets, settings),
        },
        {
          provide: DefaultPartner,
          inject: [PartnersRepository, PartnerDrafts],
          useFactory: (repository: PartnersRepository, drafts: PartnerDrafts) =>
            new DefaultPartner(repository, drafts, settings.signingSecretSet),
        },
        PartnersRepository,
        PartnerDrafts,
        PartnerDirectory,
      ],
      exports: [PartnerDirectory, PartnerDrafts, PartnersRepository, PresetLibrary],
    };
  }
}
