import { Injectable } from '@nestjs/common';
import { OutboundClient } from '#platform/outbound/outbound-client';
import { canonicalVersions } from './canonical-event';
import { compileCanonicalRules } from './canonical/canonical-rules';
import { compilePartner } from './compile-partner';
import { type CompiledPartner, type EventRules } from './compiled-partner';
import { type Fault } from './document/fault';
import { type PartnerDocument } from './document/partner-document';
import { type PartnerSecret } from './document/partner-secret';
import { secretFaults } from './document/secret-faults';
import { parsePartnerDocument } from './parse-partner-document';
import { PartnerSecrets, SecretUnavailableError } from './partner-secrets';
import { type PartnersSettings } from './partners-settings';
import { PresetLibrary } from './preset-library';
import { KeySets } from './signature/key-sets';
import { type StoredPartner, type StoredSecret } from './stored-partner';

/** `fault`: why requests of this partner cannot be checked here; its events can be read where there is a `partner`. */
export type Compilation =
  | { readonly partner: CompiledPartner; readonly fault?: undefined }
  | { readonly partner?: CompiledPartner; readonly fault: string };

/** Its rules read what comes in by the gateway's own route. */
const CANONICAL_PRESET = 'standard';

function fromPublicInternet(): KeySets {
  const client = new OutboundClient();
  return new KeySets((url) => client.getText(url));
}

interface OpenedSecrets {
  readonly secrets: readonly PartnerSecret[];
  readonly faults: readonly string[];
}

/** Makes a stored partner ready to serve. Never throws: one faulty document must not stop the others. */
@Injectable()
export class PartnerCompiler {
  readonly canonicalRules: EventRules;
  /** One for all partners, so that a change of a partner does not read its keys anew. */
  private readonly keySets: KeySets;

  constructor(
    private readonly presets: PresetLibrary,
    private readonly secrets: PartnerSecrets,
    private readonly settings: Pick<
      PartnersSettings,
      'defaultToleranceSeconds' | 'defaultBodyBytes' | 'defaultQueue' | 'keySets'
    >,
  ) {
    this.keySets = settings.keySets ?? fromPublicInternet();
    const standard = presets.get(CANONICAL_PRESET);
    if (standard === undefined) throw new Error(`there must be a preset "${CANONICAL_PRESET}"`);
    this.canonicalRules = compileCanonicalRules(standard, canonicalVersions());
  }

  compile(stored: StoredPartner): Compilation {
    try {
      return this.compileOrThrow(stored);
    } catch (error) {
      return { fault: error instanceof Error ? error.message : String(error) };
    }
  }

  private compileOrThrow(stored: StoredPartner): Compilation {
    const parsed = parsePartnerDocument(stored.document, this.presets);
    if (!parsed.ok) return { fault: textOf(parsed.faults) };
    const { secrets, faults } = this.open(stored, parsed.document);
    const { settings, keySets } = this;
    const options = { ...settings, revision: stored.revision, secrets, keySets };
    const partner = compilePartner(parsed.document, options);
    return faults.length === 0 ? { partner } : withoutVerdict(partner, faults.join('; '));
  }

  private open(stored: StoredPartner, document: PartnerDocument): OpenedSecrets {
    const secrets: PartnerSecret[] = [];
    const faults: string[] = [];
    for (const secret of stored.secrets.filter(mayBeLive)) {
      try {
        secrets.push({ ...secret, value: this.usable(stored.id, secret, document) });
      } catch (error) {
        if (!(error instanceof SecretUnavailableError)) throw error;
        faults.push(error.message);
      }
    }
    return { secrets, faults };
  }

  /** What stands behind a reference could not be checked when the document was saved. */
  private usable(partnerId: string, secret: StoredSecret, document: PartnerDocument): string {
    const value = this.secrets.valueOf(partnerId, secret);
    const faults = 'reference' in secret ? secretFaults(document, { ...secret, value }) : [];
    if (faults.length > 0) throw new SecretUnavailableError(`secret "${secret.id}": ${textOf(faults)}`);
    return value;
  }
}

const mayBeLive = ({ retireAt }: StoredSecret): boolean => retireAt === undefined || retireAt > new Date();

const textOf = (faults: readonly Fault[]): string =>
  faults.map(({ path, message }) => `${path || '/'} ${message}`).join('; ');

/** With a secret out of reach, a refusal could be our own fault: there is no verdict at all, rather than a wrong one. */
function withoutVerdict(partner: CompiledPartner, fault: string): Compilation {
  const verify = (): never => {
    throw new SecretUnavailableError(`partner "${partner.id}": ${fault}`);
  };
  return { partner: { ...partner, verify }, fault };
}
