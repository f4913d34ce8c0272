import type { IncomingMessage } from 'node:http';
import type { Authenticator, Principal } from './authenticator';
import { bearerOf, unauthorized } from './bearer';

const GUARDED = /^\/v1\/admin(\/|$)/;

/** Asked of the pattern of a matched route: an address can be written in too many ways to judge it by its look. */
export function isGuarded(route: string): boolean {
  return GUARDED.test(route);
}

export async function principalOf(raw: IncomingMessage, authenticator: Authenticator): Promise<Principal> {
  const principal = await authenticator.authenticate(bearerOf(raw));
  if (principal === null) throw unauthorized();
  return principal;
}
