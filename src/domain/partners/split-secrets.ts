import { type PartnerDocument, type SecretSpec } from './document/partner-document';

/** Takes the secrets out of a document: they are stored apart from it, encrypted. */
export function splitSecrets({ secrets = [], ...document }: PartnerDocument): {
  readonly document: PartnerDocument;
  readonly secrets: readonly SecretSpec[];
} {
  return { document, secrets };
}
