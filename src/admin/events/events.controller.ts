import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentPrincipal } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { type Principal } from '#platform/http/authenticator';
import { mapPage } from '#platform/http/pagination';
import { DtoPipe } from '#platform/http/validation';
import { OperationStartedView } from '../operations/operation-started.view';
import { EventFilter } from './event-filter';
import { EventReplay } from './event-replay';
import { EventPageView, EventView } from './event.view';
import { FindEvents } from './find-events';
import { RawEventAnswer, rawHeadersOf } from './raw-event';
import { ReplayEventsRequest } from './replay-events-request';
import { ReplayPreviewView } from './replay-preview.view';

const EventIdParam = (): MethodDecorator =>
  ApiParam({ name: 'eventId', type: String, example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf' });

@ApiTags('events')
@Controller('v1/admin/events')
export class EventsController {
  constructor(
    private readonly events: FindEvents,
    private readonly replays: EventReplay,
  ) {}

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'List accepted events, newest first' })
  @ApiOkResponse({ type: EventPageView, description: 'One page.' })
  @ApiProblem('INVALID_PAYLOAD')
  async list(@Query(DtoPipe) filter: EventFilter): Promise<EventPageView> {
    const page = await this.events.page(filter);
    return new EventPageView(mapPage(page, (event) => new EventView(event)));
  }

  @Post('replay')
  @HttpCode(202)
  @Access('operator')
  @ApiOperation({
    summary: 'Read kept events again by the mapping of today',
    description:
      'Events that ended as `processed` or `ignored`. What an event told of a parcel gives way in the history to what ' +
      'it tells of it today; then the shipments are made anew. What another event told first stays as it is, and so ' +
      'does what it told of a parcel that it no longer names. Nothing is routed or notified again, and a second run ' +
      'changes nothing. With `dryRun` the oldest 5,000 are compared, as far as some seconds reach, and nothing is ' +
      'changed.',
  })
  @ApiOkResponse({ type: ReplayPreviewView, description: 'With `dryRun`: what would change.' })
  @ApiAcceptedResponse({ type: OperationStartedView, description: 'The workers are at it.' })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND')
  async replay(
    @Body(DtoPipe) request: ReplayEventsRequest,
    @CurrentPrincipal() { name }: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OperationStartedView | ReplayPreviewView> {
    if (request.dryRun !== true) return new OperationStartedView(await this.replays.start(request, name));
    const preview = await this.replays.preview(request);
    void reply.status(200);
    return new ReplayPreviewView(preview);
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
