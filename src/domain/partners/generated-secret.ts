import { randomBytes } from 'node:crypto';
import { listOf } from './body/json-value';
import { type PartnerDocument } from './document/partner-document';
import { faultsOfSecrets } from './document/secret-faults';
import { alternativeName, type AlternativeSpec } from './document/signature-spec';
import { keyKindOf, takesSecrets } from './signature/key-kind';

const BYTES = 32;

/** A new key as this alternative reads keys: `whsec_…` where it strips that, text that needs no quoting elsewhere. */
function secretFor({ key = {} }: AlternativeSpec): string {
  const { encoding, strip = '' } = key;
  const bytes = randomBytes(BYTES);
  if (encoding === 'hex') return strip + bytes.toString('hex');
  return strip + bytes.toString(encoding === 'base64' ? 'base64' : 'base64url');
}

/**
 * A secret that every signature alternative it is for can use; `undefined` where there is none: a public key is the
 * sender's to make, and so is a password with its user.
 */
export function generatedSecret(
  document: Pick<PartnerDocument, 'signature'>,
  { use }: { readonly use?: unknown },
): string | undefined {
  const meant = listOf(document.signature).filter(
    (spec, index) => takesSecrets(spec) && (use === undefined || use === alternativeName(spec, index)),
  );
  if (meant.some((spec) => keyKindOf(spec) !== 'shared')) return undefined;
  const named = typeof use === 'string' ? { use } : {};
  return meant
    .map(secretFor)
    .find((value) =>
      faultsOfSecrets(document, [{ value, ...named }]).every(({ path }) => path !== '/secrets/0/value'),
    );
}
