export const ROLE_RANKS = { viewer: 0, operator: 1, admin: 2 } as const;

/** What an operator may do: each role may do what the one before it may. */
export type PrincipalRole = keyof typeof ROLE_RANKS;

/** Who makes a request of the admin API; the name stands in the log and in the audit. */
export interface Principal {
  readonly name: string;
  readonly role: PrincipalRole;
}

/** Tells whose key it is; bound by the application. */
export abstract class Authenticator {
  /** `null` for no key, a wrong one, and one that is not live. */
  abstract authenticate(bearer: string | undefined): Promise<Principal | null>;
}
