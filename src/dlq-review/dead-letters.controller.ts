import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { type Principal } from '#platform/http/authenticator';
import { mapPage } from '#platform/http/pagination';
import { BodyLimit } from '#platform/http/route-body';
import { DtoPipe } from '#platform/http/validation';
import { DeadLetterFilter } from './dead-letter-filter';
import { DeadLetterItemView, ReplayedView } from './dead-letter-item.view';
import { DeadLetterList } from './dead-letter-list';
import { DeadLetterPageView, DeadLetterView } from './dead-letter.view';
import { DeadLetterSteps } from './dead-letter-steps';
import { EventIdParam } from './event-id-param';
import { editOf, ReplayRequest } from './replay-request';
import { ReplayPipe } from './replay.pipe';
import { stepBy, StepRequest } from './step-request';

const REPLAY_BODY_BYTES = 6 * 1024 * 1024;

@ApiTags('dead letters')
@Controller('v1/admin/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly letters: DeadLetterList,
    private readonly steps: DeadLetterSteps,
  ) {}

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'List dead letters, newest first' })
  @ApiOkResponse({ type: DeadLetterPageView, description: 'One page.' })
  @ApiProblem('INVALID_PAYLOAD')
  async list(@Query(DtoPipe) filter: DeadLetterFilter): Promise<DeadLetterPageView> {
    const page = await this.letters.page(filter);
    return new DeadLetterPageView(mapPage(page, (letter) => new DeadLetterView(letter)));
  }

  @Get(':eventId')
  @Access('viewer')
  @ApiOperation({ summary: 'One dead letter with its payload' })
  @EventIdParam()
  @ApiOkResponse({ type: DeadLetterItemView, description: 'The dead letter.' })
  @ApiProblem('NOT_FOUND')
  async find(@Param('eventId') eventId: string): Promise<DeadLetterItemView> {
    return new DeadLetterItemView(await this.steps.find(eventId));
  }

  @Post(':eventId/review')
  @HttpCode(200)
  @Access('operator')
  @ApiOperation({ summary: 'Mark a pending dead letter as reviewed' })
  @EventIdParam()
  @ApiBody({ type: StepRequest, required: false })
  @ApiOkResponse({ type: DeadLetterItemView, description: 'The dead letter as it is now.' })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND', 'CONFLICT')
  async review(
    @Param('eventId') eventId: string,
    @Body(DtoPipe) request: StepRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<DeadLetterItemView> {
    return new DeadLetterItemView(await this.steps.review(eventId, stepBy(principal, request)));
  }

  @Post(':eventId/replay')
  @HttpCode(200)
  @Access('operator')
  @BodyLimit(REPLAY_BODY_BYTES)
  @ApiOperation({
    summary: 'Send the event through processing again, as it is or edited',
    description:
      'With neither `payload` nor `bodyBase64` the event goes as it was last replayed, at first as the partner ' +
      'sent it. Attempts begin anew; a replay that fails makes the dead letter pending again.',
  })
  @EventIdParam()
  @ApiBody({ type: ReplayRequest, required: false })
  @ApiOkResponse({ type: ReplayedView, description: 'The dead letter as it is now.' })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND', 'CONFLICT', 'PAYLOAD_TOO_LARGE')
  async replay(
    @Param('eventId') eventId: string,
    @Body(ReplayPipe) request: ReplayRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ReplayedView> {
    return new ReplayedView(await this.steps.replay(eventId, stepBy(principal, request), editOf(request)));
  }

  @Post(':eventId/close')
  @HttpCode(200)
  @Access('operator')
  @ApiOperation({ summary: 'Give a pending or reviewed dead letter up; it expires' })
  @EventIdParam()
  @ApiBody({ type: StepRequest, required: false })
  @ApiOkResponse({ type: DeadLetterItemView, description: 'The dead letter as it is now.' })
  @ApiProblem('INVALID_PAYLOAD', 'NOT_FOUND', 'CONFLICT')
  async close(
    @Param('eventId') eventId: string,
    @Body(DtoPipe) request: StepRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<DeadLetterItemView> {
    return new DeadLetterItemView(await this.steps.close(eventId, stepBy(principal, request)));
  }
}
