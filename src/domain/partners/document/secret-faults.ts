import { listOf } from '../body/json-value';
import { mixesKeyKinds, takesSecrets } from '../signature/key-kind';
import { SIGNATURE_TYPES } from '../signature/signature-types';
import { type Fault, faultAt } from './fault';
import { type PartnerDocument, type SecretSpec } from './partner-document';
import { reservedSourceFault } from './reserved-sources';
import { alternativeName, type AlternativeSpec } from './signature-spec';

const REFERENCE = /^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:\/.+)$/;

/** `env:NAME` and `file:/path` say where the value is; what stands there is checked when it is read. */
export const isSecretReference = (value: string): boolean =>
  REFERENCE.test(value) && reservedSourceFault(value) === undefined;

const MEANT_AS_REFERENCE = /^(?:env|file):/;

function referenceFault(value: string): string | undefined {
  return REFERENCE.test(value)
    ? reservedSourceFault(value)
    : 'must be env:NAME or file:/absolute/path, where it is a reference';
}

interface Named {
  readonly name: string;
  readonly spec: AlternativeSpec;
}

/** The alternatives that secrets are for. */
const namedAlternatives = ({ signature }: Pick<PartnerDocument, 'signature'>): readonly Named[] =>
  listOf(signature)
    .map((spec, index) => ({ name: alternativeName(spec, index), spec }))
    .filter(({ spec }) => takesSecrets(spec));

const serves = ({ use }: Pick<SecretSpec, 'use'>, { name }: Named): boolean =>
  use === undefined || use === name;

function valueFault(value: string, { spec }: Named): string | undefined {
  if (MEANT_AS_REFERENCE.test(value)) return referenceFault(value);
  return SIGNATURE_TYPES.get(spec.type)?.secretFault(spec, value);
}

function useFault(
  { use }: Pick<SecretSpec, 'use'>,
  alternatives: readonly Named[],
  meant: readonly Named[],
): string | undefined {
  if (alternatives.length === 0)
    return 'has nothing to name: no signature alternative takes a secret, so leave the secret out';
  const names = alternatives.map(({ name }) => name).join(', ');
  if (meant.length === 0) return `must be one of ${names}, the names of the signature alternatives`;
  return use === undefined && mixesKeyKinds(alternatives.map(({ spec }) => spec))
    ? `is required, one of ${names}: a public key must never serve as a shared secret`
    : undefined;
}

function faultsOfOne(
  secret: Pick<SecretSpec, 'value' | 'use'>,
  alternatives: readonly Named[],
  at: string,
): readonly Fault[] {
  const meant = alternatives.filter((alternative) => serves(secret, alternative));
  const unclear = useFault(secret, alternatives, meant);
  if (unclear !== undefined) return [faultAt(`${at}/use`, unclear)];
  const faults = meant.map((alternative) => valueFault(secret.value, alternative));
  return [...new Set(faults)].flatMap((fault) => (fault === undefined ? [] : faultAt(`${at}/value`, fault)));
}

/** What is wrong with one secret for this signature, without a word of its value. For a secret that is added later. */
export const secretFaults = (
  document: Pick<PartnerDocument, 'signature'>,
  secret: Pick<SecretSpec, 'value' | 'use'>,
  at = '',
): readonly Fault[] => faultsOfOne(secret, namedAlternatives(document), at);

function repeatedIds(secrets: readonly SecretSpec[]): readonly Fault[] {
  const ids = secrets.map(({ id }) => id);
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? faultAt(`/secrets/${index}/id`, 'must differ from that of the other secrets')
      : [],
  );
}

function swappedTimes({ activeFrom, retireAt }: SecretSpec, index: number): readonly Fault[] {
  if (activeFrom === undefined || retireAt === undefined || Date.parse(activeFrom) < Date.parse(retireAt))
    return [];
  return [faultAt(`/secrets/${index}/retireAt`, 'must be later than activeFrom')];
}

/** Anybody may cause as many for one request: all are tried before the sender is known. */
const MOST_CHECKS = 100;

function tooManyChecks(alternatives: readonly Named[], secrets: readonly SecretSpec[]): readonly Fault[] {
  const checks = alternatives
    .filter(({ spec }) => SIGNATURE_TYPES.get(spec.type)?.keyKind(spec) === 'shared')
    .map((alternative) => {
      const tried = secrets.filter((secret) => serves(secret, alternative)).length;
      return tried * Math.max(1, listOf(alternative.spec.signed).length);
    })
    .reduce((sum, count) => sum + count, 0);
  if (checks <= MOST_CHECKS) return [];
  const expected = `must need at most ${MOST_CHECKS} checks for a request, signature alternatives x signed strings x secrets`;
  return [
    faultAt('/secrets', `${expected}, not ${checks}: leave some out, or let secrets name theirs in "use"`),
  ];
}

/** All that is wrong with the secrets that a document brings. */
export function faultsOfSecrets(
  document: Pick<PartnerDocument, 'signature'>,
  secrets: readonly SecretSpec[],
): readonly Fault[] {
  if (secrets.length === 0) return [];
  const alternatives = namedAlternatives(document);
  const lonely = alternatives.filter((alternative) => !secrets.some((secret) => serves(secret, alternative)));
  return [
    ...secrets.flatMap((secret, index) => faultsOfOne(secret, alternatives, `/secrets/${index}`)),
    ...secrets.flatMap(swappedTimes),
    ...repeatedIds(secrets),
    ...tooManyChecks(alternatives, secrets),
    ...lonely.map(({ name }) => faultAt('/secrets', `must have one for the signature alternative "${name}"`)),
  ];
}
