import { documentValidators } from './document/document-validator';
import { type Fault, faultAt } from './document/fault';
import { type PartnerDocument, type SecretSpec } from './document/partner-document';
import { schemaFaults } from './document/schema-faults';
import { faultsOfSecrets } from './document/secret-faults';
import { type StoredSecret } from './stored-partner';

/** Takes the place of a value that is not looked at; no rule looks further than this. */
export const NOT_ASKED = 'env:NOT_ASKED';

export type CheckedSecret =
  | { readonly ok: true; readonly spec: SecretSpec }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** A place in a list of one secret, as a place in that secret. */
const inItself = ({ path, message }: Fault): Fault => ({
  path: path.replace(/^(?:\/secrets)?\/0/, ''),
  message,
});

/** Checks one secret for itself: that an alternative lacks one is no fault of another. */
export function checkOneSecret(document: PartnerDocument, given: unknown): CheckedSecret {
  const list: unknown = [given];
  const isShaped = documentValidators().secrets;
  if (!isShaped(list)) return { ok: false, faults: schemaFaults(isShaped.errors).map(inItself) };
  const faults = faultsOfSecrets(document, list).filter(({ path }) => path !== '/secrets');
  const [spec] = list;
  return spec === undefined || faults.length > 0
    ? { ok: false, faults: faults.map(inItself) }
    : { ok: true, spec };
}

/** Which signature alternatives lack a secret; where there is none at all, the partner just takes nothing. */
export function lackingSecrets(
  document: PartnerDocument,
  secrets: readonly StoredSecret[],
): readonly Fault[] {
  const specs = secrets.map(({ use }) => ({ value: NOT_ASKED, ...(use !== undefined && { use }) }));
  return faultsOfSecrets(document, specs).filter(({ path }) => path === '/secrets');
}

export const repeatedId = ({ id }: SecretSpec, secrets: readonly StoredSecret[]): readonly Fault[] =>
  id !== undefined && secrets.some((stored) => stored.id === id)
    ? [faultAt('/id', 'must differ from that of the other secrets')]
    : [];
