import { ApiProperty, ApiSchema } from '@nestjs/swagger';

/** One try at something that did not succeed, as every answer shows it. */
@ApiSchema({ name: 'FailedAttempt' })
export class AttemptView {
  @ApiProperty({ type: 'integer', description: 'Begins at 1 again with each replay.', example: 1 })
  readonly attempt: number;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.123Z' })
  readonly startedAt: Date;

  @ApiProperty({ type: 'integer', example: 4 })
  readonly durationMs: number;

  @ApiProperty({ type: String, example: 'UNPARSABLE_BODY' })
  readonly errorCode: string;

  @ApiProperty({ type: String, example: 'the body is not JSON' })
  readonly message: string;

  constructor({ attempt, startedAt, durationMs, errorCode, message }: Readonly<AttemptView>) {
    this.attempt = attempt;
    this.startedAt = startedAt;
    this.durationMs = durationMs;
    this.errorCode = errorCode;
    this.message = message;
  }
}
