import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { type EventSummary } from '#domain/events/event-review.repository';
import { EVENT_STATUSES, type EventStatus } from '#domain/events/inbound-event';
import { AttemptView } from '#platform/http/attempt.view';
import { PageOf } from '#platform/http/page.view';

/** A journal entry: one accepted webhook, without its bytes. */
@ApiSchema({ name: 'Event' })
export class EventView {
  @ApiProperty({ type: String, example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf' })
  readonly eventId: string;

  @ApiProperty({ type: String, example: 'acme' })
  readonly partnerId: string;

  @ApiProperty({ enum: EVENT_STATUSES, enumName: 'EventStatus', example: 'processed' })
  readonly status: EventStatus;

  @ApiProperty({ type: String, description: 'What a second sending is recognised by.', example: 'id:8841' })
  readonly dedupeKey: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.000Z' })
  readonly receivedAt: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time', example: '2025-06-01T12:00:00.041Z' })
  readonly finishedAt?: Date;

  @ApiProperty({
    enum: ['canonical', 'partner'],
    description: 'Whose rules read the body.',
    example: 'partner',
  })
  readonly format: EventSummary['format'];

  @ApiProperty({ type: String, example: '1' })
  readonly schemaVersion: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10, description: 'Lower is sooner.', example: 5 })
  readonly priority: number;

  @ApiProperty({ type: String, example: 'application/json' })
  readonly contentType: string;

  @ApiProperty({ type: 'integer', description: 'Size of the body; `/raw` gives its bytes.', example: 412 })
  readonly bodyBytes: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The headers that the rules of the partner read.',
    example: { 'x-event-type': 'tracking.updated' },
  })
  readonly headers: Readonly<Record<string, string>>;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'The query parameters that the rules of the partner read.',
    example: { region: 'eu' },
  })
  readonly query: Readonly<Record<string, string>>;

  @ApiProperty({ type: 'integer', description: 'Attempts since it arrived or was replayed.', example: 1 })
  readonly attempts: number;

  @ApiProperty({
    type: 'integer',
    description:
      'How often a lease on it ran out before its worker came to an end: it died, or was too slow.',
    example: 0,
  })
  readonly crashes: number;

  @ApiProperty({ type: 'integer', description: 'How often a person had it replayed.', example: 0 })
  readonly replays: number;

  @ApiProperty({ type: [AttemptView], description: 'The attempts that failed, of all runs.' })
  readonly attemptHistory: readonly AttemptView[];

  @ApiProperty({ type: String, example: '4bf92f3577b34da6a3ce929d0e0e4736' })
  readonly traceId: string;

  constructor(event: EventSummary) {
    this.eventId = event.eventId;
    this.partnerId = event.partnerId;
    this.status = event.status;
    this.dedupeKey = event.dedupeKey;
    this.receivedAt = event.receivedAt;
    if (event.finishedAt !== undefined) this.finishedAt = event.finishedAt;
    this.format = event.format;
    this.schemaVersion = event.schemaVersion;
    this.priority = event.priority;
    this.contentType = event.contentType;
    this.bodyBytes = event.bodyBytes;
    this.headers = event.headers;
    this.query = event.query;
    this.attempts = event.attempts;
    this.crashes = event.crashes;
    this.replays = event.replays;
    this.attemptHistory = event.attemptHistory.map((attempt) => new AttemptView(attempt));
    this.traceId = event.traceId;
  }
}

@ApiSchema({ name: 'EventPage' })
export class EventPageView extends PageOf(EventView) {}
