import { applyDecorators, Header } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { type InboundEvent } from '#domain/events/inbound-event';

/** Bytes from outside are handed on as a file to save, so that no browser reads anything into them. */
export const RawEventAnswer = (): MethodDecorator =>
  applyDecorators(
    Header('content-type', 'application/octet-stream'),
    Header('x-content-type-options', 'nosniff'),
    ApiProduces('application/octet-stream'),
    ApiOkResponse({
      description: 'The exact bytes.',
      headers: {
        'x-original-content-type': {
          description: 'What the sender said they are.',
          schema: { type: 'string', example: 'application/json' },
        },
        'content-disposition': {
          schema: { type: 'string', example: 'attachment; filename="evt_4jd7xq2m5k3w6zr8t1ybnc9ahf.bin"' },
        },
      },
      content: {
        'application/octet-stream': {
          schema: { type: 'string', format: 'binary' },
          example: '{"tracking":"JD014600006281230704"}',
        },
      },
    }),
  );

export const rawHeadersOf = ({ eventId, contentType }: InboundEvent): Record<string, string> => ({
  'content-disposition': `attachment; filename="${eventId}.bin"`,
  ...(contentType === '' ? {} : { 'x-original-content-type': contentType }),
});
