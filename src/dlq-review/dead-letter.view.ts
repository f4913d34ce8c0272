import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import {
  type DeadLetterSummary,
  REASON_CODES,
  type ReasonCode,
  REVIEW_STATUSES,
  type ReviewNote,
  type ReviewStatus,
} from '#domain/dead-letters/dead-letter';
import { AttemptView } from '#platform/http/attempt.view';
import { PageOf } from '#platform/http/page.view';

@ApiSchema({ name: 'DeadLetterNote' })
export class NoteView implements ReviewNote {
  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T13:30:00.000Z' })
  readonly at: Date;

  @ApiProperty({ type: String, description: 'Name of the API key.', example: 'night shift' })
  readonly by: string;

  @ApiProperty({ enum: ['reviewed', 'replayed', 'closed'], example: 'reviewed' })
  readonly step: ReviewNote['step'];

  @ApiProperty({ type: String, example: 'the courier was told' })
  readonly note: string;

  constructor({ at, by, step, note }: ReviewNote) {
    this.at = at;
    this.by = by;
    this.step = step;
    this.note = note;
  }
}

/** A dead letter as lists show it. */
@ApiSchema({ name: 'DeadLetter' })
export class DeadLetterView {
  @ApiProperty({ type: String, example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf' })
  readonly eventId: string;

  @ApiProperty({ type: String, example: 'acme' })
  readonly partnerId: string;

  @ApiProperty({ enum: REASON_CODES, enumName: 'ReasonCode', example: 'UNPARSABLE_BODY' })
  readonly reasonCode: ReasonCode;

  @ApiProperty({ type: String, description: 'What was wrong, and where.', example: 'the body is not JSON' })
  readonly message: string;

  @ApiProperty({ enum: REVIEW_STATUSES, enumName: 'ReviewStatus', example: 'pending' })
  readonly reviewStatus: ReviewStatus;

  @ApiProperty({ type: [AttemptView], description: 'All attempts of all runs.' })
  readonly attemptHistory: readonly AttemptView[];

  @ApiProperty({ type: [NoteView] })
  readonly notes: readonly NoteView[];

  @ApiPropertyOptional({ type: String, description: 'Who took the last step.', example: 'night shift' })
  readonly reviewer?: string;

  @ApiProperty({ type: 'integer', example: 0 })
  readonly replayCount: number;

  @ApiProperty({ type: String, example: '4bf92f3577b34da6a3ce929d0e0e4736' })
  readonly traceId: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.000Z' })
  readonly receivedAt: Date;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.200Z' })
  readonly createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.200Z' })
  readonly updatedAt: Date;

  constructor(letter: DeadLetterSummary) {
    this.eventId = letter.eventId;
    this.partnerId = letter.partnerId;
    this.reasonCode = letter.reasonCode;
    this.message = letter.message;
    this.reviewStatus = letter.reviewStatus;
    this.attemptHistory = letter.attemptHistory.map((attempt) => new AttemptView(attempt));
    this.notes = letter.notes.map((note) => new NoteView(note));
    if (letter.reviewer !== undefined) this.reviewer = letter.reviewer;
    this.replayCount = letter.replayCount;
    this.traceId = letter.traceId;
    this.receivedAt = letter.receivedAt;
    this.createdAt = letter.createdAt;
    this.updatedAt = letter.updatedAt;
  }
}

@ApiSchema({ name: 'DeadLetterPage' })
export class DeadLetterPageView extends PageOf(DeadLetterView) {}
