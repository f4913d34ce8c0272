import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ShipmentKey } from '#domain/shipments/shipment';
import { Access } from '#platform/http/access';
import { ApiProblem } from '#platform/http/api-problem';
import { DtoPipe } from '#platform/http/validation';
import { FindShipments } from './find-shipments';
import { ShipmentFilter } from './shipment-filter';
import { ShipmentPath } from './shipment-path';
import { ShipmentPageView } from './shipment-page.view';
import { ShipmentView } from './shipment.view';
import { TimelineView } from './timeline.view';

@ApiTags('shipments')
@Controller('v1/admin/shipments')
export class ShipmentsController {
  constructor(private readonly shipments: FindShipments) {}

  @Get()
  @Access('viewer')
  @ApiOperation({ summary: 'List shipments, last changed first' })
  @ApiOkResponse({ type: ShipmentPageView, description: 'One page.' })
  @ApiProblem('INVALID_PAYLOAD')
  async list(@Query(DtoPipe) filter: ShipmentFilter): Promise<ShipmentPageView> {
    return new ShipmentPageView(await this.shipments.page(filter));
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
