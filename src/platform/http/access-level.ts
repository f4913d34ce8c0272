import { type PrincipalRole, ROLE_RANKS } from './authenticator';

export const ACCESS = 'gateway:access';

/** Who may call a route; every route declares one. */
export type AccessLevel = 'public' | 'signed-webhook' | PrincipalRole;

export function isRole(level: AccessLevel): level is PrincipalRole {
  return level in ROLE_RANKS;
}
