/** Handed over by the application; a class so that it can be injected. */
export class IntakeSettings {
  /** The longest an answer to a partner may take, from the moment that its body is complete. */
  readonly ackTimeoutMs: number;
  /** How long a sender may take to hand over its body. */
  readonly bodyTimeoutMs: number;
  /** Requests of partners that set no rate of their own; 0: no limit. */
  readonly partnerPerSecond: number;
  /** First part of every key in Redis. */
  readonly keyPrefix: string;

  constructor(settings: Readonly<IntakeSettings>) {
    this.ackTimeoutMs = settings.ackTimeoutMs;
    this.bodyTimeoutMs = settings.bodyTimeoutMs;
    this.partnerPerSecond = settings.partnerPerSecond;
    this.keyPrefix = settings.keyPrefix;
  }
}
