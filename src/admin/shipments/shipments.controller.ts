import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ShipmentKey } from '#domain/shipments/shipment';
import { Access, CurrentPrincipal } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { type Principal } from '#platform/http/authenticator';
import { mapPage } from '#platform/http/pagination';
import { DtoPipe } from '#platform/http/validation';
import { OperationStartedView } from '../operations/operation-started.view';
import { FindShipments } from './find-shipments';
import { RebuildRequest } from './rebuild-request';
import { ShipmentFilter } from './shipment-filter';
import { ShipmentPath } from './shipment-path';
import { ShipmentRebuild } from './shipment-rebuild';
import { ShipmentPageView, ShipmentView } from './shipment.view';
import { TimelineView } from './timeline.view';

@ApiTags('shipments')
@Controller('v1/admin/shipments')
export class ShipmentsController {
  constructor(
    private readonly shipments: FindShipments,
    private readonly rebuilds: ShipmentRebuild,
  ) {}

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'List shipments, last changed first' })
  @ApiOkResponse({ type: ShipmentPageView, description: 'One page.' })
  @ApiProblem('INVALID_PAYLOAD')
  async list(@Query(DtoPipe) filter: ShipmentFilter): Promise<ShipmentPageView> {
    const page = await this.shipments.page(filter);
    return new ShipmentPageView(mapPage(page, (shipment) => new ShipmentView(shipment)));
  }

  @Post('rebuild')
  @HttpCode(202)
  @Access('operator')
  @ApiOperation({
    summary: 'Make shipments anew of their histories',
    description:
      'Each parcel is folded again from everything that is known of it, missing and damaged shipments included, while ' +
      'events go on being applied. A shipment that is right stays as it is; another one gets a higher `version`.',
  })
  @ApiBody({ type: RebuildRequest, required: false })
  @ApiAcceptedResponse({ type: OperationStartedView, description: 'The workers are at it.' })
  @ApiProblem('INVALID_PAYLOAD')
  async rebuild(
    @Body(DtoPipe) request: RebuildRequest,
    @CurrentPrincipal() { name }: Principal,
  ): Promise<OperationStartedView> {
    return new OperationStartedView(await this.rebuilds.start(request, name));
  }

  @Get(':partnerId/:trackingNumber')
  @Access('viewer')
  @ApiOperation({ summary: 'Where a parcel stands' })
  @ShipmentPath()
  @ApiOkResponse({ type: ShipmentView, description: 'The shipment.' })
  @ApiProblem('NOT_FOUND')
  async find(@Param() key: ShipmentKey): Promise<ShipmentView> {
    return new ShipmentView(await this.shipments.one(key));
  }

  @Get(':partnerId/:trackingNumber/timeline')
  @Access('viewer')
  @ApiOperation({ summary: 'Everything that happened to a parcel, oldest first' })
  @ShipmentPath()
  @ApiOkResponse({ type: TimelineView, description: 'The whole timeline.' })
  @ApiProblem('NOT_FOUND')
  async timeline(@Param() key: ShipmentKey): Promise<TimelineView> {
    return new TimelineView(await this.shipments.timeline(key));
  }
}
