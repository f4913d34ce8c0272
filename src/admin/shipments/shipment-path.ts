import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';

/** Names a parcel in the path. */
export const ShipmentPath = (): MethodDecorator =>
  applyDecorators(
    ApiParam({ name: 'partnerId', type: String, example: 'acme' }),
    ApiParam({
      name: 'trackingNumber',
      type: String,
      description: 'Percent-encoded: slashes (`%2F`), blanks (`%20`) and percent signs (`%25`) too.',
      example: 'JD014600006281230704',
    }),
  );
