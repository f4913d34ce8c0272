/** Every code that an answer may carry: what scripts and clients are written against. */
export const PROBLEMS = {
  BAD_REQUEST: { status: 400, title: 'The request is malformed' },
  INVALID_PAYLOAD: { status: 400, title: 'The payload is not valid' },
  INVALID_SIGNATURE: { status: 401, title: 'The signature does not verify' },
  STALE_TIMESTAMP: { status: 401, title: 'The signed time is outside the tolerance' },
  UNAUTHORIZED: { status: 401, title: 'A valid API key is required' },
  FORBIDDEN: { status: 403, title: 'The role of this key does not allow it' },
  IP_NOT_ALLOWED: { status: 403, title: 'The address is not on the list of this partner' },
  PARTNER_DISABLED: { status: 403, title: 'The partner is disabled' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  UNKNOWN_PARTNER: { status: 404, title: 'There is no such partner' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed here' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive' },
  CONFLICT: { status: 409, title: 'The state of the resource does not allow it' },
  REPLAYED: { status: 409, title: 'The request was received before' },
  PRECONDITION_FAILED: { status: 412, title: 'The resource was changed meanwhile' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The media type is not supported' },
  UNSUPPORTED_SCHEMA_VERSION: { status: 422, title: 'The schema version is not supported' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The header fields are too large' },
  INTERNAL: { status: 500, title: 'Something went wrong on our side' },
  INTAKE_UNAVAILABLE: { status: 503, title: 'Events cannot be taken right now: send it again' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** Stable names, not addresses: there is nothing to fetch behind them. */
export function problemType(code: ProblemCode): string {
  return `urn:courier-gateway:problem:${code.toLowerCase().replaceAll('_', '-')}`;
}
