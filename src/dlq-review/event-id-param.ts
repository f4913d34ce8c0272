import { ApiParam } from '@nestjs/swagger';

export const EventIdParam = (): MethodDecorator =>
  ApiParam({ name: 'eventId', type: String, example: 'evt_4jd7xq2m5k3w6zr8t1ybnc9ahf' });
