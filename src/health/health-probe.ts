/**
 * What a probe asks about. Which stores a process cannot work without depends on its role; what is `required`
 * is so in every role.
 */
export type ProbeKind = 'store' | 'required';

/** Asks one thing that this process depends on; bound by the application. */
export abstract class HealthProbe {
  /** As it stands in the answer. */
  abstract readonly name: string;
  abstract readonly kind: ProbeKind;

  /** A real question to the dependency; false or a rejection means it is not there. */
  abstract check(timeoutMs: number): Promise<boolean>;
}
