import { createHmac, randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { PartnerApply } from '#domain/partners/apply/partner-apply';
import { PartnerFiles } from '#domain/partners/apply/partner-files';
import { PartnerPlans } from '#domain/partners/apply/partner-plans';
import { BootPartners } from '#domain/partners/boot-partners';
import { type CompiledPartner, type Verdict } from '#domain/partners/compiled-partner';
import { DefaultPartner } from '#domain/partners/default-partner';
import { PartnerCompiler } from '#domain/partners/partner-compiler';
import { PartnerDirectory } from '#domain/partners/partner-directory';
import { PartnerDrafts } from '#domain/partners/partner-drafts';
import { PartnerSecrets } from '#domain/partners/partner-secrets';
import { PartnersRepository } from '#domain/partners/partners.repository';
import { PresetLibrary } from '#domain/partners/preset-library';
import { type PartnerJson, type StoredPartner } from '#domain/partners/stored-partner';
import { KeyRing } from '#platform/crypto/key-ring';
import { type Database } from '#platform/mongo/database';

Logger.overrideLogger(false);

export const newKey = () => ({ id: 'k1', key: randomBytes(32) });
const SHARED_KEY = newKey();
const DEFAULTS = { defaultToleranceSeconds: 60, defaultBodyBytes: 262_144 };

export interface ProcessOptions {
  readonly keys?: readonly { readonly id: string; readonly key: Buffer }[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly signingSecretSet?: boolean;
  readonly partnersDirectory?: string;
}

/** The partners of one process of the gateway, wired as its module wires them. */
export class ProcessPartners {
  readonly repository: PartnersRepository;
  readonly drafts: PartnerDrafts;
  readonly secrets: PartnerSecrets;
  readonly directory: PartnerDirectory;

  constructor(database: Database, options: ProcessOptions = {}) {
    const { keys = [SHARED_KEY], environment = {}, signingSecretSet = false } = options;
    const presets = PresetLibrary.load();
    const resolve = (reference: string) => environment[reference.replace(/^env:/, '')];
    const secrets = new PartnerSecrets(new KeyRing(keys), resolve);
    this.secrets = secrets;
    this.repository = new PartnersRepository(database);
    this.drafts = new PartnerDrafts(presets, secrets);
    const compiler = new PartnerCompiler(presets, secrets, DEFAULTS);
    const origins = [
      ...this.files(options),
      new DefaultPartner(this.repository, this.drafts, signingSecretSet),
    ];
    this.directory = new PartnerDirectory(this.repository, compiler, new BootPartners(origins));
  }

  private files({ partnersDirectory: directory }: ProcessOptions): readonly PartnerFiles[] {
    if (directory === undefined) return [];
    const apply = new PartnerApply(new PartnerPlans(this.drafts, this.secrets), this.repository);
    return [new PartnerFiles(directory, apply, this.repository, this.secrets)];
  }

  start(): this {
    this.directory.onModuleInit();
    return this;
  }

  stop(): void {
    this.directory.beforeApplicationShutdown();
  }

  async make(document: PartnerJson): Promise<StoredPartner> {
    const draft = this.drafts.check(document);
    if (!draft.ok) throw new Error(JSON.stringify(draft.faults));
    const made = await this.repository.insert(draft.id, draft.content);
    if (made === undefined) throw new Error(`"${draft.id}" is taken`);
    return made;
  }

  async change(current: StoredPartner, over: PartnerJson): Promise<StoredPartner> {
    const draft = this.drafts.check({ ...current.document, ...over }, current);
    if (!draft.ok) throw new Error(JSON.stringify(draft.faults));
    const changed = await this.repository.replace(current, draft.content);
    if (changed === undefined) throw new Error(`"${current.id}" was changed meanwhile`);
    return changed;
  }
}

/** What the partner says to a body that was signed with this secret. */
export function verdictOn(partner: CompiledPartner | undefined, secret: string): Verdict | undefined {
  const body = Buffer.from('{"id":"1"}');
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const rawHeaders = ['content-type', 'application/json', 'x-acme-signature', signature];
  const request = {
    method: 'POST',
    target: '/v1/webhooks/acme',
    rawHeaders,
    body,
    contentType: 'application/json',
  };
  return partner?.verify(request, new Date());
}
