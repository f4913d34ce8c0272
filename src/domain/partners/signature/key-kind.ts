import { type AlternativeSpec } from '../document/signature-spec';
import { SIGNATURE_TYPES } from './signature-types';
import { type KeyKind } from './signature-type';

export const keyKindOf = (alternative: AlternativeSpec): KeyKind =>
  SIGNATURE_TYPES.get(alternative.type)?.keyKind(alternative) ?? 'none';

/** False where there is nothing to keep, or where the sender publishes its keys. */
export const takesSecrets = (alternative: AlternativeSpec): boolean =>
  keyKindOf(alternative) !== 'none' && alternative.key?.jwks === undefined;

/** Then a secret must name its alternative: everybody has a public key, so it must never serve as a shared one. */
export function mixesKeyKinds(alternatives: readonly AlternativeSpec[]): boolean {
  const kinds = new Set(alternatives.filter(takesSecrets).map(keyKindOf));
  return kinds.size > 1;
}
