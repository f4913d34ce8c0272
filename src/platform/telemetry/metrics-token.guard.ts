import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { equalInConstantTime } from '#platform/crypto/constant-time';
import { bearerOf, unauthorized } from '#platform/http/bearer';

export const METRICS_TOKEN = Symbol('metrics token');

/** Open where no token is set. */
@Injectable()
export class MetricsTokenGuard implements CanActivate {
  constructor(@Inject(METRICS_TOKEN) private readonly token: string | null) {}

  canActivate(context: ExecutionContext): boolean {
    const { raw } = context.switchToHttp().getRequest<{ raw: IncomingMessage }>();
    const given = bearerOf(raw);
    if (this.token === null || (given !== undefined && equalInConstantTime(given, this.token))) return true;
    throw unauthorized();
  }
}
