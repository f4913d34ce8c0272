import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS, type AccessLevel, isRole } from './access-level';
import { Authenticator, ROLE_RANKS } from './authenticator';
import { principalOf } from './guarded-routes';
import { ProblemError } from './problem';

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // Below /v1/admin the edge has asked already, before it read the body.
    const principal = (request.principal ??= await principalOf(request.raw, this.authenticator));
    const level = this.reflector.getAllAndOverride<AccessLevel>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    // A guarded route that forgot to say its level is nobody's.
    const needed = isRole(level) ? ROLE_RANKS[level] : Infinity;
    if (ROLE_RANKS[principal.role] < needed) {
      throw new ProblemError('FORBIDDEN', `this needs a key with the role ${level} or above`);
    }
    return true;
  }
}
