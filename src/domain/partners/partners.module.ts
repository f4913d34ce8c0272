import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { KeyRing } from '#platform/crypto/key-ring';
import { PartnerApply } from './apply/partner-apply';
import { PartnerFiles } from './apply/partner-files';
import { PartnerPlans } from './apply/partner-plans';
import { BootPartners } from './boot-partners';
import { DefaultPartner } from './default-partner';
import { PartnerCompiler } from './partner-compiler';
import { PartnerDirectory } from './partner-directory';
import { PartnerDrafts } from './partner-drafts';
import { PartnerSecrets } from './partner-secrets';
import { PartnersRepository } from './partners.repository';
import { type PartnersSettings } from './partners-settings';
import { PresetLibrary } from './preset-library';
import { SecretChanges } from './secret-changes';
import { SecretUses } from './secret-uses';
import { SecretUsesRepository } from './secret-uses.repository';

/** The partners, in the database and ready to serve. Needs a `Database` and a `KeyRing`, both global. */
@Module({})
export class PartnersModule {
  static forRoot(settings: PartnersSettings): DynamicModule {
    return {
      module: PartnersModule,
      global: true,
      providers: [...made(settings), ...PLAIN],
      exports: [PresetLibrary, ...PLAIN],
    };
  }
}

const PLAIN = [
  PartnerApply,
  PartnerDirectory,
  PartnerDrafts,
  PartnerPlans,
  PartnersRepository,
  SecretChanges,
  SecretUses,
  SecretUsesRepository,
];

const made = (settings: PartnersSettings): Provider[] => [
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
    provide: BootPartners,
    inject: [PartnersRepository, PartnerDrafts, PartnerApply, PartnerSecrets],
    useFactory: (
      repository: PartnersRepository,
      drafts: PartnerDrafts,
      apply: PartnerApply,
      secrets: PartnerSecrets,
    ) => {
      const { partnersDirectory: directory, signingSecretSet } = settings;
      // First, so that a file may say what the partner `default` is.
      const files = directory === undefined ? [] : [new PartnerFiles(directory, apply, repository, secrets)];
      return new BootPartners([...files, new DefaultPartner(repository, drafts, signingSecretSet)]);
    },
  },
];
