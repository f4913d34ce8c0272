import { Module } from '@nestjs/common';
import { FindShipments } from './find-shipments';
import { ShipmentRebuild } from './shipment-rebuild';
import { ShipmentsController } from './shipments.controller';

/** Parcels for people. Needs the repositories of the domain and an authenticator, all global. */
@Module({ controllers: [ShipmentsController], providers: [FindShipments, ShipmentRebuild] })
export class ShipmentsAdminModule {}
