import { isUtf8 } from 'node:buffer';
import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { type PayloadSnapshot } from '#domain/dead-letters/dead-letter';

@ApiSchema({ name: 'DeadLetterPayload' })
export class PayloadView {
  @ApiProperty({ type: String, description: 'As the partner sent it.', example: 'application/json' })
  readonly contentType: string;

  @ApiProperty({
    enum: ['utf8', 'base64'],
    description: '`base64` where the bytes are not valid UTF-8.',
    example: 'utf8',
  })
  readonly encoding: 'utf8' | 'base64';

  @ApiProperty({ type: String, example: '{"id":"42", this is not JSON' })
  readonly body: string;

  constructor({ contentType, body }: PayloadSnapshot) {
    this.contentType = contentType;
    this.encoding = isUtf8(body) ? 'utf8' : 'base64';
    this.body = body.toString(this.encoding);
  }
}
