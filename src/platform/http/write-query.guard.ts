import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FastifyRequest } from 'fastify';
import { invalidPayload, notKnown } from './validation';

const QUERY_ARGUMENT = `${RouteParamtypes.QUERY}:`;

/**
 * A query that a write does not read would be ignored, and whoever added `?dryRun=true` believes that nothing happens.
 * Where a route reads one, its own class names what is not known.
 */
@Injectable()
export class WriteQueryGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { method, query } = context.switchToHttp().getRequest<FastifyRequest>();
    if (method === 'GET' || method === 'HEAD') return true;
    const names = typeof query === 'object' && query !== null ? Object.keys(query) : [];
    if (names.length === 0 || readsQuery(context)) return true;
    throw invalidPayload(names.map(notKnown));
  }
}

function readsQuery(context: ExecutionContext): boolean {
  const handler = context.getHandler().name;
  const declared: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler);
  if (typeof declared !== 'object' || declared === null) return false;
  return Object.keys(declared).some((key) => key.startsWith(QUERY_ARGUMENT));
}
