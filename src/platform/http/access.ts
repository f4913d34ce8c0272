import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { AccessGuard } from './access.guard';
import { ACCESS, type AccessLevel, isRole } from './access-level';
import { ApiProblem } from './api-problem';
import type { Principal } from './authenticator';
import { WriteQueryGuard } from './write-query.guard';

/**
 * Declares who may call a route. Where a role is asked for, a write is also held to the query that it reads; guards
 * stand only there: the intake pays nothing.
 */
export function Access(level: AccessLevel): ClassDecorator & MethodDecorator {
  const declared = SetMetadata(ACCESS, level);
  return isRole(level)
    ? applyDecorators(
        declared,
        UseGuards(AccessGuard, WriteQueryGuard),
        ApiBearerAuth(),
        ApiProblem('UNAUTHORIZED', 'FORBIDDEN'),
      )
    : declared;
}

/** Whose key it was. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (principal === undefined) throw new Error('@CurrentPrincipal needs @Access with a role on the route');
  return principal;
});
