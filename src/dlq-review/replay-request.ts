import { ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, ValidateBy } from 'class-validator';
import { ProblemError } from '#platform/http/problem';
import { MayBeAbsent } from '#platform/http/validation';
import { type BodyEdit } from './dead-letter-steps';
import { StepRequest } from './step-request';

/** What the largest body of a partner may have; an edit takes its place. */
const MAX_EDITED_BYTES = 4 * 1024 * 1024;

/**
 * Only the one way in which a base64 encoder writes these bytes: another one would be replayed as something that
 * nobody sees in the text that was sent.
 */
const isBytesInBase64 = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Buffer.from(value, 'base64').toString('base64') === value;

const IsBytesInBase64 = (): PropertyDecorator =>
  ValidateBy({
    name: 'isBytesInBase64',
    validator: {
      validate: isBytesInBase64,
      defaultMessage: () =>
        'must be at least one byte in base64 (RFC 4648, section 4), exactly as an encoder writes it: ' +
        'with its padding, unused bits zero, no line breaks',
    },
  });

export class ReplayRequest extends StepRequest {
  @ApiPropertyOptional({
    description:
      'The edited body as a JSON value of any kind. It is sent through as `application/json`, written anew: ' +
      'where each byte matters, use `bodyBase64`.',
    oneOf: [
      { type: 'object', additionalProperties: true },
      { type: 'array', items: {} },
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'null' },
    ],
    example: { id: '42', parcel: 'JD014600006281230704', state: 'TRANSIT' },
  })
  @Allow()
  readonly payload?: unknown;

  @ApiPropertyOptional({
    type: String,
    format: 'byte',
    description: 'The edited body byte for byte, with the content type of the original; not with `payload`.',
    example: 'eyJpZCI6IjQyIn0=',
  })
  @MayBeAbsent()
  @IsBytesInBase64()
  readonly bodyBase64?: string;
}

/** What to replay instead of the original; `undefined`: what was last replayed, or the original. */
export function editOf({ payload, bodyBase64 }: ReplayRequest): BodyEdit | undefined {
  if (bodyBase64 !== undefined) {
    return bounded({ body: Buffer.from(bodyBase64, 'base64'), contentType: undefined });
  }
  if (payload === undefined) return undefined;
  return bounded({ body: Buffer.from(JSON.stringify(payload)), contentType: 'application/json' });
}

function bounded(edit: BodyEdit): BodyEdit {
  if (edit.body.length <= MAX_EDITED_BYTES) return edit;
  const detail = `the edited body has ${edit.body.length} bytes: it may have ${MAX_EDITED_BYTES} at most`;
  throw new ProblemError('PAYLOAD_TOO_LARGE', detail);
}
