import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type DeadLetter } from '#domain/dead-letters/dead-letter';
import { type Replayed } from './dead-letter-steps';
import { DeadLetterView } from './dead-letter.view';
import { PayloadView } from './payload.view';

/** One dead letter, with what could not be applied. */
@ApiSchema({ name: 'DeadLetterItem' })
export class DeadLetterItemView extends DeadLetterView {
  @ApiProperty({ type: PayloadView, description: 'The original, whatever was replayed since.' })
  readonly payload: PayloadView;

  @ApiPropertyOptional({ type: PayloadView, description: 'What it is replayed with instead, after an edit.' })
  readonly editedPayload?: PayloadView;

  constructor(letter: DeadLetter) {
    super(letter);
    this.payload = new PayloadView(letter.payload);
    if (letter.edited !== undefined) this.editedPayload = new PayloadView(letter.edited);
  }
}

@ApiSchema({ name: 'ReplayedDeadLetter' })
export class ReplayedView extends DeadLetterItemView {
  @ApiProperty({
    type: Boolean,
    description: '`false`: the queue is away; the event is safe and will be taken up once it is back.',
    example: true,
  })
  readonly queued: boolean;

  constructor({ letter, queued }: Replayed) {
    super(letter);
    this.queued = queued;
  }
}
