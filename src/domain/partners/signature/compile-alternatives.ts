import { type PartnerSecret } from '../document/partner-secret';
import { alternativeName, type AlternativeSpec } from '../document/signature-spec';
import { Alternative } from './alternative';
import { mixesKeyKinds } from './key-kind';
import { type KeySets } from './key-sets';
import { keysOf, type LiveKeys, PublishedKeys, SecretKeys } from './live-keys';
import { type Prover } from './outcome';
import { type SignatureType } from './signature-type';
import { SIGNATURE_TYPES } from './signature-types';
import { compileSource } from './source';
import { Unsigned } from './unsigned';

export interface AlternativesSettings {
  readonly alternatives: readonly AlternativeSpec[];
  readonly secrets: readonly PartnerSecret[];
  readonly defaultToleranceSeconds: number;
  /** Without it, partners whose senders publish their keys get no verdict. */
  readonly keySets?: KeySets | undefined;
}

function liveKeys(
  spec: AlternativeSpec,
  type: SignatureType,
  secrets: readonly PartnerSecret[],
  keySets: KeySets | undefined,
): LiveKeys {
  const { id, jwks } = spec.key ?? {};
  const keyId = id && compileSource(id);
  if (jwks === undefined || type.compilePublic === undefined || keySets === undefined)
    return new SecretKeys(keysOf(secrets, type.compile(spec)), keyId);
  return new PublishedKeys(keySets.at(jwks), keyId, type.compilePublic(spec));
}

/** The alternatives in their order, each with the secrets that are meant for it. */
export function compileAlternatives(settings: AlternativesSettings): readonly Prover[] {
  const { alternatives, secrets, defaultToleranceSeconds, keySets } = settings;
  const mustName = mixesKeyKinds(alternatives);
  return alternatives.flatMap((spec, index): readonly Prover[] => {
    const type = SIGNATURE_TYPES.get(spec.type);
    if (type === undefined) return [];
    const name = alternativeName(spec, index);
    if (type.keyKind(spec) === 'none') return [new Unsigned(name)];
    const meant = secrets.filter(({ use }) => use === name || (use === undefined && !mustName));
    const keys = liveKeys(spec, type, meant, keySets);
    return [new Alternative({ name, spec, type, keys, defaultToleranceSeconds })];
  });
}
