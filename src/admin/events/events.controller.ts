import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { DtoPipe } from '#platform/http/validation';
import { EventFilter } from './event-filter';
import { EventPageView } from './event-page.view';
import { EventView } from './event.view';
import { FindEvents } from './find-events';
import { RawEventAnswer, rawHeadersOf } from './raw-event';

const EventIdParam = (): MethodDecorator =>
  ApiParam({ name: 'eventId', type: String, example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf' });

@ApiTags('events')
@Controller('v1/admin/events')
export class EventsController {
  constructor(private readonly events: FindEvents) {}

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'List accepted events, newest first' })
  @ApiOkResponse({ type: EventPageView, description: 'One page.' })
  @ApiProblem('INVALID_PAYLOAD')
  async list(@Query(DtoPipe) filter: EventFilter): Promise<EventPageView> {
    return new EventPageView(await this.events.page(filter));
  }

  @Get(':eventId')
  @Access('viewer')
  @ApiOperation({ summary: 'One event: what became of it' })
  @EventIdParam()
  @ApiOkResponse({ type: EventView, description: 'The event.' })
  @ApiProblem('NOT_FOUND')
  async find(@Param('eventId') eventId: string): Promise<EventView> {
    const event = await this.events.one(eventId);
    return new EventView({ ...event, bodyBytes: event.body.length });
  }

  @Get(':eventId/raw')
  @Access('viewer')
  @ApiOperation({ summary: 'The body of an event, exactly as it was sent' })
  @EventIdParam()
  @RawEventAnswer()
  @ApiProblem('NOT_FOUND')
  async raw(
    @Param('eventId') eventId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const event = await this.events.one(eventId);
    reply.headers(rawHeadersOf(event));
    return event.body;
  }
}
