import type { FastifyRequest } from 'fastify';

/**
 * Whose request it is, as far as the proxies in front are trusted; '' where nobody knows any more. Fastify promises
 * a text, but a socket that its peer has reset has no address.
 */
export function addressOf(request: FastifyRequest): string {
  const address: string | undefined = request.ip;
  return address ?? '';
}
