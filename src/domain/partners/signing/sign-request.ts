import { hash } from 'node:crypto';
import { listOf } from '../body/json-value';
import { alternativeName, type AlternativeSpec } from '../document/signature-spec';
import { type PartnerDocument } from '../document/partner-document';
import { Unreadable } from '../signature/reading';
import { RequestView } from '../signature/request-view';
import { Scope } from '../signature/scope';
import { SIGNATURE_TYPES } from '../signature/signature-types';
import { compileSource } from '../signature/source';
import { type SignatureSourceSpec } from '../template/source-spec';
import { DraftRequest, type Outgoing } from './draft-request';
import { formatTime } from './format-time';
import { SIGNATURES, type SigningKey } from './make-signature';
import { UnsignableError } from './unsignable-error';

export interface SigningOrder {
  readonly document: Pick<PartnerDocument, 'signature' | 'body' | 'publicUrl'>;
  /** Name of the alternative to sign by; default the first. */
  readonly alternative: string | undefined;
  readonly key: SigningKey;
  readonly outgoing: Outgoing;
  /** Id of the message, where the partner sends one. */
  readonly id: string;
  readonly at: Date;
}

function chosen({ document, alternative }: SigningOrder): AlternativeSpec {
  const all = listOf(document.signature).map((spec, index) => ({ spec, name: alternativeName(spec, index) }));
  const found = alternative === undefined ? all[0] : all.find(({ name }) => name === alternative);
  if (found !== undefined) return found.spec;
  throw new UnsignableError(`the alternative must be one of ${all.map(({ name }) => name).join(', ')}`);
}

/** What the gateway will read there: put by us, or written in the body by the sender. */
function written(source: SignatureSourceSpec, scope: Scope): string | undefined {
  const value = compileSource(source).one(scope);
  return value instanceof Unreadable ? undefined : value;
}

/** Signs a request as a partner with this document does: what `Verifier` finds valid at that time. */
export function signRequest(order: SigningOrder): Outgoing {
  const { document, outgoing, key, id, at } = order;
  const spec = chosen(order);
  if (spec.each !== undefined) {
    throw new UnsignableError(
      'each item of this body carries a signature of its own: sign the items yourself',
    );
  }
  const draft = new DraftRequest(outgoing);
  const { timestamp, id: idSource, bodyDigest } = spec;
  if (timestamp !== undefined) draft.put(timestamp.from, formatTime(timestamp.format ?? 'unix', at));
  if (idSource !== undefined) draft.put(idSource, id);
  if (bodyDigest !== undefined) {
    const { from, algorithm = 'sha256', encoding = 'hex' } = bodyDigest;
    draft.put(from, hash(algorithm, outgoing.body, encoding));
  }
  if (spec.key?.id !== undefined && key.keyId !== undefined) draft.put(spec.key.id, key.keyId);

  const { body = {}, publicUrl } = document;
  const scope = new Scope(new RequestView(draft.request, { format: body.format ?? 'auto', publicUrl }));
  scope.timestamp = timestamp && written(timestamp.from, scope);
  scope.id = idSource && written(idSource, scope);
  const signature = SIGNATURES.get(spec.type)?.({ alternative: spec, key, scope, claims: draft.claims, at });
  const from = spec.from ?? SIGNATURE_TYPES.get(spec.type)?.usualFrom;
  if (signature !== undefined && from !== undefined && !draft.put(from, signature)) {
    throw new UnsignableError('the signature stands in the body: the sender must write it there');
  }
  return draft.signed;
}
