import type { IncomingMessage } from 'node:http';
import { ProblemError } from './problem';

/** The token of `Authorization: Bearer …`. Two such headers are none: proxies differ in which one they read. */
export function bearerOf(raw: IncomingMessage): string | undefined {
  const [only, ...more] = raw.headersDistinct['authorization'] ?? [];
  if (only === undefined || more.length > 0) return undefined;
  return /^Bearer +(\S+)$/i.exec(only)?.[1];
}

/** The same whatever was wrong with the key, so that nobody learns how near a guess was. */
export const unauthorized = (): ProblemError =>
  new ProblemError('UNAUTHORIZED', 'send a valid key as Authorization: Bearer <key>', {
    headers: { 'www-authenticate': 'Bearer' },
  });
