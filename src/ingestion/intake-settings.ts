/** Handed over by the application; a class so that it can be injected. */
export class IntakeSettings {
  constructor(
    /** The longest an answer to a partner may take, from the moment that its body is complete. */
    readonly ackTimeoutMs: number,
    /** How long a sender may take to hand over its body. */
    readonly bodyTimeoutMs: number,
  ) {}
}
