import { ProblemError } from '#platform/http/problem';

/** When a sender may try again after a fault of ours, in seconds. */
const RETRY_AFTER_SECONDS = 5;

export const unknownPartner = (): ProblemError =>
  new ProblemError(
    'UNKNOWN_PARTNER',
    'No partner is registered under this id. Check the address or x-partner-id.',
  );

export const partnerDisabled = (): ProblemError =>
  new ProblemError('PARTNER_DISABLED', 'This partner is switched off. Ask the operator of the gateway.');

export const addressNotAllowed = (): ProblemError =>
  new ProblemError('IP_NOT_ALLOWED', 'Requests for this partner are not taken from this address.');

export const emptyBody = (): ProblemError =>
  new ProblemError('INVALID_PAYLOAD', 'The body is empty.', {
    errors: [{ path: '', message: 'expected a body' }],
  });

export const unsupportedMediaType = (detail: string): ProblemError =>
  new ProblemError('UNSUPPORTED_MEDIA_TYPE', detail);

/** The same words whatever was wrong: a forger learns nothing from them. */
export const invalidSignature = (): ProblemError =>
  new ProblemError(
    'INVALID_SIGNATURE',
    'The signature is missing or does not match the body that was received.',
  );

export const staleTimestamp = (): ProblemError =>
  new ProblemError(
    'STALE_TIMESTAMP',
    'The signed time is too far from the present. Check the clock and sign anew.',
  );

export const replayed = (): ProblemError =>
  new ProblemError('REPLAYED', 'This very request was taken before. A new event needs a new signature.');

/** As for any other address that is asked with the wrong method. */
export const noHandshake = (): ProblemError =>
  new ProblemError('METHOD_NOT_ALLOWED', 'this route answers to POST', { headers: { allow: 'POST' } });

export const unavailable = (): ProblemError =>
  new ProblemError(
    'INTAKE_UNAVAILABLE',
    'The event could not be kept. Nothing is wrong with it: send it again.',
    {
      headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
    },
  );
