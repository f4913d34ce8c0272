import { type CompiledPartner } from '../compiled-partner';
import { type ReceivedRequest } from './received-request';

interface Belief {
  readonly valid: boolean;
  readonly code?: string;
}

const isPlain = (encoding: unknown): boolean =>
  encoding === undefined || (typeof encoding === 'string' && encoding.trim().toLowerCase() === 'identity');

/**
 * The code of the problem that the intake would answer with, in the order in which it asks; `null` where it would
 * take the request. Rates and repeats are not asked about.
 */
export function firstRefusal(
  partner: CompiledPartner,
  { request, headers }: ReceivedRequest,
  signature: Belief,
): string | null {
  const { body, contentType } = request;
  if (!partner.enabled) return 'PARTNER_DISABLED';
  if (signature.code === 'IP_NOT_ALLOWED') return signature.code;
  const isTaken = isPlain(headers['content-encoding']) && partner.acceptsContentType(contentType);
  if (!isTaken) return 'UNSUPPORTED_MEDIA_TYPE';
  if (body.length > partner.limits.bodyBytes) return 'PAYLOAD_TOO_LARGE';
  if (!signature.valid) return signature.code ?? 'INVALID_SIGNATURE';
  return body.length === 0 ? 'INVALID_PAYLOAD' : null;
}
