import { ApiPropertyOptional } from '@nestjs/swagger';
import { Allow, IsBase64, IsNotEmpty, IsOptional } from 'class-validator';
import { ProblemError } from '#platform/http/problem';
import { type EditedBody } from './dead-letter-steps';
import { StepRequest } from './step-request';

/** What the largest body of a partner may have; an edit takes its place. */
const MAX_EDITED_BYTES = 4 * 1024 * 1024;

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
  @IsOptional()
  @IsNotEmpty()
  @IsBase64({}, { message: 'must be base64 with its padding' })
  readonly bodyBase64?: string;
}

/** What to replay instead of the original; `undefined`: what was last replayed, or the original. */
export function editOf({ payload, bodyBase64 }: ReplayRequest): EditedBody | undefined {
  if (bodyBase64 !== undefined) {
    return bounded({ body: Buffer.from(bodyBase64, 'base64'), contentType: undefined });
  }
  if (payload === undefined) return undefined;
  return bounded({ body: Buffer.from(JSON.stringify(payload)), contentType: 'application/json' });
}

function bounded(edit: EditedBody): EditedBody {
  if (edit.body.length <= MAX_EDITED_BYTES) return edit;
  const detail = `the edited body has ${edit.body.length} bytes: it may have ${MAX_EDITED_BYTES} at most`;
  throw new ProblemError('PAYLOAD_TOO_LARGE', detail);
}
