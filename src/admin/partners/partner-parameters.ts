import { ApiHeader, ApiParam } from '@nestjs/swagger';

export const IdParam = (): MethodDecorator => ApiParam({ name: 'id', type: String, example: 'acme' });

export const SecretIdParam = (): MethodDecorator =>
  ApiParam({ name: 'secretId', type: String, example: 'sec_9f1c2b7d4e6a8035' });

export const IfMatchHeader = (): MethodDecorator =>
  ApiHeader({
    name: 'if-match',
    required: false,
    description:
      'The `etag` of the answer that the change was made from: refused if there was another since.',
  });
